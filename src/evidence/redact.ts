import { scanText, type Hit, type Marking } from './scan';
import { SECRET_PROPERTY } from './secret-rules';
import { readJsonStrings, type JsonString } from './json-strings';

/** A finding with the text that was matched, which only the deletable quarantine may keep. */
export interface Finding extends Marking {
  readonly matched: string;
}

/**
 * Takes markings and secrets out of a JSON text. Only string literals with a hit are rewritten, everything else stays
 * byte for byte, so the result is valid JSON of the same structure. A marking taints its whole string: the text around
 * it is what the marking warns of. Of a secret only the matched characters go. `text` is unchanged without findings.
 * The input must be valid JSON.
 */
export function redactJson(text: string): { readonly text: string; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const kept: string[] = [];
  let from = 0;
  for (const literal of readJsonStrings(text)) {
    const redacted = redactString(literal, findings);
    if (redacted === undefined) continue;
    kept.push(text.slice(from, literal.start), JSON.stringify(redacted));
    from = literal.end;
  }
  return findings.length === 0 ? { text, findings } : { text: kept.join('') + text.slice(from), findings };
}

/** Bytes in base64, in which any word may stand by chance; shorter ones may be a secret themselves. */
const isBytes = ({ value, property, isName }: JsonString): boolean =>
  !isName && property === 'base64' && value.length >= 1024 && /^[A-Za-z0-9+/]+={0,2}$/.test(value);

function redactString(literal: JsonString, findings: Finding[]): string | undefined {
  const { value, property } = literal;
  if (isBytes(literal)) return undefined;
  if (!literal.isName && property !== null && SECRET_PROPERTY.test(property) && value.length >= 6) {
    findings.push({ rule: 'secret-property', severity: 'medium', place: literal.pointer(), matched: value });
    return '[redacted: secret-property]';
  }
  const hits = scanText(value);
  if (hits.length === 0) return undefined;
  // The name of a property may itself be the text that must not spread.
  const place = literal.isName ? `${parentOf(literal.pointer())}/* (a property's name)` : literal.pointer();
  for (const { rule, start, end } of hits) {
    findings.push({ rule: rule.id, severity: rule.severity, place, matched: value.slice(start, end) });
  }
  const tainting = hits.find(({ rule }) => rule.taints === 'text');
  return tainting === undefined ? cutOut(value, hits) : `[redacted: ${tainting.rule.id}]`;
}

const parentOf = (pointer: string): string => pointer.slice(0, pointer.lastIndexOf('/'));

/** Replaces the ranges of the hits, which may overlap, each run by the id of the first rule in it. */
function cutOut(value: string, hits: readonly Hit[]): string {
  const sorted = [...hits].sort((a, b) => a.start - b.start);
  let out = '';
  let from = 0;
  for (const { rule, start, end } of sorted) {
    if (end <= from) continue;
    if (start >= from) out += `${value.slice(from, start)}[redacted: ${rule.id}]`;
    from = end;
  }
  return out + value.slice(from);
}
