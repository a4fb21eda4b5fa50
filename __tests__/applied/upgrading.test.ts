/** Every section of docs/upgrading.md with a root before and after, on an API that refuses what AWS refuses. */
import * as path from "node:path";
import { AwsApi } from "../support/aws-api";
import type { Call } from "../support/aws-api/call";
import { losses } from "../support/aws-api/losses";
import {
  ACCOUNTS,
  callsOf,
  DATABASES,
  pageSections,
  plannedLines,
  rootOf,
  writeBlock,
} from "../support/page-sections";
import { PROJECT, TerraformRoot } from "../support/terraform";
import { describeWithMoto } from "../support/tools";

const OLD = path.join(PROJECT, "__tests__", "fixtures", "modules-0.2.0");
const sections = pageSections("upgrading.md");

describeWithMoto()("docs/upgrading.md", () => {
  let plan: string;
  let calls: readonly Call[];
  /** The number of calls before the upgrade. */
  let before: number;
  let left: readonly string[];

  beforeAll(async () => {
    const api = await AwsApi.start({ delay: 30, account: DATABASES });
    const root = new TerraformRoot({ "main.tf": rootOf(api, sections) });
    try {
      for (const section of sections) {
        writeBlock(root, section, section.blocks[0] ?? "", OLD);
      }
      root.init();
      root.succeed("apply", "-auto-approve");
      before = (await api.calls()).length;
      for (const section of sections) writeBlock(root, section, section.blocks[1] ?? "");
      root.init();
      plan = root.succeed("apply", "-auto-approve");
      calls = await api.calls();
      left = (root.plan().resource_changes ?? [])
        .filter(({ change }) => change.actions.some((action) => action !== "no-op"))
        .map(({ address, change }) => `${change.actions.join(" ")} ${address}`);
    } finally {
      api.stop();
    }
  }, 900_000);

  test("has a root of each kind", () => {
    expect(sections.map(({ heading }) => heading)).toEqual([
      "Roles in attach_to_roles",
      "An attachment of your own",
      "A service role that the module created",
      "An access role in another account",
      "Database-user roles and a permissions boundary",
    ]);
  });

  test("the second plan is empty", () => {
    expect(left).toEqual([]);
  });

  describe.each(sections)("$heading", (section) => {
    test("plans what the page shows", () => {
      const [shown] = section.plans;
      const lines = plannedLines(plan, section);
      if (shown !== undefined) expect(lines).toEqual(shown);
      const destroyed = lines.filter((line) => /aws_iam_.*(destroyed|replaced)$/.test(line));
      expect(destroyed.filter((line) => !line.endsWith("but will not be destroyed"))).toEqual([]);
    });

    test("takes nothing away for a moment, and creates no policy or role again", () => {
      for (const account of ACCOUNTS) {
        const own = callsOf(calls, section, account);
        const from = callsOf(calls.slice(0, before), section, account).length;
        expect(losses(own, from)).toEqual([]);
        const actions = own.slice(from).map(({ action }) => action);
        const wrong = /^(Create(Policy|Role)|Delete(Policy|Role)|Detach.*)$/;
        expect(actions.filter((action) => wrong.test(action))).toEqual([]);
      }
    });
  });
});
