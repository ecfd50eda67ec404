import type { FromJiraView, JiraRecordView } from '../../../src/contract/from-jira';

type Kind = JiraRecordView['record'];

/** The groups of the section, in its order. */
export const GROUPS: readonly { readonly kind: Kind; readonly title: string; readonly noun: string }[] = [
  { kind: 'attachment', title: 'Attachments', noun: 'attachments' },
  { kind: 'comment', title: 'Comments', noun: 'comments' },
  { kind: 'approval', title: 'Approvals outside change control', noun: 'approvals' },
  { kind: 'link', title: 'Linked work items', noun: 'links' },
  { kind: 'web-link', title: 'Links to pages', noun: 'links' },
  { kind: 'development', title: 'Development, as Jira shows it', noun: 'items' },
];

const PARTS: Readonly<Record<FromJiraView['parts'][number]['part'], string>> = {
  attachment: 'Attachments',
  comment: 'Comments',
  link: 'Linked work items',
  'web-link': 'Links to pages',
  approval: 'Approvals',
  development: 'Development information',
  'development-counts': 'Counts of development tools',
};

/** What could not be read and why, one sentence each. */
export const unread = ({ parts }: Pick<FromJiraView, 'parts'>): readonly string[] =>
  parts.flatMap(({ part, complete, because }) => (complete ? [] : [`${PARTS[part]}: ${because ?? 'not read.'}`]));

/** Comments that count come first; within each, and of everything else, the newest. */
export function inOrder(records: readonly JiraRecordView[]): readonly JiraRecordView[] {
  const rank = ({ matters }: JiraRecordView): number => (matters === null ? 1 : 0);
  return [...records].sort((a, b) => rank(a) - rank(b) || Date.parse(b.at ?? '') - Date.parse(a.at ?? '') || 0);
}

/** Why the text of a comment is not there; null where it is. */
export function textMissing({ record, text, title, attributes }: JiraRecordView): string | null {
  if (record !== 'comment' || text !== null) return null;
  const why = attributes['text'];
  if (why === undefined) return title === null ? 'The text was erased.' : 'The comment has no text.';
  if (why.endsWith('not for everybody'))
    return 'The text is not kept: Jira shows this comment to some alone. Its digest is.';
  return why.endsWith('too long')
    ? `The text is too long to be kept (${attributes['length'] ?? 'unknown'} characters); its digest is.`
    : `The text is not kept: it holds a marking or a secret (${why.replace(/^not kept: /, '')}). Its digest is.`;
}

/** "gone", "edited" and the like; null for what is as it was. */
export function stateOf({ record, state }: JiraRecordView): string | null {
  if (state === 'gone') return record === 'comment' ? 'Not shown any more' : 'Removed';
  return state === 'changed' && record === 'comment' ? 'Edited' : null;
}
