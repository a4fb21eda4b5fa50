/** The version and CHANGELOG.md of a release against its changes, by https://semver.org/ */
import { changelogSection } from "../../release/changelog";
import { faults } from "../../release/check";
import type { ModuleChange } from "../../release/module-change";

const none: ModuleChange = { type: "rds", interface: [], access: [], addresses: [] };
const variable = (change: ModuleChange["interface"][number]["change"], part = "default") => ({
  ...none,
  interface: [
    {
      kind: "variable" as const,
      change,
      name: "x",
      parts: change === "changed" ? { [part]: { before: "true", after: "false" } } : {},
    },
  ],
});
const access = (document: string, change: "newly allowed" | "no longer allowed") => ({
  ...none,
  access: [
    { document, change, situation: "with defaults", request: "s3:Get on *", action: "s3:Get" },
  ],
});
const address = (change: "moved" | "lost") => ({
  ...none,
  addresses: [{ from: "aws_x.y", change, situation: "with defaults" }],
});
const requirement: ModuleChange = {
  ...none,
  interface: [
    {
      kind: "requirement",
      change: "changed",
      name: "terraform",
      parts: { version: { before: '">= 1.5.0"', after: '">= 1.7.0"' } },
    },
  ],
};

const say = (
  module: ModuleChange,
  previous: string,
  version: string,
  text = "Allows `s3:Get`. The boundary, too.",
) => faults({ added: [], removed: [], modules: [module] }, version, { text, previous }).join("\n");

describe("the version", () => {
  test.each<[string, ModuleChange, "patch" | "minor" | "major"]>([
    ["nothing", none, "patch"],
    ["another rule of a variable", variable("changed", "validation"), "patch"],
    ["a variable more", variable("added"), "minor"],
    ["a variable less", variable("removed"), "major"],
    ["another default", variable("changed"), "major"],
    ["another type", variable("changed", "type"), "major"],
    ["another version of Terraform", requirement, "major"],
    ["an address that moves", address("moved"), "patch"],
    ["an address that is gone", address("lost"), "major"],
    ["access that is new", access("policy", "newly allowed"), "minor"],
    ["access that is gone", access("policy", "no longer allowed"), "patch"],
  ])("for %s", (_, module, level) => {
    const steps = { patch: "1.2.4", minor: "1.3.0", major: "2.0.0" };
    const enough = {
      patch: ["patch", "minor", "major"],
      minor: ["minor", "major"],
      major: ["major"],
    };
    for (const [step, version] of Object.entries(steps)) {
      const said = say(module, "1.2.3", version);
      expect([step, said === ""]).toEqual([step, enough[level].includes(step)]);
      if (said !== "") expect(said).toContain(`the changes require a ${level} version:`);
    }
  });

  test("before 1.0.0 may be minor for what would be major", () => {
    expect(say(variable("removed"), "0.1.0", "0.2.0")).toBe("");
    expect(say(variable("removed"), "0.1.0", "0.1.1")).toMatch(
      /^0\.1\.1 is a patch version after 0\.1\.0, but the changes require a minor version:\n {2}rds: variable x is removed$/,
    );
  });

  test.each(["0.1.0", "0.0.9"])("%s is not higher than 0.1.0", (version) => {
    expect(say(none, "0.1.0", version)).toMatch(`${version} is not higher than 0.1.0,`);
  });
});

describe("CHANGELOG.md", () => {
  test("names each action that is newly allowed", () => {
    const module = access("policy", "newly allowed");
    expect(say(module, "0.1.0", "0.2.0", "Allows `s3:GetObject`.")).toBe(
      "CHANGELOG.md [0.2.0] does not name `s3:Get`, which is newly allowed. Add a line with its name in back-ticks.",
    );
    expect(say(module, "0.1.0", "0.2.0", "- Allows `s3:Get`.")).toBe("");
  });

  test("speaks of a boundary that allows more", () => {
    const module = access("boundary", "newly allowed");
    expect(say(module, "0.1.0", "0.2.0", "Nothing.")).toMatch(
      /^CHANGELOG\.md \[0\.2\.0\] does not mention the permissions boundary/,
    );
    expect(say(module, "0.1.0", "0.2.0", "The boundary is wider.")).toBe("");
  });

  const changelog =
    "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-11-24\n\n### Added\n\n- One.\n\n## [0.1.0]\n\n- First.\n";

  test("has a section for a version, and the version before it", () => {
    expect(changelogSection(changelog, "0.2.0")).toEqual({
      text: "### Added\n\n- One.",
      previous: "0.1.0",
    });
    expect(changelogSection(changelog, "0.1.0")).toEqual({ text: "- First.", previous: undefined });
  });

  test("without one is a mistake that is named", () => {
    expect(() => changelogSection(changelog, "0.3.0")).toThrow(
      "CHANGELOG.md has no section [0.3.0], the version of package.json.",
    );
  });
});
