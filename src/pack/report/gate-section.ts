import type { PackFacts } from '../facts';
import { utc } from '../text';
import { code, markup, table } from './html';
import type { Html } from './html';

/** What pipelines asked before they deployed, what they were told, and which deployments followed which answer. */
export function gateSection({ gate: { answers, deployments } }: PackFacts): Html | null {
  if (answers.length + deployments.length === 0) return null;
  return markup`<section>
    <h2>The deploy gate</h2>
    <p>
      A pipeline asks before it deploys. The same question with the same answer within an hour is one entry. A deployment is
      linked to the last answer for its environment and any of its commits or artifacts within the day before it.
    </p>
    <div class="wide">
      ${table(
        `Questions and answers (${answers.length})`,
        ['Entry', 'Asked', 'For what', 'Answer', 'What followed'],
        answers.map((row) => [
          String(row.seq),
          markup`${utc(row.askedAt)}<br />by ${row.actor}<br />secret “${row.secret}”, policy ${row.policyVersion}`,
          markup`${row.environment}${[...row.commits, ...row.artifacts].map((one) => markup`<br />${code(one)}`)}`,
          markup`<strong>${row.verdict}</strong><br />${row.sentence}`,
          row.followedBy.length === 0
            ? 'no deployment'
            : markup`${row.followedBy.map(({ name, at, entries }) => markup`deployment ${name}, ${utc(at)} (entry ${entries.join(', ')})<br />`)}`,
        ]),
        'Nobody asked.',
      )}
      ${table(
        `Deployments (${deployments.length})`,
        ['When', 'Deployment', 'Environment', 'Entries', 'Answer that it followed'],
        deployments.map(({ name, environment, at, entries, answer }) => [
          utc(at),
          name,
          environment,
          entries.join(', '),
          answer === null ? 'none' : `${answer.verdict}, ${utc(answer.askedAt)} (entry ${answer.seq})`,
        ]),
        'No deployment is recorded.',
      )}
    </div>
  </section>`;
}
