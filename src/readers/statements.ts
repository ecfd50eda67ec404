import type { Person } from '../ledger/entry';
import { found, type Finding } from './findings';
import { MAX_STATEMENTS } from './limits';
import type { Statement } from './reader';
import { safeText, wellFormed } from './safe-text';
import { counted } from './stated';

/** What a statement needs; everything else is empty unless given. */
export type StatementInput = Pick<Statement, 'kind' | 'id' | 'title'> &
  Partial<Statement> & {
    /** Attributes made safe one by one already (`shownChanges`): scanned again, a path such as `password` is a secret. */
    readonly safeAttributes?: Readonly<Record<string, string>>;
  };

/**
 * Collects the statements of a file: within the limit, without secrets and markings in any text, the same fact once.
 * `findings` says what was left out, cut or taken out.
 */
export class Statements {
  private readonly kept: Statement[] = [];
  private readonly seen = new Set<string>();
  private redacted = 0;
  private duplicates = 0;
  private beyond = 0;
  private timeless = 0;

  add(input: StatementInput): void {
    if (this.kept.length >= MAX_STATEMENTS) {
      this.beyond += 1;
      return;
    }
    const { safeAttributes = {}, ...rest } = input;
    const plain = this.safe({ ...EMPTY, ...rest });
    const statement = { ...plain, attributes: { ...plain.attributes, ...safeAttributes } };
    const name = JSON.stringify(statement);
    if (this.seen.has(name)) {
      this.duplicates += 1;
      return;
    }
    this.seen.add(name);
    if (statement.kind === 'execution-log' && statement.claimedAt === null) this.timeless += 1;
    this.kept.push(statement);
  }

  get statements(): readonly Statement[] {
    return this.kept;
  }

  get complete(): boolean {
    return this.beyond === 0;
  }

  get findings(): readonly Finding[] {
    const { beyond, redacted, duplicates, timeless } = this;
    return [
      ...(beyond > 0
        ? [
            found(
              'not-read-whole',
              `${counted(beyond, 'further record')} beyond the ${MAX_STATEMENTS} of a file: not read.`,
            ),
          ]
        : []),
      ...(redacted > 0
        ? [found('values-redacted', `${counted(redacted, 'value')} with a secret or a marking: not shown.`)]
        : []),
      ...(duplicates > 0
        ? [found('duplicate-records', `${counted(duplicates, 'record')} repeated, word for word.`)]
        : []),
      ...(timeless > 0
        ? [found('time-missing', `${counted(timeless, 'record')} without a time that can be read.`)]
        : []),
    ];
  }

  private safe(statement: Statement): Statement {
    return {
      ...statement,
      id: this.text(statement.id),
      title: this.text(statement.title, MAX_TITLE),
      attributes: Object.fromEntries(
        Object.entries(statement.attributes).map(([name, value]) => [name, this.text(value)]),
      ),
      state: statement.state === null ? null : this.text(statement.state, MAX_TITLE),
      repository: statement.repository === null ? null : this.text(statement.repository, MAX_TITLE),
      people: statement.people.map(({ role, person }) => ({
        role,
        person: personOf(person),
      })),
      touches: [...new Set(statement.touches.slice(0, MAX_TOUCHES).map((name) => this.text(name)))],
    };
  }

  private text(value: string, limit = MAX_TEXT): string {
    const { text, redacted } = safeText(value, limit);
    this.redacted += redacted;
    return text;
  }
}

const personOf = (person: Person): Person =>
  Object.fromEntries(
    Object.entries(person).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string' ? [[name, wellFormed(value.slice(0, MAX_TITLE))]] : [],
    ),
  );

const MAX_TOUCHES = 50;
const MAX_TITLE = 500;
const MAX_TEXT = 16_000;

const EMPTY = {
  repository: null,
  url: null,
  state: null,
  commits: [],
  attributes: {},
  people: [],
  claimedAt: null,
  touches: [],
  effect: 'unknown',
} as const;

export { found };
