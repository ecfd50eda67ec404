import type { ChangeContent } from '../change/snapshot';
import { MARKING_RULES } from './marking-rules';
import { SECRET_RULES } from './secret-rules';
import type { ScanRule } from './rule';

export const SCAN_RULES: readonly ScanRule[] = [...MARKING_RULES, ...SECRET_RULES];

/** One match in one text: half-open range in UTF-16 units. The matched text itself is not carried. */
export interface Hit {
  readonly rule: ScanRule;
  readonly start: number;
  readonly end: number;
}

/** Where a rule matched, without what it matched. `place` is a field key or a JSON pointer (RFC 6901). */
export interface Marking {
  readonly rule: string;
  readonly severity: ScanRule['severity'];
  readonly place: string;
}

/** Every match of every rule, in the order of the table. Linear in the length of the text. */
export function scanText(text: string): readonly Hit[] {
  // Nothing shorter can hold a marking or a secret, save the banner line "CUI" itself.
  if (text.length < 3) return [];
  const hits: Hit[] = [];
  for (const rule of SCAN_RULES) {
    // Almost every text has none, and a search does not copy the pattern as `matchAll` does.
    if (text.search(rule.pattern) === -1) continue;
    for (const match of text.matchAll(rule.pattern)) {
      hits.push({ rule, start: match.index, end: match.index + match[0].length });
    }
  }
  return hits;
}

/**
 * Markings and secrets in the controlled fields of a change, one for each field and rule; `place` is the field's key.
 * Advisory: it finds markings, not unmarked controlled information.
 */
export function scanContent(content: ChangeContent): readonly Marking[] {
  const found: Marking[] = [];
  for (const [field, value] of Object.entries(content)) {
    for (const text of textsOf(value)) found.push(...markingsIn(text, field));
  }
  const seen = new Set<string>();
  return found.filter(({ rule, place }) => {
    const key = `${place} ${rule}`;
    return !seen.has(key) && seen.add(key);
  });
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((part): part is string => typeof part === 'string') : [];
}

const markingsIn = (text: string, place: string): readonly Marking[] =>
  scanText(text).map(({ rule }) => ({ rule: rule.id, severity: rule.severity, place }));
