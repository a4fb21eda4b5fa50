/** What is joined at run time, from the forms that are checked in, is what CDKTF renders now. */
import { databaseTypes } from "../../lib/catalog";
import forms from "../../lib/module/forms/forms.json";
import { forms as formsNow } from "../../lib/synthesis/forms";
import { joinedDifferently } from "../support/joined-modules";

test("of each type, each two types, and all", () => {
  const few = databaseTypes.flatMap((one, index) => [
    [one],
    ...databaseTypes.slice(index + 1).map((other) => [one, other]),
  ]);
  expect(few).toHaveLength(66);
  expect(joinedDifferently([...few, databaseTypes])).toEqual([]);
});

test("the forms have what CDKTF renders, in its order and with its names", () => {
  expect(Object.keys(forms.variable).slice(0, 3)).toEqual(["default", "description", "type"]);
  expect(forms.resource.aws_iam_role.assume_role_policy).toBe("assumeRolePolicy");
  expect(forms).toEqual({ "//": forms["//"], ...formsNow() });
});
