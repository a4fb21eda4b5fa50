import type { Variable } from "../inputs/variable";
import { element } from "./dom";

/** Variables that most callers need first, together with the switches of the types. */
const PROMINENT = new Set(["aws_account_id", "aws_partition", "restrict_to_account"]);

/** True if a variable is shown without being asked for: the switches of statements, and a few more. */
export function isProminent({ name }: Variable, switches: ReadonlyMap<string, unknown>): boolean {
  return PROMINENT.has(name) || switches.has(name);
}

/** The form of a value, in a sentence. */
function hint({ type }: Variable): string {
  switch (type.kind) {
    case "list":
      return " One on each line.";
    case "map":
    case "tags":
      return ' JSON: {"key": "value"}.';
    case "objects":
      return ` JSON: a list of objects with ${Object.keys(type.fields).join(", ")}.`;
    case "conditions":
    case "statements":
      return " JSON.";
    default:
      return "";
  }
}

function placeholder({ type, default: preset }: Variable): string {
  if (preset === undefined || preset === null || type.kind === "bool") return "";
  if (type.kind === "list") return (preset as readonly string[]).join("\n");
  return typeof preset === "string" ? preset : JSON.stringify(preset);
}

/** The control of a variable with its previous entry, its label, its description and a place for its error. */
export function variableControl(
  variable: Variable,
  entry: string | boolean | undefined,
): HTMLElement {
  const { name, type, description, default: preset } = variable;
  const id = `variable-${name}`;
  const label = element("label", { htmlFor: id }, element("code", {}, name));
  const about = element(
    "p",
    { id: `${id}-about`, className: "about" },
    `${description}${hint(variable)}`,
  );
  const error = element("p", { id: `${id}-error`, className: "error" });
  const text = {
    name,
    id,
    value: String(entry ?? ""),
    placeholder: placeholder(variable),
    spellcheck: false,
  };
  const control =
    type.kind === "bool"
      ? element("input", { name, id, type: "checkbox", checked: (entry ?? preset) === true })
      : type.kind === "string"
        ? element("input", { ...text, type: "text", autocomplete: "off" })
        : element("textarea", { ...text, rows: 2 });
  control.setAttribute("aria-describedby", `${about.id} ${error.id}`);
  const row =
    type.kind === "bool"
      ? [element("div", { className: "check" }, control, label)]
      : [label, control];
  return element("div", { className: "variable" }, ...row, about, error);
}

/** Shows the errors of the entries, each at its control. */
export function showErrors(form: HTMLElement, errors: ReadonlyMap<string, string>): void {
  for (const control of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[name]")) {
    const place = form.querySelector(`#${control.id}-error`);
    if (place === null) continue;
    const message = errors.get(control.name);
    place.textContent = message ?? "";
    control.ariaInvalid = message === undefined ? null : "true";
  }
}
