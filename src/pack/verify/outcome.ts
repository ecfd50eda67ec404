/** The checks in the order in which they are made and printed. */
export const CHECKS = [
  'archive',
  'file-list',
  'checksums',
  'manifest',
  'ledger',
  'commitments',
  'content-digests',
  'deliveries',
  'rebuilt',
] as const;
export type CheckName = (typeof CHECKS)[number];

export interface Check {
  readonly name: CheckName;
  readonly ok: boolean;
  /** What was compared, with counts; or why it could not be. */
  readonly detail: string;
}

export interface PackBreak {
  /** The file of the pack; null when it concerns the archive as a whole. */
  readonly file: string | null;
  readonly check: CheckName;
  readonly sentence: string;
}

/** Collects what one check after the other finds. */
export class Findings {
  readonly checks: Check[] = [];
  readonly breaks: PackBreak[] = [];

  /** Runs one check: it is ok when it reported no break. */
  check(name: CheckName, work: (report: (file: string | null, sentence: string) => void) => string): void {
    const before = this.breaks.length;
    const detail = work((file, sentence) => this.breaks.push({ file, check: name, sentence }));
    this.checks.push({ name, ok: this.breaks.length === before, detail });
  }
}
