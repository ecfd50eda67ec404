/** Jira's one error shape. `errors` is keyed by field id. */
export interface ErrorCollection {
  readonly errorMessages: readonly string[];
  readonly errors: Readonly<Record<string, string>>;
}

/** A call that Jira refuses, with the status and the body it answers. Thrown anywhere below the router. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly body: ErrorCollection;

  constructor(
    readonly status: number,
    why: string | { readonly errorMessages?: readonly string[]; readonly errors?: Readonly<Record<string, string>> },
  ) {
    const body = typeof why === 'string' ? { errorMessages: [why] } : why;
    super([...(body.errorMessages ?? []), ...Object.values(body.errors ?? {})].join(' '));
    this.body = { errorMessages: body.errorMessages ?? [], errors: body.errors ?? {} };
  }
}

/** One field of a call that cannot be taken as given; collected per field into one `Refusal`. */
export class FieldProblem extends Error {
  override readonly name = 'FieldProblem';
}

export const ISSUE_NOT_FOUND = 'Issue does not exist or you do not have permission to see it.';
