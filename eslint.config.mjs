import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** The package's root loads every resource of AWS: seconds of start-up, hundreds of megabytes. */
const deepImportsOfTheProvider = {
  paths: [
    {
      name: "@cdktf/provider-aws",
      message: "Import the resource: @cdktf/provider-aws/lib/iam-policy.",
    },
  ],
};

export default tseslint.config(
  { ignores: ["dist/", "cdktf.out/", "coverage/"] },
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
    // CDKTF is the slow part of the command: what runs before it is needed may not load it.
    files: [
      "lib/catalog/**",
      "lib/inputs/**",
      "lib/policies/**",
      "lib/files/**",
      "lib/review/**",
      "lib/commands/**",
    ],
    ignores: ["lib/commands/compose/compose.ts", "lib/files/ready-modules.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          ...deepImportsOfTheProvider,
          patterns: [
            {
              group: ["cdktf", "constructs", "@cdktf/*", "**/module/*"],
              allowTypeImports: true,
              message: "Only lib/module, and what a command loads lazily, may import CDKTF.",
            },
          ],
        },
      ],
    },
  },
);
