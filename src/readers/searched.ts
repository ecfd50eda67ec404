import { redactJson } from '../evidence/redact';
import type { ScanRule } from '../evidence/rule';
import { decode } from '../evidence/decode';
import { scanText } from '../evidence/scan';
import { inflate } from './inflate';
import type { Read } from './reader';

type Accepted = Extract<Read, { outcome: 'read' }>;
type Found = Pick<ScanRule, 'id' | 'severity'>;

/**
 * What a file states without markings and secrets, and which rules found one. Whatever was text was searched before it was
 * stored; what stands in an archive, or in the payload of an envelope, comes to light only now.
 */
export function searched(
  read: Accepted,
  bytes: Uint8Array,
): { readonly read: Accepted; readonly found: readonly Found[] } {
  const { title, attributes, statements } = read;
  const { text, findings } = redactJson(JSON.stringify({ title, attributes, statements }));
  const inside = foundInside(bytes);
  const all = new Map<string, Found>(
    [...findings.map(({ rule, severity }) => ({ id: rule, severity })), ...inside].map((one) => [one.id, one]),
  );
  return {
    read:
      findings.length === 0
        ? read
        : { ...read, ...(JSON.parse(text) as Pick<Accepted, 'title' | 'attributes' | 'statements'>) },
    found: [...all.values()],
  };
}

/** Rules by which a marking or a secret is found in the text inside an archive; none for what is no archive. */
export function foundInside(bytes: Uint8Array): readonly Found[] {
  const opened = inflate(bytes);
  if ('reason' in opened || opened.bytes === bytes) return [];
  return [...new Set(scanText(decode(opened.bytes)?.text ?? '').map(({ rule }) => rule))];
}
