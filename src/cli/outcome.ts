/** What a verb answers: 0 done, 1 the answer is no (altered, missing, blocked), 2 could not be done. */
export interface Outcome {
  readonly exitCode: 0 | 1 | 2;
  /** For standard output, without the last line feed. */
  readonly output: string;
  /** For standard error. */
  readonly complaint?: string;
}

export const couldNot = (complaint: string): Outcome => ({ exitCode: 2, output: '', complaint });
