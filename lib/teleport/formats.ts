/** The formats that are read, by the names that `--from-format` takes. Each has a reader. */
export const formats = [
  "teleport-yaml",
  "helm-values",
  "kubernetes",
  "resources",
  "terraform",
] as const;

/** One of the formats. */
export type Format = (typeof formats)[number];
