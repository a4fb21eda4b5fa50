import { code } from "../lib/text/markdown";
import { type AccessChange, BOUNDARY } from "./access-difference";
import type { InterfaceChange } from "../lib/files/interface-difference";
import type { AddressChange } from "./address-changes";
import type { ChangelogSection } from "./changelog";
import type { ModuleChange, ReleaseChange } from "./module-change";

/** Parts of the notes about a module: lines of Markdown below a heading. */
type Parts = Readonly<Record<string, readonly string[]>>;

/** An argument of a block as a person reads it: types are texts of JSON. */
function shown(value: string | undefined): string {
  if (value === undefined) return "none";
  const parsed: unknown = JSON.parse(value);
  return code(typeof parsed === "string" ? parsed.replace(/\s+/g, " ") : value);
}

/** What of a variable is another, in words. */
function partText(part: string, { before, after }: InterfaceChange["parts"][string]): string {
  switch (part) {
    case "validation":
      return "other rules";
    case "nullable":
      return after === "true" ? "may be null" : "must not be null";
    case "sensitive":
      return after === "true" ? "sensitive" : "not sensitive";
    default:
      return `${part} ${shown(after)}, was ${shown(before)}`;
  }
}

function interfaceText({ change, name, to, parts }: InterfaceChange): string {
  if (to !== undefined) return `${code(name)} is now ${code(to)}`;
  const details = Object.entries(parts).map(([part, values]) => partText(part, values));
  return `${change}: ${code(name)}${details.length === 0 ? "" : ` (${details.join("; ")})`}`;
}

const ADDED = "added: ";

/** Lines of a list, those about what was added as one. */
function listed(lines: readonly string[]): string {
  const added = lines.filter((line) => line.startsWith(ADDED));
  const names = added.map((line) => line.slice(ADDED.length));
  return [
    ...lines.filter((line) => !line.startsWith(ADDED)),
    ...(names.length === 0 ? [] : [`${ADDED}${names.join(", ")}`]),
  ]
    .map((line) => `- ${line}`)
    .join("\n");
}

function addressText({ from, situation, change, to }: AddressChange): string {
  switch (change) {
    case "moved":
      return `${code(from)} moves to ${code(String(to))} by a block of the module`;
    case "forgotten":
      return `${code(from)} leaves the state by a block of the module, and nothing is destroyed`;
    case "lost":
      return to === undefined
        ? `${code(from)} of a call ${situation} is not planned any more, and Terraform destroys it. To keep it in AWS, first: ${code(`terraform state rm 'module.<call>.${from}'`)}`
        : `${code(from)} is ${code(to)}. First: ${code(`terraform state mv 'module.<call>.${from}' 'module.<call>.${to}'`)}`;
  }
}

function accessText({ document, request, situation }: AccessChange): string {
  const whose = document === BOUNDARY ? "" : `, by the ${document}`;
  return `${code(request)}${whose}, in a call ${situation}`;
}

/** What a root must do before it plans. Addresses that blocks of the module move are none of its business. */
function duties({ interface: changes, addresses }: ModuleChange): string[] {
  return [
    ...changes.flatMap(({ kind, change, name, to, parts }) => {
      if (kind === "requirement")
        return [`Have ${name} ${shown(parts.version?.after)}, was ${shown(parts.version?.before)}`];
      if (kind !== "variable" && kind !== "output") return [];
      if (change === "renamed") return [`Write ${code(String(to))} for ${code(name)}`];
      if (change === "removed") return [`Do without the ${kind} ${code(name)}`];
      if (kind !== "variable" || change !== "changed") return [];
      if (parts.type !== undefined)
        return [`Where you set ${code(name)}, give it as ${shown(parts.type.after)}`];
      if (parts.default === undefined) return [];
      return [
        `Where you leave out ${code(name)}, its default is ${shown(parts.default.after)} and was ${shown(parts.default.before)}`,
      ];
    }),
    ...addresses.filter(({ change }) => change === "lost").map(addressText),
  ];
}

const ALLOWED = "Newly allowed";

function partsOf(module: ModuleChange): Parts {
  const { interface: changes, access, addresses } = module;
  const of = (kind: InterfaceChange["kind"]): string[] =>
    changes.filter((each) => each.kind === kind).map(interfaceText);
  const requests = (change: AccessChange["change"], ofBoundary: boolean): string[] =>
    access
      .filter((each) => each.change === change && (each.document === BOUNDARY) === ofBoundary)
      .map(accessText);
  return {
    [ALLOWED]: requests("newly allowed", false),
    "No longer allowed": requests("no longer allowed", false),
    "The permissions boundary, which grants nothing by itself, newly allows": requests(
      "newly allowed",
      true,
    ),
    "The permissions boundary no longer allows": requests("no longer allowed", true),
    "Not decided": [...requests("undecided", false), ...requests("undecided", true)],
    "What a root must do": duties(module),
    Variables: of("variable"),
    Outputs: of("output"),
    Addresses: addresses.filter(({ change }) => change !== "lost").map(addressText),
  };
}

