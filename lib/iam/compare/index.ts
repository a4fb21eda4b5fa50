/** The exact comparison of what IAM policy documents allow. */
export type { AccessComparison, Answer, StatementReference, Witness } from "./answer";
export { Budget } from "./budget";
export { compareAccess, DEFAULT_STEPS } from "./compare-access";
export { compareTrust, type TrustOptions, type TrustPolicy } from "./compare-trust";
export { type Access, type Caller, type Context, evaluate, type Request } from "./evaluator";
export type { Effect, PolicyDocument, Unknown, UnknownDocument } from "./policy-document";
