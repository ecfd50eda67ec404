import { identitiesOf, type Identity } from '../policy/identity';
import { found, type Finding } from './findings';
import type { Statement } from './reader';

/** What of a change a log is held against. Times are UTC ISO 8601. */
export interface MatchedChange {
  readonly windowStart: string | null;
  readonly windowEnd: string | null;
  /** Jira account id. */
  readonly implementer: string | null;
  readonly systems: readonly NamedSystem[];
}

export interface NamedSystem {
  readonly name: string;
  /** Other names it goes by: host, ARN, resource address. */
  readonly aliases: readonly string[];
}

/** Jira accounts of somebody known outside Jira; none when nobody said. */
export type AccountsOf = (identity: Identity) => readonly string[];

/** How one fact of a log stands to the change. */
export interface Match {
  readonly statement: Statement;
  /** By the time that the log claims; both ends of the window are inside. `unknown`: no time, or no window. */
  readonly window: 'inside' | 'before' | 'after' | 'unknown';
  /** `unknown`: somebody whom the people map does not know; `nobody`: the log names no person. */
  readonly who: 'implementer' | 'another' | 'unknown' | 'nobody';
  /** Systems of the change that it touched; empty when it touched none of them. */
  readonly systems: readonly string[];
  /** Inside the window, by the implementer, on a system of the change. */
  readonly fits: boolean;
}

export interface LogMatch {
  readonly matches: readonly Match[];
  /** What does not match, counted over what changed something or may have. */
  readonly findings: readonly Finding[];
}

/**
 * Holds the facts of a log against a change. Reading is matched too and never a finding: looking at a system is no
 * change of it. `source` is the log's format, by which the people map knows the user names in it.
 */
export function matchLog(
  statements: readonly Statement[],
  change: MatchedChange,
  accountsOf: AccountsOf,
  source: string,
): LogMatch {
  const systems = change.systems.map((system) => ({
    name: system.name,
    names: [system.name, ...system.aliases].map(plain).filter((name) => name !== ''),
  }));
  const matches = statements.map((statement): Match => {
    const window = windowOf(statement.claimedAt, change);
    const who = whoOf(statement, change, accountsOf, source);
    const touched = statement.touches.map(plain);
    const named = systems
      .filter(({ names }) => touched.some((text) => names.some((name) => mentions(text, name))))
      .map(({ name }) => name);
    const fits = window === 'inside' && who === 'implementer' && named.length > 0;
    return { statement, window, who, systems: named, fits };
  });
  return { matches, findings: findingsOf(matches.filter(({ statement }) => statement.effect !== 'read')) };
}

function windowOf(at: string | null, { windowStart, windowEnd }: MatchedChange): Match['window'] {
  const [time, start, end] = [at, windowStart, windowEnd].map((text) =>
    text === null ? Number.NaN : Date.parse(text),
  );
  if (time === undefined || start === undefined || end === undefined || Number.isNaN(time)) return 'unknown';
  if (Number.isNaN(start) || Number.isNaN(end) || start > end) return 'unknown';
  if (time < start) return 'before';
  return time > end ? 'after' : 'inside';
}

function whoOf(
  { people }: Statement,
  { implementer }: MatchedChange,
  accountsOf: AccountsOf,
  source: string,
): Match['who'] {
  const actors = people.filter(({ role }) => role === 'actor');
  if (actors.length === 0) return 'nobody';
  const accounts = actors.flatMap(({ person }) => identitiesOf(person, source)).flatMap((one) => accountsOf(one));
  if (accounts.length === 0) return 'unknown';
  return implementer !== null && accounts.every((account) => account === implementer) ? 'implementer' : 'another';
}

const plain = (name: string): string => name.normalize('NFC').trim().toLowerCase();

/** Whether a text names a system as a whole word: `fs-01` is in `\\fs-01\share`, not in `fs-011` and not in `old-fs-01`. */
function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!isWord(text[at - 1]) && !isWord(text[at + name.length])) return true;
  }
  return false;
}

const isWord = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}_-]/u.test(character);

function findingsOf(changes: readonly Match[]): readonly Finding[] {
  const told = (
    code: Finding['code'],
    is: (match: Match) => boolean,
    one: string,
    many: string,
  ): readonly Finding[] => {
    const amount = changes.filter(is).length;
    const actions = changes.length === 1 ? 'recorded action' : 'recorded actions';
    const sentence = `${amount} of ${changes.length} ${actions} ${amount === 1 ? one : many}.`;
    return amount === 0 ? [] : [found(code, sentence)];
  };
  const by = (who: Match['who']) => (match: Match) => match.who === who;
  const outside = ({ window }: Match) => window === 'before' || window === 'after';
  const unplaced = ({ window }: Match) => window === 'unknown';
  const elsewhere = ({ systems }: Match) => systems.length === 0;
  return [
    ...told('outside-window', outside, 'lies outside the change window', 'lie outside the change window'),
    ...told('window-unknown', unplaced, NOT_PLACED, NOT_PLACED),
    ...told('by-another', by('another'), `was ${ANOTHER}`, `were ${ANOTHER}`),
    ...told('by-unknown', by('unknown'), `was ${UNKNOWN}`, `were ${UNKNOWN}`),
    ...told('by-nobody', by('nobody'), 'names no person', 'name no person'),
    ...told('other-system', elsewhere, `touches ${NO_SYSTEM}`, `touch ${NO_SYSTEM}`),
  ];
}

const NOT_PLACED = 'cannot be placed: no time, or no window';
const ANOTHER = 'done by somebody other than the implementer';
const UNKNOWN = 'done by somebody whom the people map does not know';
const NO_SYSTEM = 'no system that the change names';
