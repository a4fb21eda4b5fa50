import { moduleCall } from "./terraform";

/** An argument of a module call: a variable and an expression of Terraform's language. */
export interface Argument {
  readonly variable: string;
  readonly expression: string;
}

/**
 * Calls of one module that together hold all rows: each call has at most one value of a variable, and
 * each argument has a line of its own, by which its messages are told.
 */
export class ModuleCalls {
  private readonly calls: Map<string, string>[] = [];

  /** @param prefix begins the names of the calls */
  constructor(private readonly prefix: string) {}

  /** @returns the place of the argument, as file and line of the root */
  add({ variable, expression }: Argument): string {
    let index = this.calls.findIndex((call) => !call.has(variable));
    if (index < 0) index = this.calls.push(new Map()) - 1;
    const call = this.calls[index];
    call?.set(variable, expression);
    // The block's first line and its source come before the arguments.
    return `${this.prefix}-${String(index)}.tf:${String(2 + (call?.size ?? 0))}`;
  }

  /** The files of the root.
   *
   * @param source the module's `source`
   */
  files(source: string): Record<string, string> {
    return Object.fromEntries(
      this.calls.map((values, index) => {
        const name = `${this.prefix}-${String(index)}`;
        const principals = '["arn:aws:iam::111122223333:root"]';
        const text = moduleCall(name, source, {
          ...Object.fromEntries(values),
          // Behind the others, so that their lines do not depend on it.
          aws_account_id: values.get("aws_account_id") ?? '"111122223333"',
          ...(this.prefix === "access-role" && !values.has("trusted_principals")
            ? { trusted_principals: principals }
            : {}),
        });
        return [`${name}.tf`, text];
      }),
    );
  }
}

/** The messages of `terraform validate -json` by file and line of the root. */
export function messagesByPlace(stdout: string): ReadonlyMap<string, readonly string[]> {
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: readonly {
      detail: string;
      range?: { filename: string; start: { line: number } };
    }[];
  };
  const messages = new Map<string, string[]>();
  for (const { detail, range } of diagnostics) {
    const place = `${String(range?.filename)}:${String(range?.start.line)}`;
    // Terraform adds a paragraph with the place of the rule.
    const message = detail.replace(/\n\nThis was checked by the validation rule at [^\n]*$/, "");
    messages.set(place, [...(messages.get(place) ?? []), message]);
  }
  return messages;
}
