import type { PolicyDocument } from "../catalog/policy-document";
import type { Explanation } from "../answers/explanation";
import type { ListedType } from "../answers/list";
import type { IamDocuments } from "../answers/print-iam";
import type { Report } from "../review/report/report";

/** The JSON that commands print, by command. The build makes the JSON Schema of this type. */
export interface Printed {
  readonly list: readonly ListedType[];
  /** A list if several were asked for. */
  readonly explain: Explanation | readonly Explanation[];
  /** All documents, or the one that was asked for. */
  readonly "print-iam": IamDocuments | PolicyDocument;
  readonly review: Report;
}
