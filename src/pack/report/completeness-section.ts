import type { PackFacts } from '../facts';
import { html, table } from './html';
import type { Html } from './html';

/** What was looked for, how much of it is here, and every gap with its reason. */
export function completenessSection({ completeness }: PackFacts): Html {
  return html`<section class="part">
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
          : html`${missing.map(({ what, because }) => html`${what} (${because})<br />`)}`,
      ]),
      '',
    )}
    <h3>What was not sought</h3>
    <ul>
      ${completeness.notSought.map((what) => html`<li>${what}</li>`)}
    </ul>
  </section>`;
}
