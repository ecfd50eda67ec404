import { factOf } from '../../evidence/fact';
import { FROM_A_FILE, factInFile } from '../../evidence/read-from-file';
import type { EvidenceItem } from '../../evidence/item';
import type { Draft } from '../../ledger/append';
import type { FileRead } from '../../ledger/file-read';
import { sha256Hex } from '../../ledger/hash';
import type { Ports } from '../../ports/ports';
import type { WholeFile } from '../../providers/files';
import { evidenceOf } from '../../readers/evidence-of';
import type { WrittenDocument } from '../../readers/document';
import type { Read } from '../../readers/reader';
import { summaryOf } from '../../readers/summary';
import { READER_VERSION } from '../../readers/version';
import { Disclosing } from '../disclosing';
import type { DeliveryRecord, HandedInBy } from '../intake/delivery';
import { evidenceDraft, provenanceOf } from '../intake/drafts';
import type { RegisteredTrust } from '../trust/store';
import type { Reading, ReadingOf } from './reading';

/** A file of a delivery, and everything its entry says of how it came. */
export interface FileOf extends ReadingOf {
  readonly file: WholeFile;
  readonly record: DeliveryRecord;
  /** The registered keys that signatures in it are checked against. */
  readonly registered: RegisteredTrust;
}

type Accepted = Extract<Read, { outcome: 'read' }>;

/** The entries of a file that was read: its signed facts as evidence of their own, and then the file. */
export function readDrafts(ports: Ports, of: FileOf, read: Accepted, written: WrittenDocument): readonly Draft[] {
  const { statements, findings } = written.document;
  const entry = fileDraft(ports, of, {
    outcome: 'read',
    format: read.format,
    evidence: read.kind,
    title: read.title,
    refusal: null,
    statementsDigest: written.digest,
    complete: read.complete && written.complete,
    findings: [...new Set(findings.map(({ code }) => code))],
    ...summaryOf(statements),
  });
  return [...evidenceOf(statements, of.registered.holders).map((item) => statedDraft(ports, of, item)), entry];
}

/**
 * A marking or a secret that came to light when a file was opened stops the export of packs like any other: the bytes are
 * kept as they came. Named by where it stands and the reading's salt, so by nothing that matched.
 */
export const foundDrafts = (
  { issueId, delivery, index }: ReadingOf,
  { salt }: Pick<Reading, 'salt'>,
  found: readonly { readonly id: string; readonly severity: string }[],
): readonly Draft[] =>
  found.map(({ id: rule, severity }) => {
    const place = `/inside the file ${index}`;
    const digest = sha256Hex(`${salt}.${rule}.${delivery}.${place}`);
    const finding = digest.slice(0, 16);
    const body = { finding, rule, severity, place, digest };
    return { chain: issueId, kind: 'marking-found', fact: `marking:${finding}`, body, disclosures: {} };
  });

/** The entry of a file that could not be read. */
export const refusedDraft = (ports: Ports, of: FileOf, format: string, refusal: string): Draft =>
  fileDraft(ports, of, {
    outcome: 'refused',
    format,
    evidence: null,
    title: null,
    refusal,
    statementsDigest: null,
    complete: false,
    findings: [],
    ...summaryOf([]),
  });

type Said = Pick<
  FileRead,
  | 'outcome'
  | 'format'
  | 'evidence'
  | 'refusal'
  | 'statementsDigest'
  | 'complete'
  | 'findings'
  | 'statements'
  | 'claimed'
  | 'effects'
  | 'signatures'
> & { readonly title: string | null };

function fileDraft(ports: Ports, of: FileOf, { title, ...said }: Said): Draft {
  const disclosing = new Disclosing(ports.random);
  const { file, record, delivery, index, issueId, registered } = of;
  return {
    chain: issueId,
    kind: 'file-read',
    fact: fileFact(of),
    body: {
      delivery,
      index,
      digest: file.digest,
      size: file.bytes.length,
      mediaType: file.mediaType,
      name: disclosing.value(file.name),
      claimedKind: file.kind,
      about: file.about === null ? null : disclosing.value(file.about),
      title: title === null ? null : disclosing.value(title),
      ...said,
      trustVersion: registered.version,
      readerVersion: READER_VERSION,
      by: personOf(record.handedInBy, disclosing),
      receivedAt: record.receivedAt,
      provenance: provenanceOf(record),
    },
    disclosures: disclosing.disclosures,
  };
}

const personOf = (by: HandedInBy | undefined, disclosing: Disclosing) =>
  by === undefined ? null : disclosing.person(by.accountId, by.displayName);

/** Names the entry of a file: one for each file of a delivery. */
export const fileFact = ({ delivery, index }: Pick<ReadingOf, 'delivery' | 'index'>): string =>
  `file-read:${delivery}:${index}`;

/** Apart from what the sender itself states of the same thing: what a file shows must never be taken for said before. */
function statedDraft(ports: Ports, { record, file, issueId }: FileOf, item: EvidenceItem): Draft {
  const draft = evidenceDraft(ports, record, item, [FROM_A_FILE], issueId);
  return { ...draft, fact: factInFile(file.digest, factOf(record.source, item)) };
}
