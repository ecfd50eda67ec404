import { disclosed } from '../ledger/commitment';
import type { Committed, StoredEntry } from '../ledger/entry';
import type { FileRead } from '../ledger/file-read';
import { filesIn } from '../providers/files';
import { matchFile, type FileMatch } from '../readers/against';
import type { StatementsDocument } from '../readers/document';
import type { Finding } from '../readers/findings';
import { refusalSentence } from '../readers/refusals';
import type { DeliveryRecord } from './deliveries';
import { differencesIn, type Difference } from './differences';
import { handedInFile, statementsFile } from './files';
import type { PackFile, PackInput } from './input';
import type { KeysPart } from './keys';
import { personOf, personText } from './person';
import { signersOf, type Signer } from './signers';
import { documentIn, fileEntries, settleStatements, type FileEntry, type StatementsRecord } from './statements';

/** One file that was handed in, as a reader of the pack sees it. */
export interface HandedInRow extends Omit<FileRead, 'name' | 'about' | 'title' | 'by' | 'findings' | 'refusal'> {
  readonly entry: number;
  readonly readAt: string;
  /** Null once they were erased from the ledger. */
  readonly name: string | null;
  readonly about: string | null;
  readonly title: string | null;
  readonly by: string | null;
  readonly refusal: { readonly code: string; readonly sentence: string } | null;
  /** What the reader noticed; codes alone where the statements are not here. */
  readonly findings: readonly { readonly code: string; readonly sentence: string | null }[];
  /** Facts of the file as a whole; none where the statements are not here. */
  readonly fileAttributes: Readonly<Record<string, string>>;
  /** Whose registered keys made the signatures in it that are verified. */
  readonly signers: readonly Signer[];
  readonly statementsFile: string | null;
  readonly statementsMissing: string | null;
  /** Where the file's own bytes are. */
  readonly bytes: { readonly file: string | null; readonly where: string };
  /** How its log stands to the change; null for what is no log. */
  readonly matching: {
    readonly rows: number;
    /** Of these the ones that changed something, or may have, and how many of them fit. */
    readonly changes: number;
    readonly fits: number;
    readonly findings: readonly Finding[];
  } | null;
}

/** How one fact of a log stands to the change: a line of the matching file. */
export interface MatchingRow {
  readonly entry: number;
  readonly index: number;
  readonly at: string | null;
  readonly effect: string;
  readonly title: string;
  readonly window: string;
  readonly who: string;
  readonly systems: readonly string[];
  readonly fits: boolean;
}

export interface HandedIn {
  readonly rows: readonly HandedInRow[];
  readonly matching: readonly MatchingRow[];
  /** What files state of configuration before and after, by the entry of the file; only of files that state any. */
  readonly differences: ReadonlyMap<number, readonly Difference[]>;
  readonly statements: readonly StatementsRecord[];
  readonly statementsFiles: readonly PackFile[];
  /** The files themselves, taken out of the deliveries. */
  readonly wholeFiles: readonly PackFile[];
}

/** Of one file, and of all of one pack: what is larger is in the delivery alone. */
const MAX_FILE_BYTES = 1024 * 1024;
const MAX_FILES_BYTES = 8 * 1024 * 1024;

/** Everything about the files that were handed in: the entries, what they state, and how logs stand to the change. */
export function handedIn(
  { snapshot, entries, people, statements = [], keys = [] }: PackInput,
  deliveries: readonly DeliveryRecord[],
  rawFiles: readonly PackFile[],
): HandedIn {
  const { records, files } = settleStatements(entries, statements);
  const taken = new WholeFiles(deliveries, rawFiles);
  const matching: MatchingRow[] = [];
  const differences = new Map<number, readonly Difference[]>();
  const rows = fileEntries(entries).map((stored) => {
    const { seq, body } = stored.entry;
    const document = documentFor(body, files);
    const matched = document === undefined ? undefined : matchFile(document, body.format, snapshot, people);
    if (document !== undefined && matched !== undefined) matching.push(...matchingRows(seq, document, matched));
    const differing = document === undefined ? [] : differencesIn(document);
    if (differing.length > 0) differences.set(seq, differing);
    const record = records.find(({ entry }) => entry === seq);
    return rowOf(stored, { document, matched, record, keys, bytes: taken.of(body) });
  });
  return { rows, matching, differences, statements: records, statementsFiles: files, wholeFiles: taken.files };
}

