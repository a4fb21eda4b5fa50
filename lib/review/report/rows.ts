/** The table of a report: gains and losses. */
import { addTo } from "../add-to";
import type { Compared } from "../access";
import { type Answer, type Statement, type Witness } from "../compare";
import { newParts } from "../compare/new-part";
import { secretActions } from "../gate/data/secret-actions";
import { type Escalation, escalationsByPattern } from "../gate/escalation";
import type { NamedAccess, Finding } from "../finding";
import type { Judged } from "../gate/findings";
import { overlap } from "../gate/overlap";
import { type Risk, riskiest, riskOf, risks } from "../gate/risk";
import { hasPrincipals, patternsOf, statementOf, statementsOf } from "../gate/witnessed";
import type { WaitingWitness } from "../partial-answers";
import { once } from "../once";
import { otherSide, type Side } from "../plan/difference";
import { textOf } from "../plan/value";
import { groupedRows, mergedGrants } from "./grouped-rows";
import type { Impact } from "../verdict";
import type { ReportGrant, ReportHolder, ReportRequest, ReportRow, ReportSource } from "./report";
import { grantOf } from "./statement-differences";

type Change = "gained" | "lost";

/** Asks if some actions are gained or lost. */
type Ask = (compared: Compared, change: Change, actions: readonly string[]) => Answer;

const changes = ["gained", "lost"] as const;

const isNew = ({ isNew: itIs }: ReportHolder): boolean => itIs;

const UNREADABLE = "permissions of a statement that cannot be read";

/** The most questions about a plan, each of which is a comparison. */
const MOST_QUESTIONS = 2000;

const NOTHING = {
  isPublic: false,
  what: [],
  says: [],
  escalation: [],
  waitsFor: [],
  by: [],
} as const satisfies Partial<ReportRow>;

const resource = (name: string): ReportHolder => ({ kind: "resource", name, isNew: false });

const holderOf = ({ kind: about, name, account, resources }: Compared): ReportHolder => {
  if (about === "identity policy") return { kind: "other", name, isNew: false };
  if (about === "resource policy" || about === "handed role") return resource(name);
  const kind = about === "trust policy" ? "role" : about;
  const type = kind === "managed policy" ? "aws_iam_policy" : `aws_iam_${kind}`;
  const own = [...resources].filter((one) => one.type === type);
  const isOwn = own.some(
    (one) =>
      one.action === "create" && [textOf(one.value("after", "name")), one.address].includes(name),
  );
  return {
    kind,
    name,
    ...(account === undefined ? {} : { account }),
    isNew: isOwn && own.every(({ action }) => action !== "delete"),
  };
};

/** The request of a witness as plain data. */
export const requestOf = (witness: WaitingWitness): ReportRequest => {
  const { action, resource, principal, withoutPermission, context, assumes } = witness;
  return {
    action,
    ...(resource === undefined ? {} : { resource }),
    ...(principal === undefined ? {} : { principal }),
    ...(withoutPermission === undefined ? {} : { withoutPermission }),
    context,
    assumes,
  };
};

/** The risk of actions that are gained or lost, and the ways to more permissions that they give. */
function riskOfAll(change: Change, actions: readonly string[]) {
  const escalation = change === "gained" ? escalationsByPattern(actions) : [];
  const paths = escalation.flatMap((one) => one.actions);
  return {
    risk: riskiest(actions.map((one) => riskOf(one, paths))),
    escalation: escalation.map(({ says }) => says),
  };
}

/** One statement's part of a row. */
type Part = Pick<ReportRow, "what" | "says" | "example" | "waitsFor" | "by"> & {
  readonly risk: Risk;
};

/** The resources that statements allow, by the pattern of an action and the conditions. */
type Allowed = ReadonlyMap<string, ReadonlySet<string>>;

const keyOf = (pattern: string, { conditions }: Statement): string =>
  JSON.stringify([pattern, conditions]);

/** The resources that somebody is allowed on one side, as far as they are known. */
function allowedOn(compared: Compared, side: Side): Allowed {
  const all = new Map<string, Set<string>>();
  for (const statement of statementsOf(compared, side)) {
    const { effect, actions, resources } = statement;
    if (effect === "Deny" || actions.except || resources.except) continue;
    for (const pattern of actions.texts) {
      const key = keyOf(pattern, statement);
      for (const text of resources.texts) addTo(all, key, text);
    }
  }
  return all;
}

/** The grant of one action of a statement, without the resources that the other side has too. */
function grantFor(own: Statement, pattern: string, others: Allowed): ReportGrant {
  if (own.effect === "Deny" || own.actions.except) return grantOf(own);
  const had = own.resources.except ? undefined : others.get(keyOf(pattern, own));
  const rest = own.resources.texts.filter((text) => had?.has(text) !== true);
  return grantOf({
    ...own,
    actions: { except: false, texts: [pattern] },
    resources: rest.length === 0 ? own.resources : { ...own.resources, texts: rest },
  });
}

