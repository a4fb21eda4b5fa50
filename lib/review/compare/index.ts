/** The exact comparison of what IAM policy documents allow. */
export type { AccessComparison, Answer, Witness } from "./answer";
export { Budget } from "./budget";
export { compareAccess } from "./compare-access";
export { compareTrust, type TrustOptions, type TrustPolicy } from "./compare-trust";
export { type Access, evaluate } from "./evaluator";
export { readDocument } from "./read-document";
export { type Content, ReadDocument, type Statement } from "./statement";
