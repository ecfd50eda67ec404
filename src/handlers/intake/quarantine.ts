import * as z from '#zod';
import type { Finding } from '../../evidence/redact';
import { sha256Hex } from '../../ledger/hash';
import { quarantineChunkKey, quarantineKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { writeChunks } from './chunks';
import type { RecordedFinding } from './delivery';

/**
 * Bytes with a marking or a secret, with the salt of their findings' digests. Deletable: no entry, pack or notice copies
 * anything of it, and without the salt the digests say nothing about a text that could be guessed.
 */
const quarantineRecord = z.lazy(() =>
  z.object({
    format: z.literal('quarantine/1'),
    bodyDigest: z.string(),
    salt: z.string(),
    chunks: z.number(),
    receivedAt: z.string(),
  }),
);

/** A finding for each rule and place; more than this many become one that says how many there are. */
const MAX_FINDINGS = 200;

/**
 * Puts the body as received, in pieces, into quarantine and names its findings. May be repeated: the first salt stays, so that the
 * digests agree whoever of two writers gets to record them.
 */
export async function quarantine(
  ports: Ports,
  delivery: string,
  bodyDigest: string,
  chunks: readonly string[],
  found: readonly Finding[],
): Promise<readonly RecordedFinding[]> {
  await writeChunks(ports.store, chunks, (i) => quarantineChunkKey(delivery, i));
  const record = {
    format: 'quarantine/1' as const,
    bodyDigest,
    salt: ports.random.salt(),
    chunks: chunks.length,
    receivedAt: ports.clock.now().toISOString(),
  };
  const outcome = await ports.store.create(quarantineKey(delivery), record);
  const kept = outcome === 'created' ? record : quarantineRecord.parse(await ports.store.get(quarantineKey(delivery)));
  return recordedFindings(bodyDigest, kept.salt, found);
}

function recordedFindings(bodyDigest: string, salt: string, found: readonly Finding[]): readonly RecordedFinding[] {
  const byPlace = new Map<string, { first: Finding; matched: string[] }>();
  for (const finding of found) {
    const key = `${finding.rule} ${finding.place}`;
    const known = byPlace.get(key);
    if (known === undefined) byPlace.set(key, { first: finding, matched: [finding.matched] });
    else known.matched.push(finding.matched);
  }
  const all = [...byPlace.values()];
  const listed = all.slice(0, MAX_FINDINGS);
  const rest = all.length - listed.length;
  return [
    ...listed.map(({ first, matched }) => recorded(bodyDigest, salt, first, matched)),
    ...(rest === 0 ? [] : [recorded(bodyDigest, salt, { ...FURTHER, place: `${rest} further places` }, [])]),
  ];
}

const FURTHER = { rule: 'further-findings', severity: 'high' } as const;

function recorded(
  bodyDigest: string,
  salt: string,
  { rule, severity, place }: Pick<Finding, 'rule' | 'severity' | 'place'>,
  matched: readonly string[],
): RecordedFinding {
  return {
    // Names the place in this body, not the text that was matched.
    finding: sha256Hex(`${bodyDigest}.${rule}.${place}`).slice(0, 16),
    rule,
    severity,
    place,
    digest: sha256Hex(JSON.stringify([salt, rule, place, ...matched])),
  };
}
