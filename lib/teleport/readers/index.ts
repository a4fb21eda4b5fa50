import type { Format } from "../formats";
import { helmValues } from "./helm-values";
import { kubernetes } from "./kubernetes";
import type { Reader } from "./reader";
import { resources } from "./resources";
import { teleportYaml } from "./teleport-yaml";
import { terraform } from "./terraform";

/** The reader of each format. The first that recognises a document reads it. */
export const readers: Readonly<Record<Format, Reader>> = {
  terraform,
  "teleport-yaml": teleportYaml,
  kubernetes,
  resources,
  "helm-values": helmValues,
};
