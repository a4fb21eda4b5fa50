/** Statements that several types have, each with its own words. */
import { discoveryPage } from "./page-urls";
import { databases, type Discovery, on, type Statement } from "./statement";

/** The statement that lets the Database Service assume a type's database-user roles. */
export function connectAsRole(
  statement: Pick<Statement, "sid" | "purpose" | "source" | "omittable">,
): Statement {
  return { ...statement, actions: ["sts:AssumeRole"], resources: { kind: "user-roles" } };
}

/** The effect of not reading metadata: the same for every type that has it. */
const WITHOUT =
  "Without it, Teleport still connects, but warns and cannot check the endpoints of discovered databases.";

/**
 * The statement by which the Database Service reads the metadata of a type's databases.
 *
 * @param prefix the beginning of the name of its switch
 * @param title the databases, in the plural
 */
export function fetchMetadata(
  prefix: string,
  title: string,
  statement: Pick<Statement, "sid" | "actions" | "discovery" | "resources" | "source">,
): Statement {
  return {
    ...statement,
    purpose:
      "Read settings that the database's configuration does not have, such as its region, and import its AWS tags as labels.",
    omittable: WITHOUT,
    switch: on(
      `${prefix}_fetch_metadata`,
      `Whether the Database Service may read metadata of ${title}. ${WITHOUT}`,
    ),
  };
}

/**
 * The statement by which a type's databases are found.
 *
 * @param title the databases, in the plural
 */
export function finds(sid: string, title: string, discovery: Discovery): Statement {
  return {
    sid,
    actions: [],
    discovery,
    resources: databases(),
    purpose: `Find ${title}.`,
    omittable: "Needed only if Teleport discovers databases.",
    source: discoveryPage,
  };
}
