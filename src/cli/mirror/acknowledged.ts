import { findingCopy, type ChangeName } from './copy';
import type { Report } from './report';
import type { State } from './state';
import type { Finding } from './findings';

/** What cannot come right by itself. A finding about a head ends once the ledger agrees, one about a lock once it is longer. */
const BY_A_PERSON: readonly Finding['code'][] = [
  'pack-altered',
  'pack-rewritten',
  'pack-of-another-change',
  'pack-not-announced',
  'pack-missing',
  'pack-gone',
  'change-gone',
];

export interface Acknowledging {
  readonly site: string;
  /** The names of findings that a person says they have looked into. */
  readonly acknowledge: readonly string[];
  readonly now: number;
}

/**
 * Tells findings, each under the name of its copy: as findings in each run until a person acknowledges that very one, and
 * from then on as notes. The state remembers when that was.
 */
export function tell(
  report: Report,
  state: State,
  change: ChangeName,
  findings: readonly Finding[],
  { site, acknowledge, now }: Acknowledging,
): void {
  for (const { code, sentence } of findings) {
    const { name } = findingCopy({ site, change }, code, sentence);
    if (acknowledge.includes(name) && BY_A_PERSON.includes(code))
      state.acknowledged = { [name]: new Date(now).toISOString(), ...state.acknowledged };
    const at = state.acknowledged?.[name];
    if (at === undefined) report.findings.push({ change: change.key, code, sentence, name });
    else report.notes.push(`${change.key}: ${code}: ${sentence} (acknowledged at ${at})`);
  }
}

/** What was said to be acknowledged and is nothing that may be, a sentence each. */
export const notAcknowledged = ({ acknowledged = {} }: State, names: readonly string[]): readonly string[] =>
  names
    .filter((name) => acknowledged[name] === undefined)
    .map(
      (name) =>
        `${name} was not acknowledged: this run found nothing of that name, or something that ends only when it agrees again.`,
    );
