import { FIELDS } from '../change/fields';
import type { ChangeSnapshot } from '../change/snapshot';
import { expectedKinds } from '../evidence/expected';
import type { Verdict } from '../gate/verdict';
import { adoptionOf } from '../gate/before-control';
import { closingProblems, implementationRecords } from '../gate/implementation';
import { isFromFile } from '../evidence/read-from-file';
import { CONTENT_KINDS, DEVELOPMENT_KINDS } from '../evidence/item';
import type { Break } from '../ledger/chain';
import { commitmentsIn } from '../ledger/commitment';
import type { StoredEntry } from '../ledger/entry';
import type { DeliveryRecord } from './deliveries';
import { soughtInJira } from './from-jira';
import type { FromJiraPart } from './from-jira';
import { filesElsewhere, filesSought as files } from './files-sought';
import type { HandedIn } from './handed-in';
import { daysChecked } from './health';
import { meetingsNamed } from './meetings';
import type { MeetingPart } from './meetings';
import { count } from './text';

/** One thing that was looked for. `missing` is never empty text without a reason: every gap says why. */
export interface Sought {
  readonly sought: string;
  readonly found: number;
  /** False when something that should be here is not. */
  readonly complete: boolean;
  readonly detail: string;
  readonly missing: readonly { readonly what: string; readonly because: string }[];
}

export interface Completeness {
  readonly complete: boolean;
  readonly sought: readonly Sought[];
  /** What a pack of this format never holds, so that nobody takes silence for an answer. */
  readonly notSought: readonly string[];
}

export interface CompletenessFacts {
  readonly snapshot: ChangeSnapshot;
  readonly entries: readonly StoredEntry[];
  /** By which rules it is judged, and what evidence the policy expects of it. */
  readonly verdict: Pick<Verdict, 'judgedAs' | 'expectedEvidence'>;
  readonly deliveries: readonly DeliveryRecord[];
  readonly handedIn: Pick<HandedIn, 'rows'>;
  readonly breaks: readonly Break[];
  /** The part of the chain named `health` that belongs to the change. */
  readonly health: readonly StoredEntry[];
  readonly meetings: readonly MeetingPart[];
  /** Undefined in packs from before Jira was read for more than fields and history. */
  readonly fromJira: FromJiraPart | undefined;
  readonly generatedAt: string;
}

export const NOT_SOUGHT = [
  'Audit logs kept on the changed system itself that nobody handed in.',
  'Minutes and agendas of change board meetings in which no decision on this change was recorded.',
  'Deliveries that a development tool never sent, or that were refused at the door: the app cannot know of them.',
  'A signature or a checkpoint over the ledger: this version makes none.',
  'Events before the change was first recorded, except what Jira’s own history of the issue says.',
];

/** What the pack sought, what it found, and what is missing and why (nothing is cut silently). */
export function completenessOf(facts: CompletenessFacts): Completeness {
  const sought = [
    changelog(facts),
    historyInLedger(facts),
    ledger(facts),
    disclosures(facts),
    meetings(facts),
    deliveries(facts),
    evidence(facts),
    ...soughtInJira(facts.fromJira),
    ...files(facts),
    ...filesElsewhere(facts),
    implementation(facts),
    fields(facts),
    health(facts),
  ];
  return { complete: sought.every(({ complete }) => complete), sought, notSought: NOT_SOUGHT };
}

function changelog({ snapshot }: CompletenessFacts): Sought {
  const { history, historyComplete } = snapshot;
  return {
    sought: 'History of the issue in Jira, every page',
    found: history.length,
    complete: historyComplete,
    detail: `${count(history.length, 'entry', 'entries')} read`,
    missing: historyComplete ? [] : [{ what: 'older pages', because: 'Jira did not answer for all of them' }],
  };
}

/**
 * Moves and edits that Jira knows and the ledger does not: the job that records them had not run, or was bypassed. A
 * transition that was a decision is recorded with the decision.
 */
