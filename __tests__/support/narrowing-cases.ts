import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

/** A narrowing with one object, and the requests that it must allow. */
interface NarrowingCase {
  readonly variable: string;
  readonly value: Readonly<Record<string, string>>;
  readonly actions: readonly string[];
  readonly arns: readonly string[];
  readonly others: Readonly<Record<string, string>>;
  readonly carriedBy?: string;
}

const file = path.resolve(__dirname, "..", "fixtures", "narrowings.yaml");

/** The cases of the fixture, which explains its keys. */
export const narrowingCases = parse(fs.readFileSync(file, "utf8")) as readonly NarrowingCase[];
