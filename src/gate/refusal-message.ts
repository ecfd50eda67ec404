/** Jira documents no limit for a validator's message; a longer one is not read in a dialog. */
export const LONGEST_MESSAGE = 999;

const LONGEST_SENTENCE = 300;

/**
 * Why a transition is refused, as one line: Jira runs the lines of a message together. It does not know what the other
 * validators said or whether Jira shows more than one message, so it names every problem, each once and numbered. What
 * has no room is counted, and named by the next refusal.
 */
export function refusalMessage(problems: readonly string[]): string {
  const distinct = [...new Set(problems)];
  const [only = ''] = distinct;
  if (distinct.length < 2) return excerpt(only, LONGEST_MESSAGE);
  const sentences = distinct.map((problem) => excerpt(problem, LONGEST_SENTENCE));
  for (let shown = sentences.length; shown > 0; shown -= 1) {
    const message = [...sentences.slice(0, shown).map(numbered), ...more(sentences.length - shown)].join(' ');
    if (message.length <= LONGEST_MESSAGE) return message;
  }
  return '';
}

/** A text within a sentence: on one line, and not longer than a reader needs to know which text is meant. */
export function excerpt(text: string, longest: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= longest) return line;
  const kept = line.slice(0, longest - 1);
  // Half of a character outside the basic plane would be shown as a replacement mark.
  return `${kept.replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`;
}

const numbered = (sentence: string, index: number): string => `${index + 1}. ${sentence}`;

const more = (count: number): readonly string[] =>
  count === 0 ? [] : [`And ${count} more, named when these are put right.`];
