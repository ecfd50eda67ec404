import type { ExpressionError } from './error';
import { JiraObject, type Value } from './model';

/** What `catch (e)` binds. */
export class Caught extends JiraObject {
  readonly type = 'Error';
  readonly identity = null;

  constructor(readonly error: ExpressionError) {
    super();
  }

  property(name: string): Value | undefined {
    if (name === 'message') return this.error.message;
    const { place } = this.error;
    return place === undefined || this.error.kind === 'throw' ? null : `line ${place.line}, column ${place.column}`;
  }

  toJson(): unknown {
    return { message: this.error.message };
  }
}
