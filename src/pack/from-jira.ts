import { readingsIn, standingRecords, type StandingRecord } from '../evidence/jira/standing';
import { hashEntry, verifyChain } from '../ledger/chain';
import type { StoredEntry } from '../ledger/entry';
import type { JiraPart, JiraPartRead } from '../ledger/jira-entries';
import type { Sought } from './completeness';
import { count } from './text';

/** What Jira holds of the change beside its fields, as a pack has it. */
export interface FromJiraPart {
  /** The chain `jira-<issue id>` from its first entry to the newest. */
  readonly entries: readonly StoredEntry[];
  /** The last reading, also one that found nothing new; null when there was none. */
  readonly lastRead: { readonly readAt: string; readonly parts: readonly JiraPartRead[] } | null;
  /** What reading the chain found wrong when the pack was made, in sentences. */
  readonly breaksAtExport: readonly string[];
}

/** The value of the file: entries as they are hashed, each with what opens its commitments. */
export const fromJiraFile = ({ entries, lastRead, breaksAtExport }: FromJiraPart): unknown => ({
  entries: entries.map(({ entry, disclosures }) => ({ entry, disclosures })),
  lastRead,
  breaksAtExport,
});

/** What does not hold in it: the chain, whose it is, and what is disclosed. */
export function fromJiraBreaks({ entries, breaksAtExport }: FromJiraPart, issueId: string): string[] {
  const recomputed = entries.map((stored) => ({ ...stored, hash: hashEntry(stored.entry) }));
  return [
    ...breaksAtExport.map((sentence) => `it did not hold together when this pack was made: ${sentence}`),
    ...verifyChain(recomputed).map(({ sentence }) => sentence),
    ...entries.flatMap(({ entry }): string[] => [
      ...(entry.chain === `jira-${issueId}` ? [] : [`entry ${entry.seq} is of the chain ${entry.chain}`]),
      ...(entry.kind === 'jira-read' ? [] : [`entry ${entry.seq} is no reading of Jira`]),
    ]),
  ];
}

/** Everything that was found, in the order in which each was first found. */
export const fromJiraRows = (part: FromJiraPart | undefined): readonly StandingRecord[] =>
  part === undefined ? [] : [...standingRecords(part.entries).values()];

const WANTED: readonly { readonly part: JiraPart; readonly sought: string; readonly one: string }[] = [
  {
    part: 'attachment',
    sought: 'Attachments of the issue in Jira, each by the digest of its bytes',
    one: 'attachment',
  },
  { part: 'comment', sought: 'Comments on the issue in Jira that are shown to the app, every page', one: 'comment' },
  { part: 'link', sought: 'Links of the issue to other work items', one: 'link' },
  { part: 'web-link', sought: 'Links of the issue to pages outside Jira', one: 'link' },
  { part: 'approval', sought: 'Approvals of Jira Service Management on the issue', one: 'approval' },
  {
    part: 'development-counts',
    sought: 'Whether Jira counts more commits, pull requests, builds or deployments than are recorded',
    one: 'kind with more',
  },
];

/** What was sought in Jira beside fields and history, what was found, and what could not be read, and why. */
export function soughtInJira(part: FromJiraPart | undefined): Sought[] {
  const last = part?.lastRead ?? null;
  if (part === undefined || last === null) {
    const missing = [{ what: 'all of them', because: 'Jira was not read for them before this pack was made' }];
    const sought = 'Attachments, comments, links and approvals of the issue in Jira';
    return [{ sought, found: 0, complete: false, detail: 'never read', missing }];
  }
  const rows = fromJiraRows(part);
  return [
    ...WANTED.flatMap(({ part: name, sought, one }): Sought[] => {
      const read = last.parts.find((each) => each.part === name);
      // Only a service desk has approvals: where there is none, nobody looks.
      if (read === undefined && name === 'approval') return [];
      return [
        soughtOf(
          { sought, one },
          read,
          rows.filter(({ record }) => record === name),
          last.readAt,
        ),
      ];
    }),
    view(part, rows),
  ];
}

function soughtOf(
  { sought, one }: { readonly sought: string; readonly one: string },
  read: JiraPartRead | undefined,
  rows: readonly StandingRecord[],
  readAt: string,
): Sought {
  const gone = rows.filter(({ state }) => state === 'gone').length;
  const unhashed = rows.filter(({ state, attributes }) => state !== 'gone' && attributes['notHashed'] !== undefined);
  const missing = [
    ...(read?.complete === true
      ? []
      : [{ what: 'what Jira did not show', because: read?.because ?? 'it was not read' }]),
    ...unhashed.map(({ id, attributes }) => ({
      what: `the digest of attachment ${id}`,
      because: attributes['notHashed'] ?? '',
    })),
  ];
  return {
    sought,
    found: read?.found ?? 0,
    complete: missing.length === 0,
    detail: `${count(read?.found ?? 0, one, `${one}s`)} as of ${readAt}${gone === 0 ? '' : `; ${gone} recorded before and gone since`}`,
    missing,
  };
}

/** One person's view shows what is there and proves no absence: that nobody looked is said, and nothing more. */
function view({ entries }: FromJiraPart, rows: readonly StandingRecord[]): Sought {
  const outcomes = readingsIn(entries).flatMap(({ entry }) =>
    entry.body.parts.flatMap((one) => (one.part === 'development' ? [{ ...one, readAt: entry.body.readAt }] : [])),
  );
  const last = outcomes.at(-1);
  const found = rows.filter(({ record }) => record === 'development').length;
  return {
    sought: 'What the Teamwork Graph links to the issue, in the view of a person who looked',
    found,
    complete: last?.complete !== false,
    detail: last === undefined ? 'nobody’s view was read' : `${count(found, 'item')}; last looked ${last.readAt}`,
    missing:
      last?.complete === false ? [{ what: 'the rest of that view', because: last.because ?? 'it was not read' }] : [],
  };
}
