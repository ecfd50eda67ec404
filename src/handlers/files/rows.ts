import { fileRowsPayload, type ROWS } from '../../contract/file-payloads';
import type { FileRowsView, FileTotals } from '../../contract/files';
import { signersInFile } from '../../evidence/read-from-file';
import type { Ports } from '../../ports/ports';
import { matchFile, type FileMatch } from '../../readers/against';
import { readDocument, type StatementsDocument } from '../../readers/document';
import type { Match } from '../../readers/matching';
import type { Statement } from '../../readers/reader';
import { readFactsFor, type Facts } from '../facts';
import { refuse } from '../refusal';
import { issueOf, parsed, type ResolverCall } from '../resolver-call';
import { personView } from '../view/people';
import { filesOf, fileView, type StoredFile } from './list';
import { cutAll, pageOf, sentencesOf } from './page';
import { readStatements } from './statements';

/**
 * `file.read`: one page of what a file states, each fact with how it stands to the change as it is now. What does not
 * match is never left out: `only` picks rows, the totals are over all of them. A page has fewer rows than were asked for
 * where they are long, so that the answer is never more than a front end is given. Refusal: 404 no-such-file.
 */
export async function readFileRows(ports: Ports, call: ResolverCall): Promise<FileRowsView> {
  const { file, from, limit, only } = parsed(fileRowsPayload, call.payload);
  const facts = await readFactsFor(ports, issueOf(call));
  const stored = filesOf(facts.entries).find(({ entry }) => entry.seq === file);
  if (stored === undefined) throw refuse(404, 'no-such-file', 'No file of this change has this number.');
  const { state, document } = await documentOf(ports, stored);
  if (document === undefined) return { ...nothing(facts, stored), state };
  const matched = matchFile(document, stored.entry.body.format, facts.snapshot, facts.people);
  const asked = document.statements
    .map((statement, index) => ({ statement, index, match: matched.matches.get(index) ?? null }))
    .filter((row) => isAsked(only, row));
  const signers = signersInFile(facts.entries, stored.entry.body.digest);
  const page = pageOf(asked.slice(from, from + limit).map((row) => withSigners(row, signers)));
  return {
    ...nothing(facts, stored),
    state,
    findings: sentencesOf(document.findings),
    matching: matched.matches.size === 0 ? [] : sentencesOf(matched.findings),
    totals: totalsOf(document, matched),
    attributes: cutAll(document.attributes),
    rows: page,
    from,
    of: asked.length,
    next: from + page.length < asked.length ? from + page.length : null,
  };
}

async function documentOf(
  ports: Ports,
  { entry: { chain, body } }: StoredFile,
): Promise<{ readonly state: FileRowsView['state']; readonly document?: StatementsDocument }> {
  if (body.statementsDigest === null) return { state: 'refused' };
  const read = await readStatements(ports, chain, body.statementsDigest);
  if (read.state !== 'held') return { state: read.state };
  const document = readDocument(read.text);
  return document === undefined ? { state: 'damaged' } : { state: 'held', document };
}

interface Row {
  readonly statement: Statement;
  readonly match: Match | null;
}

/** Whose key signed it stands among its people, as the ledger names them. */
function withSigners(
  { statement, ...row }: Row & { readonly index: number },
  signers: ReturnType<typeof signersInFile>,
) {
  const { kind, id, people } = statement;
  const signed = signers(kind, id).map((displayName) => ({ role: 'signer' as const, person: { displayName } }));
  return { ...row, statement: { ...statement, people: [...people, ...signed] } };
}

function isAsked(only: (typeof ROWS)[number], { statement, match }: Row): boolean {
  if (only === 'all') return true;
  if (statement.effect === 'read') return false;
  return only === 'changes' || (match !== null && !match.fits);
}

function totalsOf({ statements }: StatementsDocument, { matches }: FileMatch): FileTotals {
  const totals = {
    rows: statements.length,
    fits: 0,
    window: { inside: 0, before: 0, after: 0, unknown: 0 },
    who: { implementer: 0, another: 0, unknown: 0, nobody: 0 },
    onNamedSystems: 0,
  };
  for (const { window, who, systems, fits } of matches.values()) {
    totals.window[window] += 1;
    totals.who[who] += 1;
    if (systems.length > 0) totals.onNamedSystems += 1;
    if (fits) totals.fits += 1;
  }
  return totals;
}

function nothing(facts: Facts, stored: StoredFile): Omit<FileRowsView, 'state'> {
  const { content } = facts.snapshot;
  return {
    file: fileView(stored, facts),
    findings: [],
    matching: [],
    totals: totalsOf({ ...NO_STATEMENTS }, { matches: new Map(), findings: [] }),
    attributes: {},
    rows: [],
    from: 0,
    of: 0,
    next: null,
    against: {
      windowStart: content.windowStart,
      windowEnd: content.windowEnd,
      implementer: content.implementer === null ? null : personView(content.implementer, facts.snapshot),
      systems: content.impactedSystems,
    },
  };
}

const NO_STATEMENTS: StatementsDocument = {
  format: 'file-statements/1',
  salt: '',
  attributes: {},
  findings: [],
  statements: [],
};
