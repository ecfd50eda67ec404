import type { StandingRecord } from '../../evidence/jira/standing';
import { whoMatters, whyItMatters } from '../../evidence/jira/matters';
import type { PackFacts } from '../facts';
import { fromJiraRows } from '../from-jira';
import { personText } from '../person';
import { utc } from '../text';
import { markup, table } from './html';
import type { Html } from './html';

const KINDS: Readonly<Record<StandingRecord['record'], string>> = {
  attachment: 'Attachment',
  comment: 'Comment',
  link: 'Link to a work item',
  'web-link': 'Link to a page',
  approval: 'Approval in Jira Service Management',
  development: 'Development information',
};

/** What hangs on the issue in Jira itself. Approvals there are told as what they are: they opened nothing. */
export function fromJiraSection({ input }: PackFacts): Html | null {
  if (input.fromJira === undefined) return null;
  const people = whoMatters(input.snapshot, input.entries);
  return markup`<section>
    <h2>From Jira</h2>
    ${table(
      'Attachments, comments, links and approvals of the issue, as recorded',
      ['What', 'Who and when', 'Content', 'State'],
      fromJiraRows(input.fromJira).map((one) => [
        markup`<div class="wraps">${KINDS[one.record]} ${one.id}${counts(one, people)}</div>`,
        markup`${personText(one.by)}<br />${utc(one.at)}${viewOf(one)}`,
        content(one),
        state(one),
      ]),
      'None was found.',
    )}
  </section>`;
}

function counts(one: StandingRecord, people: ReturnType<typeof whoMatters>): Html | null {
  const why = one.record === 'comment' ? whyItMatters(one, people) : null;
  return why === null ? null : markup`<br />counts for the change: ${why}`;
}

const viewOf = (one: StandingRecord): Html | null =>
  one.record === 'development' ? markup`<br />in the view of ${personText(one.viewer)}` : null;

function content({ what, attributes }: StandingRecord): Html {
  const facts = Object.entries(attributes).map(([name, value]) => `${name} ${value}`);
  return markup`${what === null ? 'erased from the ledger' : what.title}${what?.text === undefined ? null : markup`<br />${what.text}`}${
    what?.url === undefined ? null : markup`<br />${what.url}`
  }${(what?.people ?? []).map(({ displayName, accountId, did }) => markup`<br />${personText({ displayName, accountId })}: ${did}`)}<br />${facts.join(', ')}`;
}

function state({ state: now, gone, changes, firstSeenAt, changedAt }: StandingRecord): Html {
  const seen = markup`first seen ${utc(firstSeenAt)}`;
  if (now === 'gone')
    return markup`gone, noticed ${utc(changedAt)}${gone?.by === null || gone === null ? null : markup`; by ${personText(gone.by)}, ${utc(gone.at)}`}<br />${seen}`;
  return changes === 0
    ? seen
    : markup`changed ${changes === 1 ? 'once' : `${changes} times`}, last ${utc(changedAt)}<br />${seen}`;
}
