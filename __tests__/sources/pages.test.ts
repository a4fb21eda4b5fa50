/**
 * npm run sources, on Teleport's pages in the form of their source: as they are, and with one thing
 * changed.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { databaseTypes } from "../../lib/catalog";
import { differences } from "../../sources/compare";
import { readPage } from "../../sources/page";
import { linesAbout, replaced, useFolder } from "../support/page-differences";
import { referencePolicy } from "../support/reference-page";
import {
  discoveryPart,
  discoveryPartPath,
  fence,
  partNamed,
  partNames,
  partText,
  referencePage,
  referencePagePath,
  writeDiscoveryPage,
  writeFile,
  writeReferencePage,
} from "../support/teleport-pages";

function mockHashed(recorded: Readonly<Record<string, string>>): Record<string, string> {
  const { createHash } = jest.requireActual<typeof import("node:crypto")>("node:crypto");
  return Object.fromEntries(
    Object.keys(recorded).map((sid) => [
      sid,
      createHash("sha256").update(`about ${sid.toLowerCase()}`).digest("hex"),
    ]),
  );
}
jest.mock("../fixtures/reference-page/purpose-hashes.json", () =>
  mockHashed(jest.requireActual("../fixtures/reference-page/purpose-hashes.json")),
);
jest.mock("../fixtures/discovery-page/purpose-hashes.json", () =>
  mockHashed(jest.requireActual("../fixtures/discovery-page/purpose-hashes.json")),
);

const folder = useFolder();
const said = (file: string): string[] => linesAbout(folder(), file);
const typeNames = databaseTypes.map(({ name }) => name);

describe("a page that equals the catalogue", () => {
  test("the reference page, with its parts, default values, parameters and placeholders", () => {
    const file = writeReferencePage(folder());
    const page = readPage(file);
    // 11 types, 2 roles' own policies, 2 of managed users and their keys, 5 examples for 6 types.
    expect(page.policies).toHaveLength(11 + 2 + 4 + 5 * 6);
    expect(differences(page)).toEqual([]);
  });

  test("the discovery page; servers are a listed deviation", () => {
    const page = readPage(writeDiscoveryPage(folder(), typeNames));
    expect(page.policies).toHaveLength(10);
    expect(differences(page)).toEqual([]);
  });

  test.each(partNames)("%s by itself", (name) => {
    expect(said(writeFile(folder(), name, partText(name)))).toEqual([]);
  });

  test.each(typeNames)("the part of discovery about %s by itself", (type) => {
    expect(said(writeFile(folder(), discoveryPartPath(type), discoveryPart(type)))).toEqual([]);
  });

  test("a part leaves its parameters open, which can be any role", () => {
    expect(partText(partNamed("documentdb/access-policy.mdx"))).toContain(
      '<Var name="aws-account-id"/>:role/{{ dbUserRole }}',
    );
  });
});

describe("a page that differs", () => {
  const withSection = (heading: string, text: string): string[] => {
    writeReferencePage(folder());
    const page = `${referencePage()}\n## ${heading}\n\n${text}`;
    return said(writeFile(folder(), referencePagePath, page));
  };

  test("in a new type", () => {
    const statement = { Sid: "TimestreamConnect", Effect: "Allow", Action: "timestream:Select" };
    const more = fence({ Statement: [{ ...statement, Resource: "*" }] });
    expect(withSection("Timestream", more)).toEqual([
      `${referencePagePath}  a new section, Timestream: TimestreamConnect, timestream:Select`,
    ]);
  });

  test("in a new type whose only policy is the one to assume a role", () => {
    const hop = fence(referencePolicy("docdb-assume-user-role"));
    expect(withSection("MongoDB Atlas", hop)).toEqual([
      `${referencePagePath}  a new section, MongoDB Atlas: without a Sid, sts:AssumeRole`,
    ]);
    const name = partNamed("documentdb/access-policy.mdx").replace("documentdb", "mongodb-atlas");
    expect(said(writeFile(folder(), name, hop))).toEqual([
      "mongodb-atlas/access-policy.mdx  a new section, mongodb-atlas/access-policy.mdx: without a Sid, sts:AssumeRole",
    ]);
  });

  test("in a section that is gone", () => {
    writeReferencePage(folder());
    const text = referencePage().replace(/## RDS Proxy\n[^]*?(?=## Redshift\n)/, "");
    expect(said(writeFile(folder(), referencePagePath, text))).toEqual([
      `${referencePagePath}  rdsproxy RDSProxyConnect: the page no longer has this statement`,
      `${referencePagePath}  rdsproxy RDSProxyFetchMetadata: the page no longer has this statement`,
    ]);
  });

  test("in a parameter that an include does not set", () => {
    writeReferencePage(folder());
    const text = replaced(referencePage(), ' dbUserRole="keyspaces-user-role"', "");
    expect(said(writeFile(folder(), referencePagePath, text))).toEqual([
      "keyspaces/access-policy.mdx  {{ dbUserRole }} has no value: the include does not set it",
    ]);
  });

  test("in a type that can be discovered now", () => {
    const file = writeDiscoveryPage(folder(), typeNames);
    const found = { Sid: "DynamoDBDiscovery", Effect: "Allow", Action: "dynamodb:ListTables" };
    const name = discoveryPartPath("dynamodb");
    writeFile(folder(), name, fence({ Statement: [{ ...found, Resource: "*" }] }));
    expect(said(file)).toEqual([
      `${name}  dynamodb DynamoDBDiscovery: a new statement, dynamodb:ListTables`,
    ]);
  });

  test("in a part that is missing", () => {
    const file = writeDiscoveryPage(folder(), typeNames);
    const rds = discoveryPartPath("rds");
    fs.rmSync(path.join(folder(), rds));
    const page = path.relative(folder(), file);
    expect(said(file)).toEqual([
      `${page}  cannot find the included file ${rds}`,
      `${page}  rds RDSDiscovery: the page no longer has this statement`,
    ]);
  });
});
