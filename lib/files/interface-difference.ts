import type { Json } from "../json";
import type { Files } from "./module-files";

/** What each thing of one kind is, by its name. */
type Named = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** A block of a module's files by name; nothing where a file is missing or no JSON. */
function block(files: Files, name: string): Readonly<Record<string, Json>> {
  for (const [file, content] of files) {
    if (!file.endsWith(".tf.json")) continue;
    try {
      const found = (JSON.parse(content) as Record<string, Json>)[name];
      if (found !== undefined) return found as Record<string, Json>;
    } catch {
      // It was edited by hand; that the file differs is said without this.
    }
  }
  return {};
}

/** The arguments of a block's entries, without what only people read. */
function argumentsOf(files: Files, name: string): Named {
  return new Map(
    Object.entries(block(files, name)).map(([key, entry]) => [
      key,
      Object.fromEntries(
        Object.entries(entry ?? {})
          .filter(([argument]) => argument !== "description")
          .map(([argument, value]) => [argument, JSON.stringify(value)]),
      ),
    ]),
  );
}

/** The statements of the local values by Sid, wherever they stand. */
function statements(value: Json, found = new Map<string, Record<string, string>>()): Named {
  const add = (sid: string, part: string, text: string): void => {
    const statement = found.get(sid) ?? {};
    statement[part] = (statement[part] ?? "") + text;
    found.set(sid, statement);
  };
  if (typeof value === "string") {
    // With a condition, a statement is an expression.
    for (const [, sid = ""] of value.matchAll(/\bSid = "(\w+)"/g)) add(sid, "expression", value);
  } else if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) statements(item, found);
  } else if (typeof value === "object" && value !== null) {
    const { Sid: sid, ...parts } = value as Readonly<Record<string, Json>>;
    for (const [part, content] of Object.entries(parts)) {
      if (typeof sid === "string") add(sid, part, JSON.stringify(content));
      else statements(content, found);
    }
  }
  return found;
}

/** The addresses of the resources. */
function addresses(files: Files): Named {
  return new Map(
    Object.entries(block(files, "resource")).flatMap(([type, resources]) =>
      Object.keys(resources ?? {}).map((name) => [`${type}.${name}`, {}] as const),
    ),
  );
}

function compared(kind: string, before: Named, after: Named): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === undefined) return [`${kind} added: ${name}`];
    if (now === undefined) return [`${kind} removed: ${name}`];
    const changed = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
      (part) => old[part] !== now[part],
    );
    return changed.length === 0 ? [] : [`${kind} changed: ${name} (${changed.join(", ")})`];
  });
}

/**
 * What a root that calls the module sees differ: variables, outputs, statements and addresses of
 * resources, a line each. Descriptions do not count.
 *
 * @param before the files that are there
 * @param after the files that the module has now
 */
export function interfaceDifference(before: Files, after: Files): string[] {
  const outputs = (files: Files): Named =>
    new Map(Object.keys(block(files, "output")).map((name) => [name, {}]));
  return [
    ...compared("variable", argumentsOf(before, "variable"), argumentsOf(after, "variable")),
    ...compared("output", outputs(before), outputs(after)),
    ...compared(
      "statement",
      statements(block(before, "locals")),
      statements(block(after, "locals")),
    ),
    ...compared("address", addresses(before), addresses(after)),
  ];
}
