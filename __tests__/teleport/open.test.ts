/** Variables that stay open, and decisions for a person: each is printed with its reason. */
import { readTeleportConfiguration } from "../../lib/answers/read-teleport-configuration";
import { readingText } from "../../lib/commands/compose/reading-text";

const read = (...databases: readonly string[]) =>
  readTeleportConfiguration([
    {
      file: "f",
      text: ["db_service:", "  databases:", ...databases.map((each) => `  - ${each}`)].join("\n"),
    },
  ]);

const named = (name: string, aws = "{}") =>
  `{ name: ${name}, protocol: postgres, uri: ${name}.x.us-east-1.rds.amazonaws.com, aws: ${aws} }`;
const cname = "{ name: web, protocol: postgres, uri: web.example.com, aws: { region: us-east-1 } }";

test("what the file does not name of any database", () => {
  const { main } = read(named("a"), named("b"));
  expect(main.defaults.rds_instances).toHaveLength(2);
  expect(main.open).toEqual(["rds_database_users: the file has no resource id"]);
});

test("two without a resource ID among those that have one", () => {
  const id = "{ rds: { resource_id: db-ABCDEFGHIJKLMNOPQRSTUVWXYZ } }";
  expect(read(named("a", id), named("b"), named("c")).main.open).toEqual([
    "rds_database_users: f, line 4 does not name its resource id, nor do 1 others",
  ]);
});

test("a proxy has no name that a policy takes", () => {
  expect(
    read("{ name: p, protocol: postgres, uri: p.proxy-x.us-east-1.rds.amazonaws.com }").main.open,
  ).toContainEqual(expect.stringMatching(/^rdsproxy_database_users.*: the file has no /));
});

test("what a matcher finds, and what resources select", () => {
  const { modules } = readTeleportConfiguration(
    [
      {
        file: "f",
        text: 'db_service:\n  aws: [{ types: [rds], regions: [us-east-1] }]\n  resources: [{ labels: { "*": "*" } }]',
      },
    ],
    ["redshift"],
  );
  expect(modules.flatMap(({ open }) => open)).toEqual([
    "rds, redshift: db_service.resources selects databases that are not named (f, line 3)",
  ]);
  const alone = readTeleportConfiguration([
    { file: "f", text: "db_service:\n  aws: [{ types: [rds], regions: [us-east-1] }]" },
  ]);
  expect(alone.main.open).toEqual([
    "rds: the matcher finds databases that are not named (f, line 2)",
  ]);
});

test("1,000 names do not fit into a policy, and it is said", () => {
  const { main } = read(...Array.from({ length: 1000 }, (_, index) => named(`db${String(index)}`)));
  expect(main.defaults).not.toHaveProperty("rds_instances");
  expect(main.open).toContain("rds_instances: 1000 names do not fit into one policy");
});

test("managed users are a question, unless the configuration has a place for their passwords", () => {
  const cache = (aws: string) =>
    read(`{ name: c, protocol: redis, uri: master.c.x.use1.cache.amazonaws.com, aws: ${aws} }`)
      .main;
  const question = expect.stringMatching(/elasticache_managed_users = true$/) as unknown;
  expect(cache("{}").missing).toContainEqual(question);
  const managed = cache("{ secret_store: { key_prefix: team/ } }");
  expect(managed.missing).not.toContainEqual(question);
  expect(managed.defaults).toMatchObject({ elasticache_managed_users: true });
});

test("it is printed below its call, in these words", () => {
  const lines = readingText(["f"], read(named("a"), cname)).split("\n");
  expect(lines).toContain("  Missing (set these yourself):");
  expect(lines).toContain("  Stays open:");
  expect(lines).toContain("    - rds_database_users: the file has no resource id");
});
