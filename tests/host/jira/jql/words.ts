/**
 * Jira's text search as far as the app and its README use it: every word must occur, without regard to case; `word*`
 * matches the start of a word; a part in double quotes matches those words in that order.
 */
export function matchesWords(texts: readonly string[], query: string): boolean {
  const phrases = [...query.matchAll(/"([^"]*)"/g)].map(([, phrase = '']) => wordsOf(phrase, false));
  const single = wordsOf(query.replace(/"[^"]*"/g, ' '), true).map((word) => [word]);
  const wanted = [...phrases, ...single].filter((words) => words.length > 0);
  const documents = texts.map((text) => wordsOf(text, false));
  return wanted.length > 0 && wanted.every((words) => documents.some((document) => contains(document, words)));
}

function wordsOf(text: string, wildcards: boolean): readonly string[] {
  return text.toLowerCase().match(wildcards ? /[\p{L}\p{N}_]+\*?/gu : /[\p{L}\p{N}_]+/gu) ?? [];
}

function contains(document: readonly string[], words: readonly string[]): boolean {
  return document.some((_, start) =>
    words.every((word, offset) => {
      const there = document[start + offset] ?? '';
      return word.endsWith('*') ? there.startsWith(word.slice(0, -1)) : there === word;
    }),
  );
}