/** What several modules have in common, by heading, and what each has beside it. */
function inCommon(modules: readonly Parts[]): readonly [Parts, readonly Parts[]] {
  const [first = {}, ...others] = modules;
  if (others.length === 0) return [{}, modules];
  const common = Object.fromEntries(
    Object.entries(first).map(([heading, lines]) => [
      heading,
      lines.filter((line) => others.every((parts) => parts[heading]?.includes(line))),
    ]),
  );
  const own = modules.map((parts) =>
    Object.fromEntries(
      Object.entries(parts).map(([heading, lines]) => [
        heading,
        lines.filter((line) => !common[heading]?.includes(line)),
      ]),
    ),
  );
  return [common, own];
}

const isEmpty = (parts: Parts): boolean =>
  Object.values(parts).every((lines) => lines.length === 0);

function partsText(title: string, parts: Parts): string[] {
  return [
    `### ${title}`,
    ...Object.entries(parts).flatMap(([heading, lines]) =>
      lines.length === 0 ? [] : [`**${heading}**`, listed(lines)],
    ),
    // It is what a reader looks for.
    ...(parts[ALLOWED]?.length === 0 ? ["Nothing else is newly allowed."] : []),
  ];
}

function changeText({ added, removed, modules }: ReleaseChange, previous: string): string[] {
  const changed = modules
    .map((module) => ({ type: module.type, parts: partsOf(module) }))
    .filter(({ parts }) => !isEmpty(parts));
  const same = modules
    .map(({ type }) => type)
    .filter((type) => changed.every((each) => each.type !== type));
  const [common, own] = inCommon(same.length === 0 ? changed.map(({ parts }) => parts) : []);
  const names = (types: readonly string[]): string => types.map(code).join(", ");
  return [
    `## What changes for a root since ${previous}`,
    `Each module of both versions was evaluated by Terraform in the same calls, and their IAM documents compared by what they allow. Each request below is allowed on one side only; it is an example of its kind. What a variable of this version alone can switch on is not counted.`,
    ...(added.length === 0 ? [] : [`New: ${names(added)}.`]),
    ...(removed.length === 0 ? [] : [`Gone: ${names(removed)}.`]),
    ...(same.length === 0 ? [] : [`Nothing differs in ${names(same)}.`]),
    ...(isEmpty(common) ? [] : partsText("All modules", common)),
    ...changed.flatMap(({ type, parts }, index) => partsText(type, own[index] ?? parts)),
  ];
}

/** What policies and trust policies newly allow, a line for each action: what a reader looks for first. */
function allowedText({ modules }: ReleaseChange, previous: string): string[] {
  const types = new Map<string, Set<string>>();
  for (const { type, access } of modules) {
    for (const { document, change, action = "", situation } of access) {
      if (change !== "newly allowed" || document === BOUNDARY) continue;
      const line = `${code(action)}, in a call ${situation}`;
      types.set(line, (types.get(line) ?? new Set()).add(type));
    }
  }
  const lines = [...types].map(([line, of]) => `- ${line}: ${[...of].map(code).join(", ")}`);
  return [
    `## Newly allowed since ${previous}`,
    lines.length === 0
      ? "Nothing: no policy or trust policy allows a request that it did not allow."
      : `${lines.join("\n")}\n\nThe requests stand below, with each module.`,
  ];
}

/**
 * The notes of a release.
 *
 * @param guide what docs/upgrading.md says of the way from the version before, without its heading
 * @param change what is different since the last release; undefined where its modules are not given
 */
export function releaseNotes(
  version: string,
  section: ChangelogSection,
  guide: string | undefined,
  change: ReleaseChange | undefined,
): string {
  const { previous = "" } = section;
  return `${[
    `# ${version}`,
    ...(change === undefined ? [] : allowedText(change, previous)),
    ...(change === undefined ? [] : ["## What changes"]),
    section.text,
    ...(guide === undefined ? [] : [`## How to upgrade from ${previous}`, guide]),
    ...(change === undefined ? [] : changeText(change, previous)),
  ].join("\n\n")}\n`;
}

/** What docs/upgrading.md says of the way from a version, without its heading. */
export function upgradeGuide(page: string, previous: string | undefined): string | undefined {
  return page
    .split(/^## /m)
    .find((part) => part.startsWith(`From ${String(previous)}\n`))
    ?.replace(/^[^\n]*\n/, "")
    .trim();
}
