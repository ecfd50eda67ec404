import type { PackFacts } from '../facts';
import { fileExceptions } from '../file-exceptions';
import { utc } from '../text';
import { objectives } from '../words';
import { markup, table } from './html';
import type { Html } from './html';

/** Exceptions come first: one that an assessor finds undisclosed widens the sample. */
export function exceptionsSection(facts: PackFacts): Html {
  const { exceptions } = facts.input.verdict;
  const { breaks } = facts;
  const rows = [
    ...breaks.map(({ sentence }) => ['ledger', `The ledger does not hold together: ${sentence}`]),
    ...facts.health.map(({ from, to, sentence }) => [
      utc(from),
      `Controls, ${to === null ? 'still open' : `until ${utc(to)}`}: ${sentence}`,
    ]),
    ...fileExceptions(facts).map(({ entry, sentence }) => [`file of entry ${entry}`, sentence]),
    ...exceptions.map(({ code, at, sentence }) => [at === null ? code : utc(at), sentence]),
  ];
  return markup`<section${rows.length === 0 ? null : markup` class="attention"`}>
<h2>Exceptions</h2>
${table('What did not go as the process says', ['When', 'What'], rows, 'The records show none. Gaps in the evidence are listed under “What was sought, found and missing”.')}
</section>
<section>
<h2>The four objectives</h2>
${table(
  'NIST SP 800-171A, 3.4.3: determine if …',
  ['Objective', 'Recorded facts', 'Files'],
  objectives(facts).map(({ key, text, sentence, files }) => [
    `3.4.3[${key}]`,
    markup`<strong>${text}</strong><br />${sentence}`,
    markup`${files.map((name) => markup`<span class="file">${name}</span><br />`)}`,
  ]),
  '',
)}
</section>`;
}

/** The head of the part of the report that holds the facts for one objective. */
export function objectiveHead(facts: PackFacts, wanted: 'a' | 'b' | 'c' | 'd'): Html {
  const found = objectives(facts).filter(({ key }) => key === wanted);
  return markup`${found.map(
    ({ key, text, sentence }) =>
      markup`<h2><span class="objective">3.4.3[${key}]</span> ${text}</h2>
        <p class="answer">${sentence}</p>`,
  )}`;
}
