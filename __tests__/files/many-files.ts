import { marker } from "../../lib/files/marker";

/** A module of `count` files that all hold `label`, and one that only modules of this label have. */
export function manyFiles(label: string, count: number): ReadonlyMap<string, string> {
  const content = `${JSON.stringify({ "//": marker("a test"), label })}\n${"#".repeat(4096)}\n`;
  const names = Array.from({ length: count }, (_, index) => `file-${String(index)}.tf.json`);
  return new Map([...names, `only-${label}.tf.json`].map((name) => [name, content]));
}
