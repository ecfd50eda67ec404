/** Something that was sought and not got. */
export interface Missing {
  readonly what: string;
  readonly why: string;
}

/** What a gathering has to say besides the evidence: it goes to the person and, as a document, to the change. */
export class Report {
  readonly missing: Missing[] = [];
  readonly notes: string[] = [];

  lacks(what: string, why: string): void {
    this.missing.push({ what, why: oneLine(why) });
  }

  note(...sentences: readonly string[]): void {
    this.notes.push(...sentences.map(oneLine));
  }
}

/** What others say may hold anything, and is printed. */
const oneLine = (text: string): string =>
  text
    .replaceAll(/[\p{Control}\p{Surrogate}]+/gu, ' ')
    .trim()
    .slice(0, 1000);
