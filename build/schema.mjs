import { createGenerator } from "ts-json-schema-generator";

/** The JSON Schema of the commands' JSON output, generated from their types: a definition for each command. */
export function printedSchema() {
  const { definitions } = createGenerator({
    path: "lib/commands/printed.ts",
    tsconfig: "tsconfig.json",
    type: "Printed",
    topRef: true,
    expose: "export",
    jsDoc: "extended",
    additionalProperties: false,
    skipTypeCheck: true,
    encodeRefs: true,
  }).createSchema("Printed");
  const { Printed: printed, ...others } = definitions;
  const text = JSON.stringify({ ...printed.properties, ...others }).replaceAll(
    "#/definitions/",
    "#/$defs/",
  );
  return { $schema: "https://json-schema.org/draft/2020-12/schema", $defs: JSON.parse(text) };
}
