import type { Switch } from "./statement";

/** The purpose of reading metadata, for every type that has it. */
export const fetchMetadataPurpose =
  "Read settings that the database's configuration does not have, such as its region, and import its AWS tags as labels.";

/** The effect of not reading metadata: the same for every type that has it. */
export const fetchMetadataOmittable =
  "Without it, Teleport still connects, but warns and cannot check the endpoints of discovered databases.";

/** The switch `<prefix>_fetch_metadata`. */
export function fetchMetadataSwitch(prefix: string, title: string): Switch {
  return {
    variable: `${prefix}_fetch_metadata`,
    default: true,
    description: `Whether the Database Service may read metadata of ${title}. Without it, Teleport still connects, but warns and cannot check the endpoints of discovered databases.`,
  };
}
