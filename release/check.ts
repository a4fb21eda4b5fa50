import { type AccessChange, BOUNDARY } from "./access-difference";
import type { InterfaceChange } from "../lib/files/interface-difference";
import type { ChangelogSection } from "./changelog";
import type { ReleaseChange } from "./module-change";

const LEVELS = ["patch", "minor", "major"] as const;
type Level = (typeof LEVELS)[number];

/** A change that requires a level of the version, and the reason. */
interface Demand {
  readonly level: Level;
  readonly why: string;
}

function interfaceDemand(type: string, each: InterfaceChange): Demand {
  const { kind, change, name, parts } = each;
  const why = `${type}: ${kind} ${name} is ${change}`;
  // An address is compared with its keys.
  if (kind === "address") return { level: "patch", why };
  if (change === "added") return { level: "minor", why };
  const isOnlyChecked = Object.keys(parts).every((part) => part === "validation");
  return { level: change === "changed" && isOnlyChecked ? "patch" : "major", why };
}

/** The levels that the changes of the modules require. */
function demands({ added, removed, modules }: ReleaseChange): Demand[] {
  return [
    ...removed.map((type): Demand => ({ level: "major", why: `${type}: the module is removed` })),
    ...added.map((type): Demand => ({ level: "minor", why: `${type}: the module is added` })),
    ...modules.flatMap(({ type, interface: changes, access, addresses }) => [
      ...changes.map((each) => interfaceDemand(type, each)),
      ...addresses
        .filter(({ change }) => change === "lost")
        .map(({ from }): Demand => ({
          level: "major",
          why: `${type}: ${from} is gone, without a moved block`,
        })),
      ...access
        .filter(({ change }) => change === "newly allowed")
        .map(({ document, request }): Demand => ({
          level: "minor",
          why: `${type}: ${request} is newly allowed by the ${document}`,
        })),
    ]),
  ];
}

function numbers(version: string): readonly [number, number, number] {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.+-]/).map(Number);
  return [major, minor, patch];
}

/** The level of the step from one version to another; undefined if the version does not rise. */
function levelOf(before: string, after: string): Level | undefined {
  const [old, now] = [numbers(before), numbers(after)];
  const place = [0, 1, 2].find((index) => old[index] !== now[index]);
  if (place === undefined || (now[place] ?? 0) < (old[place] ?? 0)) return undefined;
  return LEVELS[2 - place];
}

/** True if the section names the newly allowed actions. */
function isNamed({ document, action = "" }: AccessChange, { text }: ChangelogSection): boolean {
  // A boundary grants nothing by itself, so its actions need no names.
  return document === BOUNDARY ? /\bboundar(y|ies)\b/.test(text) : text.includes(`\`${action}\``);
}

/**
 * Checks the version and CHANGELOG.md against the changes of the modules, by semantic versioning. Before
 * 1.0.0, a minor version is enough for a change that would be major.
 *
 * @returns the faults, one sentence each
 * @see https://semver.org/
 */
export function faults(
  change: ReleaseChange,
  version: string,
  section: ChangelogSection,
): readonly string[] {
  const { previous } = section;
  if (previous === undefined) {
    return [`CHANGELOG.md has no version before ${version}. Add a section for the last release.`];
  }
  const given = levelOf(previous, version);
  if (given === undefined)
    return [`${version} is not higher than ${previous}, the version before it in CHANGELOG.md.`];
  const isInitial = numbers(previous)[0] === 0;
  const rank = (level: Level): number =>
    Math.min(LEVELS.indexOf(level), isInitial ? LEVELS.indexOf("minor") : LEVELS.length);
  const unmet = demands(change).filter(({ level }) => rank(level) > LEVELS.indexOf(given));
  const highest = LEVELS.filter((_, index) => unmet.some(({ level }) => rank(level) === index)).at(
    -1,
  );
  const unnamed = new Set(
    change.modules
      .flatMap(({ access }) => access)
      .filter((each) => each.change === "newly allowed" && !isNamed(each, section))
      .map(({ document, action = "" }) => (document === BOUNDARY ? document : action)),
  );
  return [
    ...(highest === undefined
      ? []
      : [
          `${version} is a ${given} version after ${previous}, but the changes require a ${highest} version:\n${unmet.map(({ why }) => `  ${why}`).join("\n")}`,
        ]),
    ...[...unnamed].map((each) =>
      each === BOUNDARY
        ? `CHANGELOG.md [${version}] does not mention the permissions boundary, which allows more. Add a line about the boundary.`
        : `CHANGELOG.md [${version}] does not name \`${each}\`, which is newly allowed. Add a line with its name in back-ticks.`,
    ),
  ];
}
