import { quotas } from "../catalog/quotas";
import type { GrantedStatement } from "../policies/documents";
import { byId, element } from "./dom";
import type { Result } from "./model";

const json = (value: unknown): string => JSON.stringify(value, null, 2);
const policyLimit = quotas.managedPolicy;
const number = new Intl.NumberFormat("en");

/** Text to copy, with a button that does it. */
function copyable(id: string, title: string, content: string): HTMLElement {
  const pre = element("pre", { id, tabIndex: 0, role: "region", ariaLabel: title }, content);
  const button = element("button", { type: "button", ariaLabel: `Copy: ${title}` }, "Copy");
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(content).then(
      () => {
        byId("said").textContent = `Copied: ${title}.`;
      },
      () => {
        // A browser can refuse. Selected text can still be copied by hand.
        getSelection()?.selectAllChildren(pre);
        byId("said").textContent = `Selected: ${title}. Press Ctrl+C to copy.`;
      },
    );
  });
  return element("div", { className: "copyable" }, pre, button);
}

function folded(id: string, title: string, value: unknown): HTMLElement {
  return element("details", {}, element("summary", {}, title), copyable(id, title, json(value)));
}

function sizeView(characters: number): HTMLElement {
  const fits = characters <= policyLimit;
  const text = `${number.format(characters)} of ${number.format(policyLimit)} characters`;
  const meter = element("meter", {
    min: 0,
    max: policyLimit,
    high: policyLimit * 0.85,
    optimum: 0,
    value: characters,
    ariaLabel: "Size of the policy",
  });
  const advice = ": too large. Use wildcards in names, or call the module twice.";
  return element(
    "div",
    { className: fits ? "size" : "size too-large" },
    meter,
    element("span", {}, fits ? text : `${text}${advice}`),
  );
}

function statementView({
  statement,
  purpose,
  omittable,
  variable,
  source,
  type,
}: GrantedStatement): HTMLElement {
  const { Sid = "" } = statement;
  const facts = [type ?? [], variable === undefined ? [] : `switch: ${variable}`].flat();
  return element(
    "li",
    { className: "statement" },
    element("h3", {}, Sid),
    element("p", {}, [purpose, omittable ?? ""].join(" ").trim()),
    element(
      "p",
      { className: "facts" },
      ...facts.flatMap((fact) => [element("code", {}, fact), " · "]),
      element("a", { href: source, rel: "noreferrer" }, "documentation"),
    ),
    element("pre", {}, json(statement)),
  );
}

/** Shows the documents and texts for a choice. */
export function showResult({ documents, size, call, command }: Result): void {
  const { statements, policy, permissionsBoundary } = documents;
  byId("sizes").replaceChildren(sizeView(size));
  byId("statements").replaceChildren(...statements.map(statementView));
  byId("documents").replaceChildren(
    folded("policy", "Policy", policy),
    folded("boundary", "Permissions boundary", permissionsBoundary),
    ...Object.entries(documents.userRoleTrustPolicies).map(([type, document]) =>
      folded(`trust-${type}`, `Trust policy of ${type} roles`, document),
    ),
    ...Object.entries(documents.userRolePolicies).map(([type, document]) =>
      folded(`role-policy-${type}`, `Policy of ${type} roles`, document),
    ),
  );
  byId("use").replaceChildren(
    copyable("command", "Command that writes the module", command),
    copyable("call", "Call of the module", call),
  );
}
