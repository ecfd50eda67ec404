import { FIELDS } from '../change/fields';
import type { ChangeSnapshot } from '../change/snapshot';
import { clearMarkingPayload } from '../contract/payloads';
import type { ChangeView, MarkingView } from '../contract/panel';
import { scanContent } from '../evidence/scan';
import { appendEntries } from '../ledger/append';
import { canonicalJson } from '../ledger/canonical';
import type { EntryBodies, StoredEntry } from '../ledger/entry';
import { sha256Hex } from '../ledger/hash';
import type { Ports } from '../ports/ports';
import { changeView } from './change-view';
import { Disclosing } from './disclosing';
import { readFactsFor, withLedger, type Facts } from './facts';
import { namingSalt } from './naming-salt';
import { refuse } from './refusal';
import { callerOf, issueOf, parsed, type ResolverCall } from './resolver-call';
import { nameOf } from './view/people';

type Found = EntryBodies['marking-found'];

/**
 * What stands in the change's fields now. A finding is named by a salted digest of the whole field, never of what
 * matched, so that clearing it holds for exactly this text and says nothing about it.
 */
function findingsNow(facts: Facts): readonly Found[] {
  const { snapshot } = facts;
  const salt = namingSalt(facts);
  return scanContent(snapshot.content).map(({ rule, severity, place }) => {
    const text = canonicalJson(snapshot.content[place as keyof ChangeSnapshot['content']]);
    const digest = sha256Hex(`${salt}.${rule}.${place}.${text}`);
    return { finding: digest.slice(0, 16), rule, severity, place, digest };
  });
}

/** Findings in evidence have a JSON pointer as their place and stay until cleared; those in fields go with the text. */
function standing(facts: Facts): readonly Found[] {
  const inEvidence = facts.entries.flatMap(({ entry }) =>
    entry.kind === 'marking-found' && !FIELDS.some(({ key }) => key === entry.body.place) ? [entry.body] : [],
  );
  return [...findingsNow(facts), ...inEvidence];
}

export function markingViews(facts: Facts): readonly MarkingView[] {
  return standing(facts).map((found) => ({
    finding: found.finding,
    rule: found.rule,
    severity: found.severity,
    place: FIELDS.find(({ key }) => key === found.place)?.name ?? found.place,
    cleared: clearance(facts.entries, found.finding),
  }));
}

export const unclearedMarkings = (facts: Facts): readonly MarkingView[] =>
  markingViews(facts).filter(({ cleared }) => cleared === null);

function clearance(entries: readonly StoredEntry[], finding: string): MarkingView['cleared'] {
  for (const stored of entries) {
    const { entry } = stored;
    if (entry.kind === 'marking-cleared' && entry.body.finding === finding) {
      return { by: nameOf(stored, entry.body.by), at: entry.at, reason: entry.body.reason };
    }
  }
  return null;
}

/** Writes findings of the fields that the ledger does not hold yet; answers the facts as they are afterwards. */
export async function recordMarkings(ports: Ports, facts: Facts): Promise<Facts> {
  const { issueId } = facts.snapshot;
  const drafts = findingsNow(facts)
    .map((body) => ({
      chain: issueId,
      kind: 'marking-found' as const,
      fact: `marking:${body.finding}`,
      body,
      disclosures: {},
    }))
    .filter(({ fact }) => !facts.entries.some(({ entry }) => entry.fact === fact));
  if (drafts.length === 0) return facts;
  await appendEntries({ store: ports.store, now: ports.clock.now() }, issueId, drafts);
  return withLedger(ports, facts.snapshot);
}

/** `marking.clear`: a named person says with a reason that a finding is no controlled information, or was removed. */
export async function clearMarking(ports: Ports, call: ResolverCall): Promise<ChangeView> {
  const { finding, reason } = parsed(clearMarkingPayload, call.payload);
  const accountId = callerOf(call);
  const key = issueOf(call);
  const [facts, person] = await Promise.all([readFactsFor(ports, key), ports.jira.readDecider(accountId)]);
  if (person?.accountType !== 'atlassian') throw refuse(403, 'not-a-person', 'Only a person can clear a marking.');
  if (!standing(facts).some((found) => found.finding === finding)) {
    throw refuse(404, 'unknown-finding', 'There is no such finding on this change any more.');
  }
  const disclosing = new Disclosing(ports.random);
  await appendEntries({ store: ports.store, now: ports.clock.now() }, facts.snapshot.issueId, [
    {
      chain: facts.snapshot.issueId,
      kind: 'marking-cleared',
      fact: `marking-cleared:${finding}`,
      body: { finding, by: disclosing.person(accountId, person.displayName), reason },
      disclosures: disclosing.disclosures,
    },
  ]);
  return changeView(ports, await readFactsFor(ports, key), accountId, person);
}
