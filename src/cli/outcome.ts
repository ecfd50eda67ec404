/** What a verb answers: 0 done, 1 the answer is no (altered, missing, blocked), 2 could not be done. */
export interface Outcome {
  readonly exitCode: 0 | 1 | 2;
  /** For standard output, without the last line feed. */
  readonly output: string;
  /** For standard error. */
  readonly complaint?: string;
}

export const couldNot = (complaint: string): Outcome => ({ exitCode: 2, output: '', complaint });

/** The code and message of an error of Node's, such as ENOENT; told by its members. Undefined for every other. */
export function nodeFailure(error: unknown): { readonly code: string; readonly message: string } | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('message' in error)) return undefined;
  return typeof error.code === 'string' ? { code: error.code, message: String(error.message) } : undefined;
}
