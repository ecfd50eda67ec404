import { textFromField } from './content';
import type { AccountId } from './snapshot';

/** One line of "Required actions": what has to be done, and whom it names. */
export interface RequiredActionLine {
  /** Never empty. */
  readonly what: string;
  /** A mention names an account; `@name` is looked up in Jira later; null when the line names nobody. */
  readonly owner: { readonly accountId: AccountId } | { readonly name: string } | null;
}

/** A mention as text, `@Mia Krystof[~accountid:5b10…]`, as textOfAdf and Jira's changelog write it. */
const MENTION = /(?:(?:^|(?<=\s))@[^@\n[\]]*)?\[~accountid:([^\]\s]+)\]/;
const NAME_AT_END = /(?:^|\s)@([^@]+)$/;
const NAME_AT_START = /^@(\S+?)[:,]?\s+(.+)$/;
const LIST_MARK = /^\s*(?:[-*•]|\d+[.)]|\[[ x]\])\s+/;

/**
 * The required actions of a disapproval, one a line, `what @owner`; the owner may also come first. Takes ADF, where a
 * mention names the owner, or text. Lines without words are dropped; a line that names nobody is kept with owner null,
 * so that a caller can refuse it.
 */
export function requiredActionLines(value: unknown): RequiredActionLine[] {
  return textFromField(value)
    .split('\n')
    .map((line) => line.replace(LIST_MARK, '').trim())
    .flatMap((line) => {
      const { what, owner } = parseLine(line);
      const words = what.replace(/[\s:,;–—-]+$/, '').trim();
      return /[\p{L}\p{N}]/u.test(words) ? [{ what: words, owner }] : [];
    });
}

function parseLine(line: string): RequiredActionLine {
  const mention = MENTION.exec(line);
  if (mention?.[1] !== undefined) {
    const what = `${line.slice(0, mention.index)} ${line.slice(mention.index + mention[0].length)}`;
    return { what: what.replace(/^[\s:,;–—-]+/, ''), owner: { accountId: mention[1] } };
  }
  const last = NAME_AT_END.exec(line);
  if (last?.[1] !== undefined && last.index > 0)
    return { what: line.slice(0, last.index), owner: { name: last[1].trim() } };
  const first = NAME_AT_START.exec(line);
  if (first?.[1] !== undefined && first[2] !== undefined) return { what: first[2], owner: { name: first[1] } };
  return { what: line, owner: null };
}
