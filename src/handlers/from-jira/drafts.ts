import type { News } from '../../evidence/jira/news';
import type { ShownRecord } from '../../evidence/jira/shown';
import { scanText } from '../../evidence/scan';
import type { HistoryEntry } from '../../change/snapshot';
import type { Draft } from '../../ledger/append';
import { canonicalJson } from '../../ledger/canonical';
import type { Committed } from '../../ledger/entry';
import type { JiraPartRead, JiraRecord, JiraShown } from '../../ledger/jira-entries';
import { jiraChain } from '../../ledger/keys';
import type { Randomness } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import type { Facts } from '../facts';

/** Longer texts are not kept: their digest and length are. */
export const MOST_TEXT = 16_000;
/** An entry takes 236 KiB at most; what is beside it is counted in. */
const MOST_ENTRY = 150_000;

export interface Reading {
  readonly readAt: string;
  readonly parts: readonly JiraPartRead[];
  readonly news: News;
  /** Whose view it was; null for the app's own. */
  readonly viewer: { readonly accountId: string; readonly displayName: string | undefined } | null;
}

/**
 * The entries of one reading, as few as they fit into. Each is named by its place in the chain, so that of two readings
 * made at the same time only one is recorded, and the other has to look again.
 */
export function readingDrafts(random: Randomness, facts: Facts, reading: Reading, nextSeq: number): Draft[] {
  const { news, readAt, parts, viewer } = reading;
  const { issueId, history, names } = facts.snapshot;
  const drafts: Draft[] = [];
  let [disclosing, records, bytes]: [Disclosing, JiraRecord[], number] = [new Disclosing(random), [], 0];
  const close = (): void => {
    const by = viewer === null ? null : disclosing.person(viewer.accountId, viewer.displayName);
    drafts.push({
      chain: jiraChain(issueId),
      kind: 'jira-read',
      fact: `read:${nextSeq + drafts.length}`,
      body: { readAt, parts: drafts.length === 0 ? parts : [], records, viewer: by },
      disclosures: disclosing.disclosures,
    });
    [disclosing, records, bytes] = [new Disclosing(random), [], 0];
  };
  const add = (make: (into: Disclosing) => JiraRecord, size: number): void => {
    if (records.length > 0 && bytes + size > MOST_ENTRY) close();
    records.push(make(disclosing));
    bytes += size;
  };
  for (const { shown, state, digest } of news.found) {
    const kept = keptOf(shown);
    // Three digests and two salts in hexadecimal come to about 500 characters.
    add((into) => recordOf(into, kept, state, digest), Buffer.byteLength(canonicalJson(kept)) + 700);
  }
  for (const one of news.gone) {
    const went = removal(history, one.record, one.id);
    const by = went?.author ?? null;
    const record = { record: one.record, id: one.id, state: 'gone' as const, digest: one.digest, attributes: {} };
    add((into) => ({ ...record, what: null, by: person(into, by, names), at: went?.at ?? null }), 700);
  }
  if (records.length > 0 || drafts.length === 0) close();
  return drafts;
}

function recordOf(into: Disclosing, shown: ShownRecord, state: 'there' | 'changed', digest: string): JiraRecord {
  const { record, id, attributes, what, by, at } = shown;
  return {
    record,
    id,
    state,
    digest,
    attributes,
    what: into.value(what),
    by: by === null ? null : into.person(by.accountId, by.displayName),
    at,
  };
}

const person = (into: Disclosing, accountId: string | null, names: Facts['snapshot']['names']): Committed | null =>
  accountId === null ? null : into.person(accountId, names[accountId]);

/** Jira's changelog names attachments and links that are taken off by their ids. */
function removal(history: readonly HistoryEntry[], record: JiraRecord['record'], id: string): HistoryEntry | undefined {
  const field = record === 'attachment' ? 'attachment' : record === 'web-link' ? 'RemoteIssueLink' : undefined;
  return history.find(({ items }) =>
    items.some(({ fieldId, from, to }) => fieldId === field && from === id && to === null),
  );
}

/**
 * What is kept of what Jira shows. A text with a marking or a secret is copied nowhere: its digest and length stay, and
 * the rule that found it. The digest that tells changes apart is of the text as Jira has it. Neither is the text of a
 * comment that Jira shows to some alone: whoever may see the change sees what is kept.
 */
function keptOf(shown: ShownRecord): ShownRecord {
  const { what } = shown;
  const { text, ...rest } = what;
  const attributes = Object.fromEntries(
    Object.entries(shown.attributes).map(([name, value]) => [name, unmarked(value)] as const),
  );
  const kept: JiraShown = {
    ...rest,
    title: unmarked(rest.title),
    ...(rest.url === undefined ? {} : { url: unmarked(rest.url) }),
  };
  if (text === undefined) return { ...shown, attributes, what: kept };
  const dropped = whyNotKept(text, shown.attributes);
  return dropped === undefined
    ? { ...shown, attributes, what: { ...kept, text } }
    : { ...shown, attributes: { ...attributes, text: `not kept: ${dropped}` }, what: kept };
}

function whyNotKept(text: string, { restricted, internal }: ShownRecord['attributes']): string | undefined {
  const found = scanText(text)[0]?.rule.id;
  if (found !== undefined) return found;
  if (restricted !== undefined || internal !== undefined) return 'not for everybody';
  return text.length > MOST_TEXT ? 'too long' : undefined;
}

function unmarked(text: string): string {
  const found = scanText(text)[0]?.rule.id;
  return found === undefined ? text : `[redacted: ${found}]`;
}
