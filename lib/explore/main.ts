/** The page that `teleport-db-iam explore` writes, in the browser. */
import { databaseTypes } from "../catalog";
import type { DatabaseType } from "../catalog/database-type";
import { defineModule } from "../inputs/module-definition";
import { switchesOf } from "../inputs/type-variables";
import { showChange } from "./change-view";
import { byId, element } from "./dom";
import { type Result, resultOf } from "./model";
import { showResult } from "./result-view";
import { isProminent, showErrors, variableControl } from "./variable-form";

const typesForm = byId("types");
const form = byId("variables");

/** Entered values by variable, kept while no chosen type has the variable. */
const entries: Record<string, string | boolean> = {};

function chosenTypes(): DatabaseType[] {
  return databaseTypes.filter(
    ({ name }) => typesForm.querySelector(`input[value="${name}"]:checked`) !== null,
  );
}

function showVariables(): void {
  const types = chosenTypes();
  const { variables } = defineModule(types);
  const switches = switchesOf(types);
  const more = byId("more-variables");
  const first = variables.filter((variable) => isProminent(variable, switches));
  const others = variables.filter((variable) => !isProminent(variable, switches));
  const controls = (of: typeof variables): HTMLElement[] =>
    of.map((variable) => variableControl(variable, entries[variable.name]));
  byId("first-variables").replaceChildren(...controls(first));
  more.replaceChildren(...controls(others));
}

/** The shown result, and the result before the last change. */
let shown: Result | undefined;
let before: Result | undefined;
let touched = "";

/**
 * Shows what follows from all that was chosen and entered.
 *
 * @param control the changed control: until another changes, differences count from before its first change
 */
function update(control: string): void {
  const types = chosenTypes();
  const chosen = types.length > 0;
  byId("result").hidden = !chosen;
  form.hidden = !chosen;
  byId("nothing").hidden = chosen;
  if (control !== touched) before = shown;
  touched = control;
  if (!chosen) {
    shown = undefined;
    byId("said").textContent = "No database type is chosen.";
    return;
  }
  const result = resultOf(defineModule(types), entries);
  showErrors(form, result.errors);
  showResult(result);
  showChange(before, result);
  shown = result;
  const count = result.documents.statements.length;
  byId("said").textContent =
    `${String(count)} statements, ${String(result.size)} characters. ${byId("change-list").textContent}`;
}

for (const { name, title, purpose } of databaseTypes) {
  const id = `type-${name}`;
  const box = element("input", { type: "checkbox", id, value: name, checked: name === "rds" });
  box.setAttribute("aria-describedby", `${id}-about`);
  typesForm.append(
    element(
      "div",
      { className: "type" },
      element(
        "div",
        { className: "check" },
        box,
        element("label", { htmlFor: id }, title, " ", element("code", {}, name)),
      ),
      element("p", { id: `${id}-about`, className: "about" }, purpose),
    ),
  );
}

function choose(every: boolean): void {
  for (const box of typesForm.querySelectorAll("input")) box.checked = every;
  showVariables();
  update(every ? "all" : "none");
}

for (const [id, every] of [["all", true] as const, ["none", false] as const]) {
  byId(id).addEventListener("click", () => {
    choose(every);
  });
}
typesForm.addEventListener("change", ({ target }) => {
  showVariables();
  update(target instanceof HTMLElement ? target.id : "types");
});
form.addEventListener("input", ({ target }) => {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    entries[target.name] =
      target.type === "checkbox" ? (target as HTMLInputElement).checked : target.value;
    update(target.name);
  }
});

// On a narrow screen the result follows the choices: all variables would hide it.
form.toggleAttribute("open", matchMedia("(min-width: 60rem)").matches);
showVariables();
update("");
