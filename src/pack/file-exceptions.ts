import type { PackFacts } from './facts';

/** What of a log does not match the change, for a person to look at. */
export interface FileException {
  readonly entry: number;
  readonly code: string;
  readonly sentence: string;
}

/** How the logs that were handed in differ from what was approved: when, by whom, on what. */
export const fileExceptions = ({ handedIn }: Pick<PackFacts, 'handedIn'>): readonly FileException[] =>
  handedIn.rows.flatMap(({ entry, format, matching }) =>
    (matching?.findings ?? []).map(({ code, sentence }) => ({ entry, code, sentence: `${format}: ${sentence}` })),
  );
