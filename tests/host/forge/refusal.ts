/**
 * The platform or the app refuses an invocation. `status` is what the refusal is over HTTP; `code` is the app's own, or
 * one of: unknown-module, unknown-function, not-visible, no-such-issue, no-such-project, payload-too-large,
 * response-too-large, handler-failed, handler-crashed, handler-timed-out.
 */
export class InvokeRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields?: readonly string[],
  ) {
    super(message);
    this.name = 'InvokeRefusal';
  }

  toJSON(): { readonly code: string; readonly message: string; readonly fields?: readonly string[] } {
    return { code: this.code, message: this.message, ...(this.fields === undefined ? {} : { fields: this.fields }) };
  }
}
