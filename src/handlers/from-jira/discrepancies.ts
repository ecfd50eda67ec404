import { discrepanciesIn, openDiscrepancies, type Discrepancy } from '../../evidence/jira/discrepancies';
import { recordKey } from '../../evidence/jira/shown';
import { heldCounts, type Counted } from '../../evidence/jira/held';
import { whoMatters, whyItMatters } from '../../evidence/jira/matters';
import type { StandingRecord } from '../../evidence/jira/standing';
import { appendEntries, type Draft } from '../../ledger/append';
import type { DiscrepancyCode, JiraShown } from '../../ledger/jira-entries';
import type { Person } from '../../ledger/entry';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import type { Facts } from '../facts';

/** Something that is as it should not be now. */
interface Wanted {
  readonly code: DiscrepancyCode;
  readonly subject: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly what: JiraShown | null;
  readonly by: Person | null;
  readonly at: string | null;
}

/** What Jira's counts came to; kinds that it could not be asked about are left as they are. */
export interface Counts {
  readonly more: readonly Counted[];
  readonly unchecked: readonly Counted[];
}

/**
 * Brings the change's own ledger in line with what is recorded of Jira: what is gone is said once, what came back or came
 * in is settled. Computed from what stands, not from what this reading found, so that a crash between the two loses
 * nothing. Idempotent. Answers whether there was anything to say.
 */
export async function settleDiscrepancies(
  ports: Ports,
  facts: Facts,
  standing: ReadonlyMap<string, StandingRecord>,
  counts: Counts,
): Promise<boolean> {
  const wanted = [...goneNow(facts, standing), ...more(facts, counts)];
  const open = openDiscrepancies(facts.entries);
  const isAbout = (a: { readonly code: string; readonly subject: string }, b: typeof a): boolean =>
    a.subject === b.subject && groupOf(a.code) === groupOf(b.code);
  const found = wanted.filter((one) => !open.some((other) => isAbout(one, other)));
  const settled = open.filter((one) =>
    one.code === 'jira-knows-more'
      ? ![...counts.more, ...counts.unchecked].some((kind) => kind === one.subject)
      : isShown(standing, one),
  );
  const drafts = [
    ...found.map((one) => foundDraft(ports, facts, one)),
    ...settled.map(({ seq, code }) => resolvedDraft(facts, seq, code)),
  ];
  if (drafts.length === 0) return false;
  await appendEntries({ store: ports.store, now: ports.clock.now() }, facts.snapshot.issueId, drafts);
  return true;
}

/** Whether it is there again: that its author counts no more, or that names were erased, settles nothing. */
const isShown = (standing: ReadonlyMap<string, StandingRecord>, { code, subject }: Discrepancy): boolean => {
  const record = code === 'comment-gone' ? 'comment' : 'attachment';
  const now = standing.get(recordKey({ record, id: subject }));
  return now !== undefined && now.state !== 'gone';
};

/** Gone and replaced are two words for the same attachment not being there. */
const groupOf = (code: string): string => (code === 'attachment-replaced' ? 'attachment-gone' : code);

function goneNow(facts: Facts, standing: ReadonlyMap<string, StandingRecord>): Wanted[] {
  const all = [...standing.values()];
  const people = whoMatters(facts.snapshot, facts.entries);
  return all.flatMap((one): Wanted[] => {
    if (one.gone === null) return [];
    const { by, at } = one.gone;
    if (one.record === 'attachment') {
      const successor = all.find((other) => replaces(other, one));
      const { sha256, size = '' } = one.attributes;
      const attributes = {
        size,
        ...(sha256 === undefined ? {} : { sha256 }),
        ...(successor === undefined ? {} : { replacedBy: successor.id }),
      };
      const code = successor === undefined ? 'attachment-gone' : 'attachment-replaced';
      return [{ code, subject: one.id, attributes, what: one.what, by, at }];
    }
    if (one.record !== 'comment' || whyItMatters(one, people) === null) return [];
    const { accountId, displayName = '' } = one.by ?? {};
    const author = accountId === undefined ? [] : [{ accountId, displayName, did: 'wrote' }];
    const what = { title: `comment ${one.id}`, people: author };
    return [{ code: 'comment-gone', subject: one.id, attributes: {}, what, by, at }];
  });
}

const replaces = (other: StandingRecord, gone: StandingRecord): boolean =>
  other.record === 'attachment' &&
  other.state !== 'gone' &&
  other.id !== gone.id &&
  other.what !== null &&
  other.what.title === gone.what?.title &&
  (other.at ?? '') >= (gone.at ?? '');

function more({ entries }: Facts, counts: Counts): Wanted[] {
  const held = heldCounts(entries);
  return counts.more.map((kind) => ({
    code: 'jira-knows-more',
    subject: kind,
    attributes: { held: String(held[kind]) },
    what: null,
    by: null,
    at: null,
  }));
}

function foundDraft(ports: Ports, facts: Facts, { code, subject, attributes, what, by, at }: Wanted): Draft {
  const disclosing = new Disclosing(ports.random);
  const nth = discrepanciesIn(facts.entries).filter(
    (one) => groupOf(one.code) === groupOf(code) && one.subject === subject,
  ).length;
  return {
    chain: facts.snapshot.issueId,
    kind: 'discrepancy-found',
    fact: `discrepancy:${groupOf(code)}:${subject}:${nth}`,
    body: {
      discrepancy: code,
      subject,
      attributes,
      what: what === null ? null : disclosing.value(what),
      by: by === null ? null : disclosing.value(by),
      at,
    },
    disclosures: disclosing.disclosures,
  };
}

const BECAUSE: Readonly<Record<DiscrepancyCode, string>> = {
  'attachment-gone': 'Jira shows the attachment again.',
  'attachment-replaced': 'Jira shows the attachment again.',
  'comment-gone': 'Jira shows the comment again.',
  'jira-knows-more': 'Jira counts no more than is recorded.',
};

const resolvedDraft = (facts: Facts, seq: number, code: DiscrepancyCode): Draft => ({
  chain: facts.snapshot.issueId,
  kind: 'discrepancy-resolved',
  fact: `discrepancy-resolved:${seq}`,
  body: { found: seq, because: BECAUSE[code] },
  disclosures: {},
});