function historyInLedger({ snapshot, entries }: CompletenessFacts): Sought {
  const controlled = new Set<string>(FIELDS.flatMap(({ key, controlled: is }) => (is ? [key] : [])));
  const recorded = new Set(
    entries.flatMap(({ entry }) => {
      if (entry.kind === 'decision') return entry.body.transition?.historyId ?? [];
      return 'historyId' in entry.body ? [entry.body.historyId] : [];
    }),
  );
  const wanted = snapshot.history.filter(({ items }) =>
    items.some(({ field }) => field === 'status' || controlled.has(field)),
  );
  const missing = wanted.filter(({ id }) => !recorded.has(id));
  return {
    sought: 'Moves and edits of controlled fields in Jira’s history, each as a ledger entry',
    found: wanted.length - missing.length,
    complete: missing.length === 0,
    detail: `${wanted.length - missing.length} of ${wanted.length} recorded`,
    missing: missing.map(({ id, at }) => ({
      what: `history entry ${id} of ${at}`,
      because: 'not recorded in the ledger at export',
    })),
  };
}

function ledger({ entries, breaks }: CompletenessFacts): Sought {
  return {
    sought: 'Ledger entries of this change, from the first to the newest',
    found: entries.length,
    complete: breaks.length === 0 && entries.length > 0,
    detail:
      breaks.length === 0
        ? 'the hash chain held at export'
        : `${count(breaks.length, 'break')} in the hash chain at export`,
    missing: [
      ...(entries.length === 0 ? [{ what: 'every entry', because: 'nothing was ever recorded for this change' }] : []),
      ...breaks.map(({ sentence }) => ({ what: 'an unbroken chain', because: sentence })),
    ],
  };
}

function disclosures({ entries }: CompletenessFacts): Sought {
  const erased = entries.flatMap(({ entry, disclosures: at }) =>
    commitmentsIn(entry.body)
      .filter((commitment) => !Object.hasOwn(at, commitment))
      .map((commitment) => ({ commitment, seq: entry.seq })),
  );
  const all = entries.reduce((sum, { entry }) => sum + commitmentsIn(entry.body).length, 0);
  return {
    sought: 'Values behind the commitments in the ledger',
    found: all - erased.length,
    complete: erased.length === 0,
    detail: `${all - erased.length} of ${all} disclosed`,
    missing: erased.map(({ commitment, seq }) => ({
      what: `${commitment} of entry ${seq}`,
      because: 'erased; the commitment still stands in the chain',
    })),
  };
}

/** What was known of each meeting: its agenda, attendees, chair and minutes, in every revision. */
function meetings({ entries, meetings: parts }: CompletenessFacts): Sought {
  const named = meetingsNamed(entries);
  const recordOf = (id: string): MeetingPart | undefined => parts.find(({ meeting }) => meeting === id);
  const missing = named.flatMap((id) => {
    const record = recordOf(id);
    if (record === undefined || record.entries.length === 0)
      return [{ what: `the record of meeting ${id}`, because: 'nothing is stored under this name' }];
    return [
      ...record.breaksAtExport.map((because) => ({ what: `an unbroken record of meeting ${id}`, because })),
      ...(record.entries.some(isErased)
        ? [
            {
              what: `names or minutes of meeting ${id}`,
              because: 'erased; the commitments still stand in its chain',
            },
          ]
        : []),
    ];
  });
  const found = named.filter((id) => (recordOf(id)?.entries ?? []).length > 0).length;
  return {
    sought: 'Records of the meetings in which decisions were taken',
    found,
    complete: missing.length === 0,
    detail: named.length === 0 ? 'no decision names a meeting' : `${found} of ${named.length}, every revision`,
    missing,
  };
}

const isErased = ({ entry, disclosures: at }: StoredEntry): boolean =>
  commitmentsIn(entry.body).some((commitment) => !Object.hasOwn(at, commitment));

function deliveries({ deliveries: records }: CompletenessFacts): Sought {
  const kept = records.filter(({ state }) => state === 'kept');
  const rest = records.filter(({ state }) => state !== 'kept');
  return {
    sought: 'Deliveries that the evidence came from, byte for byte',
    found: kept.length,
    complete: rest.length === 0,
    detail: `${kept.length} of ${records.length} as received, ${rest.filter(({ state }) => state === 'redacted').length} redacted`,
    missing: rest.map(({ bodyDigest, state, because }) => ({
      what: `${state === 'redacted' ? 'the original of' : 'delivery'} ${bodyDigest}`,
      because: because ?? state,
    })),
  };
}

