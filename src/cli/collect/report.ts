import type { EvidenceKind } from '../../evidence/item';

/** Something that was sought and not got, and which kinds of evidence that leaves out. */
export interface Missing {
  readonly what: string;
  readonly why: string;
  readonly kinds: readonly EvidenceKind[];
}

/** What a gathering has to say besides the evidence: it goes to the person and, as a document, to the change. */
export class Report {
  readonly missing: Missing[] = [];
  readonly notes: string[] = [];

  lacks(what: string, why: string, ...kinds: readonly EvidenceKind[]): void {
    this.missing.push({ what, why: oneLine(why), kinds });
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
