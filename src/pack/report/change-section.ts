import { FIELDS } from '../../change/fields';
import type { PackFacts } from '../facts';
import { accountText } from '../person';
import { utc } from '../text';
import { objectiveHead } from './exceptions-section';
import { code, factList, markup } from './html';
import type { Html } from './html';

/** 3.4.3[a]: the change request as Jira had it at export. */
export function changeSection(facts: PackFacts): Html {
  const { snapshot } = facts.input;
  return markup`<section>
    ${objectiveHead(facts, 'a')}
    <h3>The change request</h3>
    ${factList([
      ['Key and issue id', `${snapshot.key}, ${snapshot.issueId} (${snapshot.issueType}, project ${snapshot.project})`],
      ['Opened', `${utc(snapshot.createdAt)} by ${accountText(snapshot, snapshot.creator)}`],
      ['Reporter', accountText(snapshot, snapshot.reporter)],
      ['Assignee', accountText(snapshot, snapshot.assignee)],
      ...FIELDS.filter(({ controlled }) => controlled).map(({ key, name, kind }): [string, string] => [
        name,
        fieldText(facts, key, kind),
      ]),
      ['Content digest (SHA-256)', code(facts.contentDigest)],
    ])}
  </section>`;
}

function fieldText({ input: { snapshot } }: PackFacts, key: string, kind: string): string {
  const content = new Map<string, string | readonly string[] | null>(Object.entries(snapshot.content));
  const value = content.get(key) ?? null;
  if (value === null || value.length === 0) return 'empty';
  if (typeof value !== 'string') return value.join(', ');
  if (kind === 'user') return accountText(snapshot, value);
  return kind === 'date-time' ? utc(value) : value;
}
