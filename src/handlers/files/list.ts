import type { FilesView, FileView } from '../../contract/files';
import type { Sentence } from '../../contract/panel';
import { isPerson } from '../../gate/decision-state';
import { disclosed } from '../../ledger/commitment';
import type { Person, StoredEntry } from '../../ledger/entry';
import type { Decider } from '../../policy/policy';
import { governs } from '../../policy/requirement';
import type { Ports } from '../../ports/ports';
import { MAX_HANDED_IN } from '../../providers/hand-in';
import { refusalSentence } from '../../readers/refusals';
import { readFactsFor, type Facts } from '../facts';
import { countWaiting } from '../intake/unread';
import { callerOf, issueOf, type ResolverCall } from '../resolver-call';
import { personView } from '../view/people';

export type StoredFile = StoredEntry<'file-read'>;

/** Files of a change, in the order in which they were recorded. */
export const filesOf = (entries: readonly StoredEntry[]): readonly StoredFile[] =>
  entries.filter((stored): stored is StoredFile => stored.entry.kind === 'file-read');

/** `file.list`: the files that were handed in for a change, for everybody who may browse it. */
export async function listFiles(ports: Ports, call: ResolverCall): Promise<FilesView> {
  const [facts, person, mayEdit] = await Promise.all([
    readFactsFor(ports, issueOf(call)),
    ports.jira.readDecider(callerOf(call)),
    ports.jira.mayEdit(issueOf(call)),
  ]);
  const whyNot = whyNotHandIn(facts, person, mayEdit);
  return {
    files: filesOf(facts.entries).map((stored) => fileView(stored, facts)),
    waiting: await countWaiting(ports, facts.snapshot),
    mayHandIn: whyNot === null,
    whyNot,
    maxBytes: MAX_HANDED_IN,
  };
}

function whyNotHandIn(facts: Facts, person: Decider | undefined, mayEdit: boolean): Sentence | null {
  const { snapshot, policy, breaks } = facts;
  if (!governs(policy, snapshot))
    return { code: 'not-controlled', sentence: `${snapshot.key} is not a change request of a controlled project.` };
  if (person === undefined || !isPerson(person))
    return { code: 'not-a-person', sentence: 'Only a person with an active account can hand in files.' };
  if (breaks.length > 0)
    return { code: 'ledger-broken', sentence: 'Nothing is recorded on a ledger that does not verify.' };
  if (!mayEdit)
    return {
      code: 'may-not-edit',
      sentence: 'Only somebody who may edit this change in Jira can hand in files.',
    };
  return null;
}

export function fileView(stored: StoredFile, { snapshot }: Facts): FileView {
  const { seq, at, body } = stored.entry;
  return {
    seq,
    name: textOf(stored, body.name),
    digest: body.digest,
    size: body.size,
    mediaType: body.mediaType,
    outcome: body.outcome,
    format: body.format,
    kind: body.evidence,
    claimedKind: body.claimedKind,
    about: textOf(stored, body.about),
    title: textOf(stored, body.title),
    refusal: body.refusal === null ? null : { code: body.refusal, sentence: refusalSentence(body.refusal) },
    statements: body.statements,
    complete: body.complete,
    findings: body.findings,
    claimed: body.claimed,
    effects: body.effects,
    signatures: body.signatures,
    from: fromOf(stored, snapshot),
    receivedAt: body.receivedAt,
    readAt: at,
    redacted: body.provenance.redactedDigest !== undefined,
    trust: body.trustVersion,
    reader: body.readerVersion,
  };
}

function fromOf(stored: StoredFile, snapshot: Facts['snapshot']): FileView['from'] {
  const { by, provenance } = stored.entry.body;
  if (by === null) return { how: 'pipeline', source: provenance.source, secret: provenance.secret };
  const person = disclosed<Person>(stored, by);
  return { how: 'person', by: personView(person?.accountId ?? null, snapshot, person?.displayName) };
}

function textOf(stored: StoredFile, committed: Parameters<typeof disclosed>[1]): string | null {
  const value = disclosed<unknown>(stored, committed);
  return typeof value === 'string' ? value : null;
}
