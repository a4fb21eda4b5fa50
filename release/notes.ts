import { code } from "../lib/text/markdown";
import { type AccessChange, BOUNDARY } from "./access-difference";
import type { InterfaceChange } from "../lib/files/interface-difference";
import type { AddressChange } from "./address-changes";
import type { ChangelogSection } from "./changelog";
import type { ModuleChange, ReleaseChange } from "./module-change";

/** Parts of the notes about a module: lines of Markdown below a heading. */
type Parts = Readonly<Record<string, readonly string[]>>;

/** An argument of a block for a person. Types are strings of JSON. */
function shown(value: string | undefined): string {
  if (value === undefined) return "none";
  const parsed: unknown = JSON.parse(value);
  return code(typeof parsed === "string" ? parsed.replace(/\s+/g, " ") : value);
}

/** The change of one argument, in words. */
function partText(part: string, { before, after }: InterfaceChange["parts"][string]): string {
  switch (part) {
    case "nullable":
      return after === "true" ? "may be null" : "must not be null";
    case "sensitive":
      return after === "true" ? "sensitive" : "not sensitive";
    default:
      return `${part} ${shown(after)}, was ${shown(before)}`;
  }
}

function interfaceText({ change, name, parts }: InterfaceChange): string {
  if (change !== "changed") return `${change}: ${code(name)}`;
  const details = Object.entries(parts)
    .filter(([part]) => part !== "validation")
    .map(([part, values]) => partText(part, values));
  return details.length === 0
    ? `other validation: ${code(name)}`
    : `changed: ${code(name)} (${details.join("; ")})`;
}

/** Items of a list. Those that start with one of these labels become one item per label. */
function listed(lines: readonly string[]): string {
  const labels = ["removed: ", "added: ", "other validation: "];
  const grouped = labels.flatMap((label) => {
    const names = lines.filter((line) => line.startsWith(label));
    return names.length === 0
      ? []
      : [label + names.map((line) => line.slice(label.length)).join(", ")];
  });
  const others = lines.filter((line) => !labels.some((label) => line.startsWith(label)));
  return [...others, ...grouped].map((line) => `- ${line}`).join("\n");
}

function addressText({ from, situation, change, to }: AddressChange): string {
  if (change === "moved") return `${code(from)} moves to ${code(String(to))}; nothing to do`;
  return to === undefined
    ? `${code(from)}, in a call ${situation}: Terraform destroys it. To keep it in AWS, add a ${code("removed")} block for ${code(`module.<call>.${from.replace(/\[.*$/, "")}`)}`
    : `${code(from)} is now ${code(to)}: add a ${code("moved")} block, or Terraform replaces it`;
}

function accessText({ document, request, situation }: AccessChange): string {
  const by = document === BOUNDARY ? "" : `, by the ${document}`;
  return `${code(request)}${by}, in a call ${situation}`;
}

function partsOf({ interface: changes, access, addresses }: ModuleChange): Parts {
  const of = (kind: InterfaceChange["kind"]): string[] =>
    changes.filter((each) => each.kind === kind).map(interfaceText);
  const requests = (change: AccessChange["change"], ofBoundary: boolean): string[] =>
    access
      .filter((each) => each.change === change && (each.document === BOUNDARY) === ofBoundary)
      .map(accessText);
  return {
    "Newly allowed": requests("newly allowed", false),
    "No longer allowed": requests("no longer allowed", false),
    "The permissions boundary, which grants nothing by itself, newly allows": requests(
      "newly allowed",
      true,
    ),
    "The permissions boundary no longer allows": requests("no longer allowed", true),
    "Not decided": [...requests("undecided", false), ...requests("undecided", true)],
    Requirements: of("requirement"),
    Variables: of("variable"),
    Outputs: of("output"),
    Addresses: addresses.map(addressText),
  };
}

/** Splits the parts of several modules into those that all have and those of each. */
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
    "Terraform evaluated the same calls of both versions, and their IAM documents were compared by what they allow. Each request below is an example that only one version allows. What only a new variable can switch on is not compared.",
    ...(added.length === 0 ? [] : [`New: ${names(added)}.`]),
    ...(removed.length === 0 ? [] : [`Gone: ${names(removed)}.`]),
    ...(same.length === 0 ? [] : [`Nothing differs in ${names(same)}.`]),
    ...(isEmpty(common) ? [] : partsText("All modules", common)),
    ...changed.flatMap(({ type, parts }, index) => partsText(type, own[index] ?? parts)),
  ];
}

/** The actions that policies and trust policies newly allow, one line each. */
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
      ? "Nothing: no policy or trust policy allows a request that it did not allow before."
      : `${lines.join("\n")}\n\nThe requests are below, with each module.`,
  ];
}

/**
 * The notes of a release.
 *
 * @param change the differences since the last release; undefined without its modules
 */
export function releaseNotes(
  version: string,
  { text, previous = "" }: ChangelogSection,
  change: ReleaseChange | undefined,
): string {
  const parts =
    change === undefined
      ? [text]
      : [
          ...allowedText(change, previous),
          "## What changes",
          text,
          ...changeText(change, previous),
        ];
  return `${[`# ${version}`, ...parts].join("\n\n")}\n`;
}
