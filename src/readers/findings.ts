/** What a reader noticed about a file: a closed list. The sentence names the numbers; the code never changes. */
export const FINDING_CODES = [
  /** Not everything of the file was read; the sentence says how much and why. */
  'not-read-whole',
  /** Records that have not the form of their format, by number. */
  'malformed-records',
  /** Text around the content: CLI output, colours, time stamps of a runner. */
  'wrapper-noise',
  /** The file was in another encoding than UTF-8. */
  'other-encoding',
  /** Values were sensitive, by the file's own word or by their name, and are not shown. */
  'values-redacted',
  /** A log lost records, by its own word or by its numbering. */
  'log-gap',
  'log-lost',
  'log-rolled-over',
  'log-out-of-order',
  'log-cleared',
  'duplicate-records',
  /** A record without a time, which no window can be asked about. */
  'time-missing',
  /** A plan or run that ended with an error. */
  'errored',
  /** The real state differs from what was recorded before: somebody changed it outside. */
  'drift',
  /** Values that become known only when the change is made. */
  'unknown-values',
  /** Auditing itself was turned off, or what it records was changed. */
  'audit-altered',
  /** How a log stands to its change: when, who and what do not match. */
  'outside-window',
  'window-unknown',
  'by-another',
  'by-unknown',
  'by-nobody',
  'other-system',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export interface Finding {
  readonly code: FindingCode;
  readonly sentence: string;
}

export const found = (code: FindingCode, sentence: string): Finding => ({ code, sentence });
