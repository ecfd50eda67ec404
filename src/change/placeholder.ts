/**
 * Words that stand where an answer should. NIST SP 800-171 3.4.3[b] wants changes reviewed, and "N/A" gives a reviewer
 * nothing to review. Each phrase is already normalised (see `plainWords`): "N/A" reads "n a".
 */
export const PLACEHOLDER_PHRASES: readonly string[] = [
  ...['na', 'n a', 'nan', 'nil', 'no', 'none', 'null', 'nothing', 'undefined', 'unknown', 'yes', 'ok', 'okay', 'done'],
  ...['tbd', 'tba', 'tbc', 'tbs', 'todo', 'to do', 'fixme', 'wip', 'later', 'pending', 'ditto', 'same', 'idk', 'dunno'],
  ...['to be determined', 'to be decided', 'to be defined', 'to be announced', 'to be advised', 'to be confirmed'],
  ...['to be added', 'to be completed', 'to be provided', 'to be done', 'to be filled', 'to be filled in', 'to follow'],
  ...['will follow', 'coming soon', 'in progress', 'work in progress', 'fill in', 'fill me in', 'fill this in'],
  ...['not applicable', 'not available', 'not needed', 'not required', 'not necessary', 'not relevant', 'not known'],
  ...[
    'see above',
    'see below',
    'see summary',
    'see description',
    'see title',
    'see ticket',
    'see issue',
    'see comment',
  ],
  ...['see comments', 'see attached', 'see attachment', 'see other field', 'as above', 'as below', 'as discussed'],
  ...['as agreed', 'as usual', 'as described', 'placeholder', 'dummy', 'test', 'asdf', 'qwerty', 'foo', 'bar', 'blah'],
  ...['lorem ipsum', 'lorem ipsum dolor sit amet', 'inapplicable', 'unapplicable', 'non applicable'],
];

/** Words that add nothing to a placeholder: "N/A for this change", "Backout plan: tbd", "none at this time, please". */
const FILLERS: ReadonlySet<string> = new Set(
  (
    'a an the this that it is are be for of to at in on and or as yet now here currently time moment please change ' +
    'ticket issue field plan plans backout rollback back out test testing scope justification reason security impact ' +
    'analysis needed required applicable available provided given known'
  ).split(' '),
);

const PHRASES: readonly (readonly string[])[] = PLACEHOLDER_PHRASES.map((phrase) => phrase.split(' '));

/**
 * The words of a text and nothing else: compatibility forms made plain (full-width "Ｎ／Ａ" is "N/A"), invisible
 * characters dropped, lower case, everything that is neither letter nor digit a space (Unicode TR15 NFKC, TR18).
 */
export function plainWords(text: string): string {
  return text
    .replace(/\[placeholder: [^\]]*\]/g, ' ')
    .replace(/\[(?:media|unsupported content|extension|content nested too deeply)\b[^\n]*\]/g, ' ')
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{M}]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Whether a text is only a placeholder: nothing but placeholder phrases, however often, with words around them that say
 * nothing. A text with at least one word of its own is an answer; whether it is a good one is for the reviewers.
 */
export function isPlaceholder(text: string): boolean {
  const words = plainWords(text)
    .replace(/^(?:\d+ )+(?=\D)/, '')
    .split(' ')
    .filter((word) => word !== '');
  // What the words up to each position can be read as; a phrase may begin inside another, so all readings are kept.
  const readAs: (Reading | undefined)[] = ['fillers'];
  words.forEach((word, at) => {
    const before = readAs[at];
    if (before === undefined) return;
    if (FILLERS.has(word) && readAs[at + 1] === undefined) readAs[at + 1] = before;
    for (const length of phrasesAt(words, at)) readAs[at + length] = 'placeholders';
  });
  const reading = readAs[words.length];
  // Fillers alone ("the plan") say nothing either.
  return reading === 'placeholders' || (reading === 'fillers' && words.length < 3);
}

type Reading = 'fillers' | 'placeholders';

/** The lengths of all placeholders that begin here; one character repeated ("xxx", "??") is one too. */
function phrasesAt(words: readonly string[], at: number): number[] {
  const fitting = PHRASES.filter((phrase) => phrase.every((word, i) => words[at + i] === word));
  return [...fitting.map(({ length }) => length), ...(isOneCharacter(words[at] ?? '') ? [1] : [])];
}

/** Latin only: one ideograph can be a word. "a" is left to the fillers. */
const isOneCharacter = (word: string): boolean => /^([a-z0-9])\1*$/.test(word) && word !== 'a';