function evidence({ entries, verdict: { judgedAs, expectedEvidence } }: CompletenessFacts): Sought {
  const kinds = entries.flatMap(({ entry }) => (entry.kind === 'evidence' ? [entry.body.evidence] : []));
  const expected = expectedKinds(entries, expectedEvidence);
  const read = entries.filter(({ entry }) => entry.kind === 'evidence' && isFromFile(entry)).length;
  const handedIn = CONTENT_KINDS.filter((kind) => kinds.includes(kind));
  const counts = [...DEVELOPMENT_KINDS, ...handedIn].map(
    (kind) => `${kind} ${kinds.filter((other) => other === kind).length}`,
  );
  const wanted = expected.map(({ name }) => name).join(', ');
  return {
    sought: `Evidence that the policy expects of a change judged as ${judgedAs}: ${wanted === '' ? 'none' : wanted}`,
    found: kinds.length,
    complete: expected.every(({ state }) => state === 'found'),
    detail: `recorded facts by kind: ${counts.join(', ')}${read === 0 ? '' : `; ${read} of them read from files that were handed in`}`,
    missing: expected.flatMap(({ sentence, because }) =>
      sentence === null ? [] : [{ what: sentence, because: because ?? '' }],
    ),
  };
}

const DONE: readonly string[] = ['Executed', 'Closed'];

/** A record of what was done is due once the change is executed; one that was adopted may have been done before. */
function implementation({ snapshot, entries }: CompletenessFacts): Sought {
  const records = implementationRecords(entries).length;
  const due = DONE.includes(snapshot.status) && adoptionOf(entries) === undefined;
  const problems = due ? closingProblems({ snapshot, entries }) : [];
  return {
    sought: 'Implementation record: what was done, verified and updated',
    found: records,
    complete: problems.length === 0,
    detail: due
      ? `${count(records, 'record')}, the newest counts`
      : `${count(records, 'record')}; none is due in status ${snapshot.status}`,
    missing: problems.length === 0 ? [] : [{ what: 'a complete implementation record', because: 'nobody recorded it' }],
  };
}

function fields({ snapshot }: CompletenessFacts): Sought {
  const wanted = FIELDS.filter(({ controlled }) => controlled);
  const content = new Map<string, unknown>(Object.entries(snapshot.content));
  const empty = wanted.filter(({ key }) => isEmpty(content.get(key)));
  return {
    sought: 'Fields of the change request',
    found: wanted.length - empty.length,
    complete: empty.length === 0,
    detail: `${wanted.length - empty.length} of ${wanted.length} filled in`,
    missing: empty.map(({ name }) => ({ what: name, because: 'empty in Jira at export' })),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether somebody looked, each day from the change's creation to the pack, that the rules were still asked. */
function health({ snapshot, health: segment, generatedAt }: CompletenessFacts): Sought {
  const first = Date.parse(snapshot.createdAt.slice(0, 10));
  const all = Math.max(1, Math.floor((Date.parse(generatedAt.slice(0, 10)) - first) / DAY_MS) + 1);
  const wanted = Array.from({ length: Math.min(all, MOST_DAYS) }, (_, i) =>
    new Date(first + i * DAY_MS).toISOString().slice(0, 10),
  );
  const checked = new Set(daysChecked(segment));
  const missing = wanted.filter((day) => !checked.has(day));
  return {
    sought: 'Checks of the controls, each day from the creation of the change to this pack',
    found: wanted.length - missing.length,
    complete: missing.length === 0 && all === wanted.length,
    detail: `checked on ${wanted.length - missing.length} of ${all} days`,
    missing:
      missing.length === 0
        ? []
        : [
            {
              what: `${count(missing.length, 'day', 'days')} from ${missing[0] ?? ''} to ${missing.at(-1) ?? ''}`,
              because: 'the ledger of the checks has none of that day',
            },
          ],
  };
}

/** Ten years; a longer life is told as incomplete rather than looked through day by day. */
const MOST_DAYS = 3_660;

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
