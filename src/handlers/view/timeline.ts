import { FIELDS } from '../../change/fields';
import { controlledEdits } from '../../change/history';
import type { ChangeSnapshot, HistoryEntry } from '../../change/snapshot';
import type { TimelineEvent } from '../../contract/panel';
import { tell } from '../../gate/told';
import type { LedgerEntry, StoredEntry } from '../../ledger/entry';
import { nameOf, personView } from './people';

/** Everything that happened, newest first: the ledger's entries, and what Jira's changelog has beyond them. */
export function timeline(snapshot: ChangeSnapshot, entries: readonly StoredEntry[]): readonly TimelineEvent[] {
  const recorded = entries.flatMap((stored) => recordedEvent(stored));
  const known = new Set(entries.flatMap(({ entry }) => historyIdsOf(entry)));
  const edits = new Map(controlledEdits(snapshot).map(({ entry, fields }) => [entry.id, fields]));
  const fromJira = snapshot.history
    .filter(({ id }) => !known.has(id))
    .flatMap((entry) => jiraEvents(snapshot, entry, edits.get(entry.id) ?? []));
  // A stable sort: events of the same instant stay in the order they were recorded in.
  return [...recorded, ...fromJira].reverse().sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

function historyIdsOf(entry: LedgerEntry): readonly string[] {
  if (entry.kind === 'content-changed' || entry.kind === 'moved') return [entry.body.historyId];
  if (entry.kind === 'decision' && entry.body.transition !== undefined) return [entry.body.transition.historyId];
  return [];
}

const event = (
  stored: StoredEntry,
  at: string,
  kind: TimelineEvent['kind'],
  text: string,
  by: string | null,
  url: string | null = null,
) => [{ at, kind, text, by, seq: stored.entry.seq, url }];

const WORDS = {
  approved: 'Approved',
  disapproved: 'Disapproved',
  deferred: 'Deferred',
  withdrawn: 'Took back the decision',
};

function recordedEvent(stored: StoredEntry): readonly TimelineEvent[] {
  const { entry } = stored;
  switch (entry.kind) {
    case 'change-opened':
      return event(
        stored,
        entry.body.createdAt,
        'opened',
        `${entry.body.key} was opened`,
        nameOf(stored, entry.body.creator),
      );
    case 'content-changed':
      return event(
        stored,
        entry.body.at,
        'edited',
        `Edited ${names(entry.body.fields)}`,
        nameOf(stored, entry.body.by),
      );
    case 'moved':
      return event(
        stored,
        entry.body.at,
        'moved',
        `Moved from ${entry.body.from} to ${entry.body.to}`,
        nameOf(stored, entry.body.by),
      );
    case 'decision': {
      const { decision, decidedAt, basis, by, transition } = entry.body;
      const how = transition === undefined ? 'in the panel' : `with the transition ${transition.name}`;
      const voided = entry.body.void === undefined ? '' : ` (recorded as void: ${entry.body.void.sentence})`;
      const did = `${WORDS[decision]} ${how}`;
      // Where nobody wrote a basis it says just what was done.
      const said = basis.startsWith(did) ? basis : `${did}: ${basis}`;
      return event(stored, decidedAt, 'decision', `${said}${voided}`, nameOf(stored, by));
    }
    case 'evidence': {
      const { evidence, id, state, receivedAt, claimedAt, url, people } = entry.body;
      const text = `${inWords(evidence)} ${short(evidence, id)}${state === null ? '' : `: ${state.replaceAll('_', ' ')}`}`;
      return event(stored, claimedAt ?? receivedAt, 'evidence', text, nameOf(stored, people[0]?.person ?? null), url);
    }
    case 'marking-found':
      return event(
        stored,
        entry.at,
        'marking',
        `A marking was found (${entry.body.rule}, in ${entry.body.place})`,
        null,
      );
    case 'marking-cleared':
      return event(
        stored,
        entry.at,
        'marking',
        `Cleared a marking: ${entry.body.reason}`,
        nameOf(stored, entry.body.by),
      );
    case 'pack-assembled':
      return event(
        stored,
        entry.at,
        'pack',
        `Evidence pack ${entry.body.pack.replace(/^.*-0*(?=\d+$)/, '')} was assembled`,
        nameOf(stored, entry.body.by),
      );
    case 'change-deleted':
      return event(stored, entry.body.at, 'deleted', 'The issue was deleted in Jira', nameOf(stored, entry.body.by));
    default: {
      const said = tell(entry);
      if (said === undefined) return [];
      const kind = said.about === 'evidence' ? 'evidence' : 'decision';
      return event(stored, said.at, kind, said.what, nameOf(stored, said.by));
    }
  }
}

function jiraEvents(
  snapshot: ChangeSnapshot,
  entry: HistoryEntry,
  edited: readonly string[],
): readonly TimelineEvent[] {
  const by = personView(entry.author, snapshot).name;
  const base = { at: entry.at, by, seq: null, url: null };
  const moves = entry.items.filter(({ field }) => field === 'status');
  return [
    ...(edited.length === 0 ? [] : [{ ...base, kind: 'edited' as const, text: `Edited ${names(edited)}` }]),
    ...moves.map(({ fromText, toText }) => ({
      ...base,
      kind: 'moved' as const,
      text: `Moved from ${fromText ?? '?'} to ${toText ?? '?'}`,
    })),
  ];
}

const names = (keys: readonly string[]): string =>
  keys.map((key) => FIELDS.find((field) => field.key === key)?.name ?? key).join(', ');

/** "pull-request" → "Pull request". */
const inWords = (kind: string): string => `${kind.charAt(0).toUpperCase()}${kind.slice(1).replaceAll('-', ' ')}`;

const short = (kind: string, id: string): string =>
  kind === 'commit' || kind === 'commit-signature'
    ? id.replace(/^([0-9a-f]{7})[0-9a-f]{33,}$/i, '$1')
    : id.replaceAll(/(?<=sha256:[0-9a-f]{12})[0-9a-f]{52}/gi, '…');
