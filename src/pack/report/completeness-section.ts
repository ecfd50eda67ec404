import type { PackFacts } from '../facts';
import { markup, table } from './html';
import type { Html } from './html';

/** What was looked for, how much of it is here, and every gap with its reason. */
export function completenessSection({ completeness }: PackFacts): Html {
  return markup`<section>
    <h2>What was sought, found and missing</h2>
    ${table(
      'What was sought',
      ['Found', 'Sought', 'Detail', 'Missing, and why'],
      completeness.sought.map(({ found, sought, detail, missing }) => [
        String(found),
        sought,
        detail,
        missing.length === 0
          ? 'nothing'
          : markup`${missing.map(({ what, because }) => markup`${what} (${because})<br />`)}`,
      ]),
      '',
    )}
    <h3>What was not sought</h3>
    <ul>
      ${completeness.notSought.map((what) => markup`<li>${what}</li>`)}
    </ul>
  </section>`;
}
