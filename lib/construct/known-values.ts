import type { VariableType } from "../inputs/variable";
import { isList, isObject, type Json } from "../text/json";

/** The value that every field of a narrowing accepts. */
const ANY = "*";

/** True if Terraform decides what a resolved value is: it is a template. */
function isUnknown(value: Json | undefined): boolean {
  return typeof value === "string" && /[$%]\{/.test(value);
}

function withoutUnknown(value: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => !isUnknown(item)));
}

/**
 * The part of a variable's value that is known before Terraform runs, as a value of the variable that
 * can be checked; undefined where nothing of it is. Rules about what is unknown then hold.
 *
 * @param value resolved by CDKTF: what was a token is a template of Terraform
 */
export function knownPart(type: VariableType, value: Json): Json | undefined {
  if (isUnknown(value)) return undefined;
  switch (type.kind) {
    case "list": {
      if (!isList(value)) return value;
      const known = value.filter((item) => !isUnknown(item));
      // A list of unknown items is not an empty one.
      return known.length === 0 && value.length > 0 ? undefined : known;
    }
    case "map":
    case "policies":
      return isObject(value) ? withoutUnknown(value) : value;
    case "maps":
      return isObject(value)
        ? Object.fromEntries(
            Object.entries(withoutUnknown(value)).map(([name, inner]) => [
              name,
              isObject(inner) ? withoutUnknown(inner) : inner,
            ]),
          )
        : value;
    case "objects":
      return isList(value)
        ? value.map((object) =>
            isObject(object)
              ? Object.fromEntries(
                  Object.entries(object).map(([field, item]) => [
                    field,
                    isUnknown(item) ? ANY : item,
                  ]),
                )
              : object,
          )
        : value;
    case "object":
    case "conditions":
    case "statements":
      // A rule of the plan, if anything in it is a token.
      return /[$%]\{/.test(JSON.stringify(value)) ? undefined : value;
    default:
      return value;
  }
}