function partsOf(
  compared: Compared,
  change: Change,
  witness: WaitingWitness,
  paths: readonly string[],
  ask: Ask,
  allowed: (side: Side) => Allowed,
): Part[] {
  const { side, list, document, sid } = witness.statement;
  const held = compared.documents(side, list)[document];
  const where = held?.from?.address ?? held?.policy;
  const by: ReportSource[] = where === undefined ? [] : [{ sid, where }];
  const own = statementOf(compared, witness);
  const shown = held?.partial?.shownResources(witness.statement.statement);
  // An example of a resource that nobody knows yet would say nothing.
  const isOfUnknown = shown !== undefined && witness.waitsFor !== undefined;
  const example = isOfUnknown ? undefined : requestOf(witness);
  const part = { says: [], example, waitsFor: witness.waitsFor ?? [], by };
  if (own === undefined) {
    return [{ ...part, what: [], says: [UNREADABLE], risk: riskOf(witness.action, paths) }];
  }
  const patterns = patternsOf(own);
  if (own.effect === "Deny") {
    const secrets = secretActions.filter((action) => patterns.some((one) => overlap(one, action)));
    const takes = (actions: readonly string[]): boolean =>
      actions.length > 0 && ask(compared, change, actions).answer === "yes";
    const risk = riskiest([
      riskOf(witness.action, paths),
      ...(paths.length > 0 ? ["permissions" as const] : []),
      ...(takes(secrets) ? ["secrets" as const] : []),
    ]);
    return [{ ...part, what: [grantOf(own)], risk }];
  }
  const resources = shown === undefined ? own.resources : { ...own.resources, texts: shown };
  const others = allowed(otherSide(side));
  const all = [...new Set(patterns)].map((pattern) => ({
    pattern,
    answer: patterns.length === 1 ? undefined : ask(compared, change, [pattern]),
  }));
  const proved = all.filter(({ answer }) => answer?.answer !== "no");
  return (proved.length === 0 ? all : proved).map(({ pattern, answer }) => {
    const isShown = isOfUnknown || overlap(pattern, witness.action) || answer?.answer !== "yes";
    return {
      ...part,
      example: isShown ? example : requestOf(answer.witnesses[0]),
      what: [grantFor({ ...own, resources }, pattern, others)],
      risk: riskOf(pattern, paths),
    };
  });
}

/** Rows for the gains or losses of an identity or a policy's holders, one per class of risk. */
function identityRows(
  compared: Compared,
  change: Change,
  escalation: readonly Escalation[],
  ask: Ask,
): ReportRow[] {
  const { answer } = compared[change];
  const who = [holderOf(compared)];
  if (answer.answer === "no") return [];
  if (answer.answer === "undecided") {
    // If nothing is gained, a loss is all that it can be.
    const isSure =
      compared[change].presumed || (change === "lost" && compared.gained.answer.answer === "no");
    const what = isSure ? "undecided access" : `what is ${change}`;
    const says = [`${what}, because ${answer.reason}`];
    return [{ ...NOTHING, change: isSure ? change : "undecided", who, says }];
  }
  const paths = escalation.flatMap(({ actions }) => actions);
  const allowed = once((side: Side) => allowedOn(compared, side));
  const parts = answer.witnesses.flatMap((witness) =>
    partsOf(compared, change, witness, paths, ask, allowed),
  );
  return risks.flatMap((risk, index) => {
    const own = parts.filter((part) => part.risk === risk);
    if (own.length === 0) return [];
    const isFirst = !parts.some((part) => risks.indexOf(part.risk) < index);
    const [first] = own;
    return [
      {
        change,
        isPublic: false,
        risk,
        who,
        what: mergedGrants(own.flatMap(({ what }) => what)),
        says: [...new Set(own.flatMap(({ says }) => says))],
        escalation: isFirst ? escalation.map(({ says }) => says) : [],
        ...(first?.example === undefined ? {} : { example: first.example }),
        waitsFor: first?.waitsFor ?? [],
        by: own.flatMap(({ by }) => by),
      },
    ];
  });
}

/** The principals of a statement, as a reader knows them. */
function callersOf(own: Statement | undefined, witness: Witness, isPublic: boolean): string[] {
  const names = own?.effect === "Allow" ? own.principals.map(({ name }) => name) : [];
  if (names.includes("*")) return [isPublic ? "anyone" : "anyone who meets its condition"];
  return names.length === 0 ? [witness.principal ?? "any principal"] : names;
}

