import { on, type Statement } from "./statement";

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
