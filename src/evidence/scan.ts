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

/** More secrets of one kind in one text than anybody pastes: then all of the text goes. */
const MOST_HITS = 1000;

/**
 * The matches of every rule, in the order of the table: of a marking the first, which says it of the whole text; of a
 * secret each, or the whole text where there are more than 1,000. Linear in the length of the text, and bounded.
 */
export function scanText(text: string): readonly Hit[] {
  // Nothing shorter can hold a marking or a secret, save the banner line "CUI" itself.
  if (text.length < 3) return [];
  // Almost every text has none, and a search does not copy the pattern as `matchAll` does.
  return SCAN_RULES.flatMap((rule) => (text.search(rule.pattern) === -1 ? [] : hitsOf(rule, text)));
}

function hitsOf(rule: ScanRule, text: string): readonly Hit[] {
  const hits: Hit[] = [];
  for (const match of text.matchAll(rule.pattern)) {
    hits.push({ rule, start: match.index, end: match.index + match[0].length });
    if (rule.taints === 'text') break;
    if (hits.length > MOST_HITS) return [{ rule, start: 0, end: text.length }];
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
