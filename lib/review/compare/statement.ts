/** A policy document as JSON. What IAM would reject counts as unknown; see `Statement.unknown`. */
export type PolicyJson = object;

/** A document whose statements are read. A plan has the same text in many places and reads it once. */
export class ReadDocument {
  /** @param problem why it, or a statement of it, cannot be read: a clause without a word of it */
  constructor(
    readonly statements: readonly Statement[],
    readonly problem: string | undefined,
  ) {}
}

/**
 * A document whose text is not known, or that is perhaps not attached. The same name is the same document
 * on both sides.
 */
export interface UnknownDocument {
  readonly unknown: string;
  /** The content of the document if it is attached, if known. */
  readonly document?: PolicyJson | ReadDocument;
}

/** A document as the comparison takes it. */
export type Content = PolicyJson | ReadDocument | UnknownDocument;

/** True if nothing, or not all, is known of a document. */
export const isUnknown = (content: Content): content is UnknownDocument => "unknown" in content;

/** An unreadable part of a statement, by name: it may match a request or not. */
export interface Unknown {
  /** The name of the unknown document, or the statement's JSON. */
  readonly name: string;
  readonly effect: Effect;
}

export type Effect = "Allow" | "Deny";

/** The context of a request: the keys of its context, each with one value or a list. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

/** The entries of Action or NotAction, and so on, as the document writes them. */
export interface Entries {
  /** True if it is NotAction, NotResource. */
  readonly except: boolean;
  readonly texts: readonly string[];
}

/** A principal: AWS, Service, Federated or CanonicalUser, and its name. */
export interface Principal {
  readonly type: string;
  readonly name: string;
}

/** One operator and one key of a Condition, with the values that the key may have. */
export interface ConditionEntry {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement as the document writes it, its lists always as lists. */
export interface Statement {
  /** The place of its document in the list of documents. */
  readonly document: number;
  /** Its place in the document's list of statements. */
  readonly index: number;
  /** Empty if it has none. */
  readonly sid: string;
  readonly effect: Effect;
  readonly actions: Entries;
  readonly resources: Entries;
  /** True in trust policies, which have principals and no resources. */
  readonly isTrust: boolean;
  /** `*` in policies of identities, and beside NotPrincipal. */
  readonly principals: readonly Principal[];
  readonly notPrincipals?: readonly Principal[];
  readonly conditions: readonly ConditionEntry[];
  /** True if `${…}` is a policy variable: in documents of version 2012-10-17. */
  readonly variables: boolean;
  /** A further condition if the statement or a part of it cannot be read. */
  readonly unknown: Unknown | undefined;
}

/** Every action, or every resource. */
export const EVERYTHING: Entries = { except: false, texts: ["*"] };

/** A statement of no document, which allows everything. */
export const ALLOW_ALL: Statement = {
  document: -1,
  index: 0,
  sid: "",
  effect: "Allow",
  actions: EVERYTHING,
  resources: EVERYTHING,
  isTrust: false,
  principals: [{ type: "AWS", name: "*" }],
  conditions: [],
  variables: false,
  unknown: undefined,
};

/** The kind of a document: it gives permissions, trusts principals, or belongs to a resource. */
export type Kind = "identity" | "trust" | "resource";
