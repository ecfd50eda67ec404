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
  'health',
  'meetings',
  'from-jira',
  'files',
  'signing-keys',
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

/** A check that could not be made says why. It is not ok: what was not compared was not found to be good. */
export interface NotDone {
  readonly notDone: string;
}

/** Collects what one check after the other finds. */
export class Findings {
  readonly checks: Check[] = [];
  readonly breaks: PackBreak[] = [];

  /** Runs one check: it is ok when it could be made and reported no break. */
  check(name: CheckName, work: (report: (file: string | null, sentence: string) => void) => string | NotDone): void {
    const before = this.breaks.length;
    const outcome = work((file, sentence) => this.breaks.push({ file, check: name, sentence }));
    const done = typeof outcome === 'string';
    const detail = done ? outcome : `could not be done: ${outcome.notDone}`;
    this.checks.push({ name, ok: done && this.breaks.length === before, detail });
  }
}
