import * as z from '#zod';
import { EVIDENCE_KINDS, EVIDENCE_ROLES } from '../evidence/item';
import { canonicalJson } from '../ledger/canonical';
import type { Sha256Hex } from '../ledger/entry';
import { sha256Hex } from '../ledger/hash';
import { FINDING_CODES, found, type Finding } from './findings';
import type { Read, Statement } from './reader';

export const DOCUMENT_FORMAT = 'file-statements/1';

/** Beyond it statements are left out, with a finding: a compressed log states more than one value of memory should hold. */
export const MAX_DOCUMENT_LENGTH = 24 * 1024 * 1024;

/** What a file states, as it is kept beside the ledger and in a pack: one line of RFC 8785 JSON. */
export interface StatementsDocument {
  readonly format: typeof DOCUMENT_FORMAT;
  /** 32 random bytes: without it nobody can guess from the digest what was erased. */
  readonly salt: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
  readonly statements: readonly Statement[];
}

export interface WrittenDocument {
  readonly text: string;
  /** SHA-256 of the text: what the entry of the file commits to. */
  readonly digest: Sha256Hex;
  readonly document: StatementsDocument;
  /** False when statements were left out. */
  readonly complete: boolean;
}

/** @throws CanonicalError when a text of it is not Unicode. */
export function writeDocument(read: Extract<Read, { outcome: 'read' }>, salt: string): WrittenDocument {
  const plain = read.statements.map(plainStatement);
  const statements = plain.slice(0, howManyFit(plain));
  const over = plain.length - statements.length;
  const sentence = `${over} of ${plain.length} facts of the file are more than is kept of one; hand it in in parts.`;
  const document: StatementsDocument = {
    format: DOCUMENT_FORMAT,
    salt,
    attributes: { ...read.attributes },
    findings: [
      ...read.findings.map(({ code, sentence }) => ({ code, sentence })),
      ...(over === 0 ? [] : [found('not-read-whole', sentence)]),
    ],
    statements,
  };
  const text = canonicalJson(document);
  return { text, digest: sha256Hex(text), document, complete: over === 0 };
}

function howManyFit(statements: readonly Statement[]): number {
  let length = 0;
  const over = statements.findIndex((one) => {
    length += JSON.stringify(one).length;
    return length > MAX_DOCUMENT_LENGTH;
  });
  return over === -1 ? statements.length : over;
}

/** Exactly the members of a statement, none of them undefined. */
function plainStatement(one: Statement): Statement {
  return {
    kind: one.kind,
    id: one.id,
    repository: one.repository,
    title: one.title,
    url: one.url,
    state: one.state,
    commits: [...one.commits],
    attributes: { ...one.attributes },
    people: one.people.map(({ role, person }) => ({ role, person: { ...person } })),
    claimedAt: one.claimedAt,
    touches: [...one.touches],
    effect: one.effect,
  };
}

const text = z.string();
const nullable = z.nullable(text);
const shape = z.lazy(() =>
  z.strictObject({
    format: z.literal(DOCUMENT_FORMAT),
    salt: text.check(z.regex(/^[0-9a-f]{64}$/)),
    attributes: z.record(text, text),
    findings: z.array(z.strictObject({ code: z.enum(FINDING_CODES), sentence: text })),
    statements: z.array(
      z.strictObject({
        kind: z.enum(EVIDENCE_KINDS),
        id: text,
        repository: nullable,
        title: text,
        url: nullable,
        state: nullable,
        commits: z.array(text),
        attributes: z.record(text, text),
        people: z.array(
          z.strictObject({
            role: z.enum(EVIDENCE_ROLES),
            person: z.strictObject({
              accountId: z.exactOptional(text),
              displayName: z.exactOptional(text),
              email: z.exactOptional(text),
              login: z.exactOptional(text),
            }),
          }),
        ),
        claimedAt: nullable,
        touches: z.array(text),
        effect: z.enum(['read', 'write', 'unknown']),
      }),
    ),
  }),
) satisfies z.ZodMiniType<StatementsDocument>;

/** The document in a text, which comes from anywhere; undefined when it is none. */
export function readDocument(json: string): StatementsDocument | undefined {
  try {
    return shape.safeParse(JSON.parse(json)).data;
  } catch {
    // Not JSON: whoever asked says which file that is.
    return undefined;
  }
}
