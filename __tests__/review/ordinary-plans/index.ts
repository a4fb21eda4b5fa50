/** Pull requests as people make them every day, by name. */
import type { OrdinaryChange } from "./change";
import { IDENTITIES } from "./identities";
import { POLICIES } from "./policies";
import { RESOURCES } from "./resources";
import { WORKLOADS } from "./workloads";

export const CHANGES: Readonly<Record<string, OrdinaryChange>> = {
  ...POLICIES,
  ...IDENTITIES,
  ...RESOURCES,
  ...WORKLOADS,
};
