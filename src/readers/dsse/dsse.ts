import { found, type Finding } from '../findings';
import { inTotoStatement, isInTotoStatement } from '../in-toto/statement';
import type { Reader, Statement } from '../reader';
import { signatureAttributes, type Signature } from '../signature/checks';
import type { Trust } from '../signature/trust';
import { counted, readAs, stated } from '../stated';
import { dsseEnvelope, looksLikeEnvelope, verifyEnvelope, type DsseEnvelope } from './envelope';
import { createHash } from 'node:crypto';

/** Signatures of one file, each of which is tried with each registered key: nobody may fill a run's time with a chosen file. */
export const MAX_CHECKED = 2_000;

function howManyFit(envelopes: readonly DsseEnvelope[]): number {
  let sum = 0;
  const over = envelopes.findIndex(({ signatures }) => {
    sum += signatures.length;
    return sum > MAX_CHECKED;
  });
  return over === -1 ? envelopes.length : over;
}

/** DSSE envelopes, one or one a line (`.intoto.jsonl`), checked against registered keys; one fact each. */
export const dsseReader = (trust: Pick<Trust, 'keys'>): Reader => ({
  name: 'dsse',
  detects: ({ text }) => /"payloadType"\s*:/.test(text) && /"signatures"\s*:/.test(text),
  read: ({ json: { values } }) => {
    const given = values.filter(looksLikeEnvelope);
    if (given.length === 0 || given.length !== values.length) return { outcome: 'not-this' };
    const read = given.map(dsseEnvelope).filter((one) => one !== undefined);
    if (read.length === 0) return { outcome: 'refused', format: 'dsse', reason: 'shape' };
    const within = read.slice(0, howManyFit(read));
    const statements = within.map((one) => attestation(one, verifyEnvelope(one, trust)));
    const [missing, over] = [given.length - read.length, read.length - within.length];
    const findings: readonly Finding[] = [
      ...(missing === 0 ? [] : [found('malformed-records', `${counted(missing, 'envelope')} could not be read.`)]),
      ...(over === 0
        ? []
        : [
            found(
              'not-read-whole',
              `${over} of ${counted(read.length, 'envelope')} were not checked: a file may hold ${MAX_CHECKED} signatures. Hand it in in parts.`,
            ),
          ]),
    ];
    const title = statements.length === 1 ? (statements[0]?.title ?? '') : counted(statements.length, 'attestation');
    return readAs({
      format: 'dsse',
      kind: 'attestation',
      title,
      statements,
      findings,
      complete: missing === 0 && over === 0,
      attributes:
        statements.length === 1 ? (statements[0]?.attributes ?? {}) : { envelopes: String(statements.length) },
    });
  },
});

/** The type is signed with the payload: what was signed as something else is no statement, whatever it looks like. */
const IN_TOTO = /^application\/vnd\.in-toto(?:\.[a-z0-9.-]+)?\+json(?:$|;)/i;

/** What an envelope says and who stands by it; a payload that is no in-toto statement is named by its digest. */
export function attestation({ payload, payloadType, signatures }: DsseEnvelope, signature: Signature): Statement {
  const extra = { payloadType, signatures: String(signatures.length), ...signatureAttributes(signature) };
  const document = IN_TOTO.test(payloadType) ? parsed(payload) : undefined;
  const read = isInTotoStatement(document) ? inTotoStatement(document, payload, extra) : undefined;
  return (
    read ??
    stated({
      kind: 'attestation',
      id: `sha256:${createHash('sha256').update(payload).digest('hex')}`,
      title: `Signed ${payloadType}`,
      state: signature.state,
      attributes: extra,
    })
  );
}

function parsed(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch {
    // A payload need not be JSON: it is then named by type and digest.
    return undefined;
  }
}
