export interface Difference {
  readonly start: string;
  readonly before: string;
  readonly after: string;
  readonly end: string;
}

/**
 * What differs between two texts, as one stretch of whole words: `start + before + end` is the old text and
 * `start + after + end` the new one, always.
 */
export function difference(before: string, after: string): Difference {
  const old = words(before);
  const now = words(after);
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  return {
    start: old.slice(0, head).join(''),
    before: old.slice(head, old.length - tail).join(''),
    after: now.slice(head, now.length - tail).join(''),
    end: tail === 0 ? '' : old.slice(old.length - tail).join(''),
  };
}

/** Words and the space between them, in order; joined they are the text again. */
function words(text: string): string[] {
  return text.match(/\s+|\S+/g) ?? [];
}

/** The last `length` characters for before a change, so that the change itself is in sight. */
export function clipStart(text: string, length: number): string {
  return text.length <= length ? text : `…${text.slice(-length)}`;
}

export function clipEnd(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
