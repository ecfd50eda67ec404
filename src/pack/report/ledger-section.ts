import type { PackFacts } from '../facts';
import { utc } from '../text';
import { objectiveHead } from './exceptions-section';
import { markup, table } from './html';
import type { Html } from './html';

/** 3.4.3[d]: everything that was recorded, in the order of time. */
export function ledgerSection(facts: PackFacts): Html {
  return markup`<section>
    ${objectiveHead(facts, 'd')}
    ${table(
      'Timeline, oldest first',
      ['Happened', 'What', 'Who', 'Entry, recorded'],
      facts.timeline.map(({ at, what, who, seq, recordedAt }) => [utc(at), what, who, `${seq}, ${utc(recordedAt)}`]),
      'Nothing is recorded.',
    )}
  </section>`;
}
