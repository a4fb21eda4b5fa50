import { type AccessChange, BOUNDARY } from "./access-difference";
import type { InterfaceChange } from "../lib/files/interface-difference";
import type { ChangelogSection } from "./changelog";
import type { ReleaseChange } from "./module-change";

const LEVELS = ["patch", "minor", "major"] as const;
type Level = (typeof LEVELS)[number];

/** What asks for a version of some level, and why. */
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

/** What the changes of the modules ask of the version. */
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
          why: `${type}: ${from} is gone, and no moved block speaks of it`,
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

/** The level of the step from one version to another; undefined where it is no step up. */
function levelOf(before: string, after: string): Level | undefined {
  const [old, now] = [numbers(before), numbers(after)];
  const place = [0, 1, 2].find((index) => old[index] !== now[index]);
  if (place === undefined || (now[place] ?? 0) < (old[place] ?? 0)) return undefined;
  return LEVELS[2 - place];
}

/** Whether the section has a line about what is newly allowed. */
function isNamed({ document, action = "" }: AccessChange, { text }: ChangelogSection): boolean {
  // A boundary grants nothing by itself: that it changes is enough to say.
  return document === BOUNDARY ? /\bboundar(y|ies)\b/.test(text) : text.includes(`\`${action}\``);
}

/**
 * Holds the version and CHANGELOG.md to what changed in the modules, by semantic versioning. Before
 * 1.0.0 a minor version does for what would be major.
 *
 * @returns what is wrong, a sentence each
 * @see https://semver.org/
 */
export function faults(
  change: ReleaseChange,
  version: string,
  section: ChangelogSection,
): readonly string[] {
  const { previous } = section;
  if (previous === undefined) {
    return [`CHANGELOG.md has no version before ${version}, so that there is nothing to compare.`];
  }
  const given = levelOf(previous, version);
  if (given === undefined) return [`${version} does not come after ${previous}.`];
  const isInitial = numbers(previous)[0] === 0;
  const rank = (level: Level): number =>
    Math.min(LEVELS.indexOf(level), isInitial ? LEVELS.indexOf("minor") : LEVELS.length);
  const unmet = demands(change).filter(({ level }) => rank(level) > LEVELS.indexOf(given));
  const highest = LEVELS[Math.max(...unmet.map(({ level }) => rank(level)))];
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
          `${version} is a ${given} version after ${previous}, and the changes ask for a ${highest} one:\n${unmet.map(({ why }) => `  ${why}`).join("\n")}`,
        ]),
    ...[...unnamed].map((each) =>
      each === BOUNDARY
        ? `The permissions boundary newly allows something, and [${version}] of CHANGELOG.md does not speak of it.`
        : `${each} is newly allowed, and [${version}] of CHANGELOG.md does not name it.`,
    ),
  ];
}
