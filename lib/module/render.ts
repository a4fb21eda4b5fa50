import { memo } from "../text/memo";
import type {
  Element,
  OutputElement,
  ResourceElement,
  ResourceType,
  VariableElement,
} from "./element";
import forms from "./forms/forms.json";
import { type ModuleJson, moduleJson, removedBlock } from "./module-json";

type Values = Readonly<Record<string, unknown>>;

/**
 * What a block takes, by the names of Terraform and in the order in which CDKTF renders it: the name of
 * the argument of CDKTF's class, or of the override in its place.
 */
export type Form = Readonly<Record<string, string>>;

/** What CDKTF renders of the elements of modules whatever their arguments are: see forms.ts. */
export interface Forms {
  readonly terraform: Values;
  readonly variable: Form;
  readonly output: Form;
  readonly resource: Readonly<Record<ResourceType, Form>>;
}

/** A block: the form with what is given, and behind it the overrides that have no place in it. */
function block(form: Form, given: object, overrides: Values): Values {
  const values: Values = { ...overrides, ...given };
  const filled: Record<string, unknown> = {};
  for (const [name, argument] of Object.entries(form)) {
    const value = values[argument];
    if (value !== undefined) filled[name] = value;
  }
  return Object.assign(filled, overrides);
}

/** The block of an element. Many elements are the same one in every module. */
const blockOf = memo((element: VariableElement | OutputElement | ResourceElement): Values => {
  const { resource, variable, output }: Forms = forms;
  const form =
    element.kind === "resource" ? resource[element.type] : { variable, output }[element.kind];
  return block(form, element.arguments, element.overrides);
});

/**
 * A module of its elements, joined from what CDKTF rendered when the forms were written: the same as
 * CDKTF renders now, without loading it.
 *
 * @param marker the comment that says how the module was generated
 */
export function renderModule(marker: string, elements: readonly Element[]): ModuleJson {
  const rendered = {
    terraform: forms.terraform,
    variable: {} as Record<string, unknown>,
    locals: {} as Record<string, unknown>,
    check: {} as Record<string, unknown>,
    resource: {} as Record<string, Record<string, unknown>>,
    moved: [] as object[],
    removed: [] as object[],
    output: {} as Record<string, unknown>,
  };
  for (const element of elements) {
    switch (element.kind) {
      case "variable":
      case "output":
        rendered[element.kind][element.name] = blockOf(element);
        break;
      case "local":
        rendered.locals[element.name] ??= element.value;
        break;
      case "check":
        rendered.check[element.name] = { assert: element.assertion };
        break;
      case "resource":
        (rendered.resource[element.type] ??= {})[element.name] = blockOf(element);
        break;
      case "moved":
        rendered.moved.push({ from: element.from, to: element.to });
        break;
      case "removed":
        rendered.removed.push(removedBlock(element.from));
        break;
    }
  }
  return moduleJson(marker, rendered);
}
