import js from "@eslint/js";
import tseslint from "typescript-eslint";
import { beginsWithNounOrVerb } from "./build/doc-comments.mjs";

/** The rooms of lib/ that each room may import. CONTRIBUTING.md says what is in each. */
const rooms = {
  text: [],
  catalog: ["text"],
  inputs: ["text", "catalog"],
  policies: ["text", "catalog", "inputs"],
  module: ["text", "catalog", "inputs", "policies"],
  files: ["text", "catalog", "inputs", "policies", "module"],
  construct: ["text", "catalog", "inputs", "policies", "module", "files"],
  review: ["text", "catalog"],
  teleport: ["text", "catalog", "inputs"],
  answers: ["text", "catalog", "inputs", "policies", "module", "files", "teleport"],
  commands: [
    ...["text", "catalog", "inputs", "policies", "module", "files"],
    ...["review", "teleport", "answers"],
  ],
  explore: ["text", "catalog", "inputs", "policies", "files", "review"],
};

/** The rooms that may import CDKTF. */
const roomsWithCdktf = ["module", "construct"];

/** The package's root loads every resource of AWS: seconds of start-up, hundreds of megabytes. */
const deepImportsOfTheProvider = {
  paths: [
    {
      name: "@cdktf/provider-aws",
      message: "Import the resource: @cdktf/provider-aws/lib/iam-policy.",
    },
  ],
};

/** A regular expression for the paths of `names`, which lie in the folder `base`. */
const pathsIn = (base, names) => `^${base.replaceAll(".", "\\.")}/(${names.join("|")})(/.*)?$`;

/** Imports of CDKTF that are not types. */
const loading = {
  regex: "^(cdktf|constructs|@cdktf/.+)$",
  allowTypeImports: true,
  message: "Only lib/module and lib/construct may import CDKTF.",
};

/** Restrictions of the table for the files of a room, which reach the others through `base`. */
const table = (room, base) => {
  const others = Object.keys(rooms).filter((name) => name !== room && !rooms[room].includes(name));
  return {
    regex: pathsIn(base, ["index", ...others]),
    message: `lib/${room} may import ${rooms[room].join(", ") || "no other room"}: see CONTRIBUTING.md.`,
  };
};

/** The rules for `files`, which may import nothing of `patterns`, statically or with import(). */
const restrict = (files, patterns) => ({
  files: [files],
  rules: {
    "@typescript-eslint/no-restricted-imports": [
      "error",
      { ...deepImportsOfTheProvider, patterns },
    ],
    "no-restricted-syntax": [
      "error",
      ...patterns.map(({ regex, message }) => ({
        // A selector cannot hold a slash.
        selector: `ImportExpression[source.value=/${regex.replaceAll("/", "\\u002F")}/]`,
        message,
      })),
      {
        selector: "CallExpression[callee.property.name=/^(push|unshift|max|min)$/] > SpreadElement",
        message: "A list of input can have more items than the stack takes: use a loop or reduce.",
      },
    ],
  },
});

/** The table as rules. Of two for the same file the later one holds. */
const tableOfImports = [
  restrict("lib/index.ts", [loading]),
  restrict("lib/cdktf.ts", []),
  ...Object.keys(rooms).flatMap((room) =>
    [
      [`lib/${room}/*.ts`, ".."],
      [`lib/${room}/*/*.ts`, "../.."],
    ].map(([files, base]) =>
      restrict(files, [table(room, base), ...(roomsWithCdktf.includes(room) ? [] : [loading])]),
    ),
  ),
  restrict("release/*.ts", [
    loading,
    { regex: "/__tests__/", message: "A release knows no tests: see CONTRIBUTING.md." },
  ]),
];

export default tseslint.config(
  // The example's packages are installed in its user's app; a test compiles it.
  {
    ignores: [
      ...["dist/", "cdktf.out/", "coverage/", "examples/", "release-files/"],
      // The build writes it.
      "lib/construct/variables.ts",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/no-restricted-imports": ["error", deepImportsOfTheProvider],
      "@typescript-eslint/no-empty-function": ["error", { allow: ["overrideMethods"] }],
      "@typescript-eslint/prefer-nullish-coalescing": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
    },
  },
  {
    files: ["**/*.ts", "**/*.mjs"],
    plugins: { project: { rules: { "doc-comments": beginsWithNounOrVerb } } },
    rules: { "project/doc-comments": "error" },
  },
  ...tableOfImports,
);
