import type { ChangeSnapshot } from '../change/snapshot';
import { accountsOf as accountsOfPerson, peopleMatching, type PeopleMap } from '../policy/people';
import type { Identity } from '../policy/identity';
import type { Person } from '../ledger/entry';
import type { StatementsDocument } from './document';
import type { Finding } from './findings';
import { matchLog, type AccountsOf, type Match, type MatchedChange, type NamedSystem } from './matching';
import type { Statement } from './reader';

/** How a file stands to a change; a match for each statement that an execution log made, in the order of the file. */
export interface FileMatch {
  readonly matches: ReadonlyMap<number, Match>;
  readonly findings: readonly Finding[];
}

/** What a log is held against: the change as Jira has it now. */
export const matchedChange = ({ content }: Pick<ChangeSnapshot, 'content'>): MatchedChange => ({
  windowStart: content.windowStart,
  windowEnd: content.windowEnd,
  implementer: content.implementer,
  systems: content.impactedSystems.map(systemNamed),
});

/**
 * A system as the change names it. What stands in brackets behind it, `File server (fs-01, arn:aws:…)`, are other names it
 * goes by, and so is what stands before them.
 */
export function systemNamed(name: string): NamedSystem {
  const [, before = '', inside = ''] = /^([^([]*)[([]([^()[\]]+)[)\]]\s*$/.exec(name) ?? [];
  const aliases = [before, ...inside.split(/[,;]/)].map((one) => one.trim()).filter((one) => one !== '');
  return { name, aliases };
}

/**
 * Holds what the execution logs in a file state against a change and the people map. What is no log is held against
 * nothing. The same statements, change and map give the same answer on every machine.
 */
export function matchFile(
  { statements }: Pick<StatementsDocument, 'statements'>,
  format: string,
  snapshot: Pick<ChangeSnapshot, 'content'>,
  people: PeopleMap | undefined,
): FileMatch {
  const change = matchedChange(snapshot);
  const logged = statements.flatMap((statement, index) => (isLogged(statement) ? [{ statement, index }] : []));
  const source = sourceOf(format);
  const { matches, findings } = matchLog(
    logged.map(({ statement }) => statement),
    change,
    accountsIn(people, change.implementer, source),
    source,
  );
  return { matches: new Map(matches.map((match, i) => [logged[i]?.index ?? -1, match])), findings };
}

const isLogged = ({ kind }: Statement): boolean => kind === 'execution-log';

/** The name under which the people map knows the user names in a log: that of the system which wrote it. */
export const sourceOf = (format: string): string => format.replace(/(?:-\d+)?-(?:audit|events)$/, '');

/** Everybody whom the logs in a file name, so that the map's people among them can be told. */
export const peopleIn = (
  { statements }: Pick<StatementsDocument, 'statements'>,
  format: string,
): readonly { readonly person: Person; readonly source: string }[] =>
  statements
    .filter(isLogged)
    .flatMap(({ people }) => people.map(({ person }) => ({ person, source: sourceOf(format) })));

/** By the people map; the implementer's other accounts count as the implementer's. */
function accountsIn(people: PeopleMap | undefined, implementer: string | null, source: string): AccountsOf {
  const own: readonly string[] = implementer === null ? [] : accountsOfPerson(people, implementer);
  return (identity) =>
    peopleMatching(people, personOf(identity), source)
      .flatMap(({ accounts }) => accounts)
      .map((account) => (implementer !== null && own.includes(account) ? implementer : account));
}

function personOf(identity: Identity): Person {
  switch (identity.kind) {
    case 'email':
      return { email: identity.email };
    case 'login':
      return { login: identity.login };
    case 'author':
      return { displayName: identity.name, email: identity.email };
  }
}
