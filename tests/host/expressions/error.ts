/**
 * Why an expression has no value. `parse` is found before anything runs; `limit` cannot be caught by the expression
 * itself; the others can.
 */
export type ErrorKind = 'parse' | 'null' | 'type' | 'property' | 'identifier' | 'index' | 'throw' | 'limit';

/** A place in the source: 1-based line and column, as Jira's analyse answer counts them. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export class ExpressionError extends Error {
  readonly kind: ErrorKind;
  /** The part of the source that failed, verbatim; absent when the error is about the whole expression. */
  readonly snippet?: string;
  readonly place?: Place;

  constructor(kind: ErrorKind, message: string, where: { readonly snippet?: string; readonly place?: Place } = {}) {
    super(message);
    this.name = 'ExpressionError';
    this.kind = kind;
    if (where.snippet !== undefined) this.snippet = where.snippet;
    if (where.place !== undefined) this.place = where.place;
  }

  /** As the evaluate call reports it: `Evaluation failed: "<snippet>" - <message>`; a syntax error stands alone. */
  report(): string {
    if (this.kind === 'parse')
      return this.place === undefined
        ? this.message
        : `Syntax error: line ${this.place.line}, column ${this.place.column}: ${this.message}`;
    return this.snippet === undefined
      ? `Evaluation failed: ${this.message}`
      : `Evaluation failed: "${this.snippet}" - ${this.message}`;
  }
}