function documentFor({ statementsDigest }: FileRead, files: readonly PackFile[]): StatementsDocument | undefined {
  if (statementsDigest === null) return undefined;
  const file = files.find(({ name }) => name === statementsFile(statementsDigest));
  return file === undefined ? undefined : documentIn(file.bytes, statementsDigest);
}

interface Known {
  readonly document: StatementsDocument | undefined;
  readonly matched: FileMatch | undefined;
  readonly record: StatementsRecord | undefined;
  readonly keys: readonly KeysPart[];
  readonly bytes: HandedInRow['bytes'];
}

function rowOf(stored: FileEntry, { document, matched, record, keys, bytes }: Known): HandedInRow {
  const { seq, at, body } = stored.entry;
  const { name, about, title, by, findings, refusal, ...rest } = body;
  return {
    ...rest,
    entry: seq,
    readAt: at,
    name: textOf(stored, name),
    about: textOf(stored, about),
    title: textOf(stored, title),
    by: by === null ? null : personText(personOf(stored, by)),
    refusal: refusal === null ? null : { code: refusal, sentence: refusalSentence(refusal) },
    findings: document?.findings ?? findings.map((code) => ({ code, sentence: null })),
    fileAttributes: document?.attributes ?? {},
    signers: signersOf(signedByIn(document), keys),
    statementsFile: record?.state === 'held' ? statementsFile(record.digest) : null,
    statementsMissing: record?.because ?? null,
    bytes,
    matching: matched === undefined || matched.matches.size === 0 ? null : countsOf(matched),
  };
}

const signedByIn = (document: StatementsDocument | undefined): string =>
  (document?.statements ?? []).map(({ attributes }) => attributes['signedBy'] ?? '').join(' ');

function countsOf({ matches, findings }: FileMatch): HandedInRow['matching'] {
  const changes = [...matches.values()].filter(({ statement }) => statement.effect !== 'read');
  const fits = changes.filter((one) => one.fits).length;
  return { rows: matches.size, changes: changes.length, fits, findings };
}

function textOf(stored: StoredEntry, committed: Committed | null): string | null {
  const value = disclosed<unknown>(stored, committed);
  return typeof value === 'string' ? value : null;
}

const matchingRows = (entry: number, { statements }: StatementsDocument, { matches }: FileMatch): MatchingRow[] =>
  [...matches].map(([index, { window, who, systems, fits }]) => ({
    entry,
    index,
    at: statements[index]?.claimedAt ?? null,
    effect: statements[index]?.effect ?? 'unknown',
    title: statements[index]?.title ?? '',
    window,
    who,
    systems,
    fits,
  }));

/** Takes files out of the deliveries of a pack, each once, within limits. */
class WholeFiles {
  private readonly taken = new Map<string, PackFile>();
  private total = 0;

  constructor(
    private readonly deliveries: readonly DeliveryRecord[],
    private readonly rawFiles: readonly PackFile[],
  ) {}

  get files(): readonly PackFile[] {
    return [...this.taken.values()];
  }

  of({ digest, size, index, provenance }: FileRead): HandedInRow['bytes'] {
    const delivery = this.deliveries.find(({ bodyDigest }) => bodyDigest === provenance.bodyDigest);
    const raw = this.rawFiles.find(({ name }) => name === delivery?.file);
    if (raw === undefined) return { file: null, where: `not here: ${delivery?.because ?? 'its delivery is not here'}` };
    const name = handedInFile(digest);
    if (this.taken.has(name)) return { file: name, where: name };
    const inside = `in ${raw.name}, file ${index} of it, from 0`;
    if (size > MAX_FILE_BYTES || this.total + size > MAX_FILES_BYTES) return { file: null, where: inside };
    const found = filesIn(provenance.source, new TextDecoder('utf-8').decode(raw.bytes))[index];
    if (found?.digest !== digest) return { file: null, where: `not in ${raw.name}, which holds another file there` };
    this.taken.set(name, { name, bytes: found.bytes });
    this.total += size;
    return { file: name, where: name };
  }
}