/** Rows for principals that gain or lose the right to assume a role or to use a resource. */
function principalRows(compared: Compared, change: Change): ReportRow[] {
  const { answer } = compared[change];
  const { kind, isPublic: isForAll, item, documents } = compared;
  const isTrust = kind === "trust policy";
  const holder = holderOf(compared);
  if (answer.answer === "no") return [];
  if (answer.answer === "undecided") {
    const says = [`who may ${isTrust ? "assume" : "use"} it, because ${answer.reason}`];
    return [{ ...NOTHING, change: "undecided", who: [holder], says }];
  }
  const newPart = once((side: Side) =>
    newParts(statementsOf(compared, side), statementsOf(compared, otherSide(side))),
  );
  return answer.witnesses.map((witness: WaitingWitness) => {
    const { side, sid, document } = witness.statement;
    const whole = statementOf(compared, witness);
    const own = whole && whole.unknown === undefined ? newPart(side)(whole) : undefined;
    const isPublic = change === "gained" && isForAll === true;
    const where = documents(side, "policies")[document]?.from?.address ?? item?.address;
    const isDefault = own === undefined && document < 0;
    const role = { except: false, texts: [`role ${holder.name}`] };
    return {
      ...NOTHING,
      change,
      isPublic,
      // To assume a role that is there is a way to get its permissions.
      ...(isTrust
        ? { risk: holder.isNew ? "write" : "permissions", escalation: [] }
        : riskOfAll(change, patternsOf(own))),
      who: callersOf(own, witness, isPublic).map((name) => ({
        kind: "principal" as const,
        name,
        isNew: holder.isNew,
      })),
      ...(own === undefined
        ? { says: [isDefault ? "what is allowed without a policy" : UNREADABLE] }
        : { what: [grantOf(isTrust ? { ...own, isTrust: false, resources: role } : own)] }),
      example: requestOf(witness),
      waitsFor: witness.waitsFor ?? [],
      by: [{ sid, where: where ?? holder.name }],
    };
  });
}

/** The rows of a finding that is not compared. */
function findingRows(
  { item, isPublic, gained = [], lost = [] }: Finding,
  { broadens, narrows, unknown }: Impact,
): ReportRow[] {
  const row = (change: Change, { who, what, actions = [] }: NamedAccess): ReportRow => {
    const kind = who === item.address ? "resource" : "principal";
    return {
      ...NOTHING,
      change,
      isPublic: change === "gained" && isPublic === true,
      ...(actions.length === 0 ? {} : riskOfAll(change, actions)),
      who: [{ kind, name: who, isNew: false }],
      says: [what],
      by: [{ sid: "", where: item.address }],
    };
  };
  const says = item.reasons.length === 0 ? [item.kind] : item.reasons;
  const whole = (change: ReportRow["change"]): ReportRow => ({
    ...NOTHING,
    change,
    who: [resource(item.address)],
    says,
  });
  return [
    ...gained.map((access) => row("gained", access)),
    ...lost.map((access) => row("lost", access)),
    ...(broadens && gained.length === 0 ? [whole("gained")] : []),
    ...(unknown && !broadens ? [whole("undecided")] : []),
    ...(narrows && lost.length === 0 ? [whole("lost")] : []),
  ];
}

/** The rows of a plan, the riskiest first. */
export function reportRows({ compared, apart }: Judged): ReportRow[] {
  let left = MOST_QUESTIONS;
  const ask: Ask = ({ questions }, change, actions) => {
    left -= 1;
    if (left < 0) return { answer: "undecided", reason: "the limit of comparisons is reached" };
    return change === "gained" ? questions.gains(actions) : questions.loses(actions);
  };
  const nameOf = ({ name, account }: Compared): string => JSON.stringify([name, account]);
  const ofIdentities = compared
    .filter(([one]) => !hasPrincipals(one))
    .map(([one, , escalation]) => ({
      key: one.kind === "role" ? nameOf(one) : undefined,
      rows: changes.flatMap((change) =>
        identityRows(one, change, change === "gained" ? escalation : [], ask),
      ),
    }));
  const told = new Set(ofIdentities.flatMap(({ key, rows }) => (rows.length === 0 ? [] : key)));
  // Who may assume a new role is told with what the role may do.
  const trusts = new Map<string | undefined, string[]>();
  const ofTrust = compared
    .filter(([one]) => hasPrincipals(one))
    .flatMap(([one]) => {
      const rows = changes.flatMap((change) => principalRows(one, change));
      const key = nameOf(one);
      if (!told.has(key) || rows.some((row) => row.isPublic || !row.who.every(isNew))) return rows;
      const names = rows.flatMap(({ who }) => who.map(({ name }) => name));
      trusts.set(key, [...new Set(names)]);
      return [];
    });
  return groupedRows([
    ...ofIdentities.flatMap(({ key, rows }) =>
      rows.map((row) => {
        const names = trusts.get(key);
        return names === undefined
          ? row
          : { ...row, who: row.who.map((one) => ({ ...one, trusts: names })) };
      }),
    ),
    ...ofTrust,
    ...apart.flatMap(([one, impact]) => findingRows(one, impact)),
  ]);
}
