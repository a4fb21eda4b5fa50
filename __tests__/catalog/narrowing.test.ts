import { narrowing } from "../../lib/catalog/narrowing";
import { renderArn } from "../../lib/catalog/arn";
import type { DatabaseType } from "../../lib/catalog/database-type";
import { referencePage } from "../../lib/catalog/page-urls";
import type { ActionName, Discovery, Statement } from "../../lib/catalog/statement";

const clusters = { variable: "x_clusters", description: "Clusters" };

test("a narrowing has a field for the region besides its own", () => {
  const { fields } = narrowing({
    ...clusters,
    fields: { cluster_name: "rds_cluster_name" },
    arns: ["rds:{region}:{account}:cluster:{cluster_name}"],
  });
  expect(fields).toEqual({ region: "region", cluster_name: "rds_cluster_name" });
});

test("an ARN is rendered with every placeholder filled", () => {
  const values: Record<string, string> = {
    partition: "aws-cn",
    region: "cn-north-1",
    account: "123456789012",
    name: "orders",
  };
  expect(renderArn("rds:{region}:{account}:db:{name}", (name) => values[name] ?? "")).toBe(
    "arn:aws-cn:rds:cn-north-1:123456789012:db:orders",
  );
});

/*
 * Mistakes that do not compile. `npm run lint` checks them: an error that is expected and does not
 * come is an error itself.
 */
export const mistakes = [
  (): unknown =>
    narrowing({
      ...clusters,
      fields: { cluster_name: "rds_cluster_name" },
      // @ts-expect-error a placeholder that no field fills
      arns: ["rds:{region}:{account}:cluster:{cluster}"],
    }),
  (): unknown =>
    narrowing({
      ...clusters,
      fields: { cluster_name: "rds_cluster_name" },
      // @ts-expect-error one wrong template among right ones
      arns: ["rds:{region}:{account}:cluster:{cluster_name}", "rds:{region}:{acount}:db:*"],
    }),
  (): unknown =>
    narrowing({
      ...clusters,
      // @ts-expect-error a field whose format the catalogue does not define
      fields: { cluster_name: "cluster_title" },
      arns: ["rds:{region}:{account}:cluster:{cluster_name}"],
    }),
  // @ts-expect-error an action without a service
  (): ActionName => "DescribeDBClusters",
  // @ts-expect-error a statement without a purpose
  (): Statement => ({
    sid: "X",
    actions: ["rds:DescribeDBClusters"],
    resources: { kind: "user-roles" },
    source: referencePage("rds"),
  }),
  // @ts-expect-error discovery without an action
  (): Discovery => ({ actions: [] }),
  (): DatabaseType => ({
    name: "x",
    title: "X",
    purpose: "None.",
    // @ts-expect-error a source that is no https URL
    source: "http://example.com",
    statements: [],
  }),
];
