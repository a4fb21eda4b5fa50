import type { Configuration } from "../configuration";
import type { ConfigurationDocument } from "../parse";

/** Reads one kind of document into the configuration. */
export interface Reader {
  /** What it reads, as part of a sentence. */
  readonly title: string;
  /** Whether a document is of this kind, by its keys. */
  readonly recognises: (document: ConfigurationDocument) => boolean;
  /** @throws UserError with its place for what is wrong */
  readonly read: (document: ConfigurationDocument, configuration: Configuration) => void;
}
