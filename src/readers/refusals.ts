/** Why a file is refused: a closed list, each with what to do next. */
export const REFUSALS = {
  empty: 'The file is empty; hand it in again once it is written.',
  'too-large': 'The file is larger than can be read here; hand in a part of it, or its digest.',
  'inflates-too-far': 'The file unpacks to more than can be read here; hand it in unpacked, in parts.',
  'archive-damaged': 'The compressed file is damaged; make it again.',
  'too-deep': 'The file nests deeper than any real one; hand in what the tool wrote.',
  'line-too-long': 'A line of the file is longer than any real one; hand in what the tool wrote.',
  'not-text': 'The file should be text and is not; hand in what the tool wrote.',
  'not-json': 'The file should be JSON and is not: it is cut off or was edited; hand in what the tool wrote.',
  shape: 'A member that everything rests on is missing or of another type; hand in what the tool wrote.',
  'not-xml': 'The file should be XML and is not: it is cut off or was edited; hand in what the tool wrote.',
  'document-type': 'The XML declares a document type, which is never read; hand it in without the <!DOCTYPE>.',
  'not-a-table': 'The sheet is not a table of columns and rows; export it as CSV with one line of headings.',
  'not-a-commit': 'The commit object is cut off or was edited; hand in what `git cat-file commit` prints.',
  'no-records': 'The file has the form of a log and holds no record that can be read.',
  'version-unknown': 'The format has a version that is not known here; hand in the form of a known version.',
} as const;
export type RefusalReason = keyof typeof REFUSALS;

/** Why the entry of a file says that it was not read: the reader's reason, or what kept it from being read or recorded. */
export const FILE_REFUSALS: Readonly<Record<string, string>> = {
  ...REFUSALS,
  'reading-broke-off': 'Reading the file broke off several times, so it was given up; hand in a part of it.',
  'not-recordable': 'What the file states cannot be recorded; hand in what the tool wrote, in parts.',
};

export const refusalSentence = (reason: string): string =>
  (Object.hasOwn(FILE_REFUSALS, reason) ? FILE_REFUSALS[reason] : undefined) ?? `The file was refused: ${reason}.`;
