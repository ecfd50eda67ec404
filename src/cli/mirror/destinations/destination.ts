import type { Copy } from '../copy';

/** What a destination answers for a copy that it holds. Nothing in it depends on anything but what the destination said. */
export type Receipt = {
  readonly destination: string;
  readonly where: string;
  /** SHA-256 of the copy. */
  readonly sha256: string;
  /**
   * How far it was proved: read back and compared; acknowledged as written by the server; or taken by the server, which
   * says no more.
   */
  readonly proof: 'read-back' | 'acknowledged' | 'taken';
  /** It was there before, and is the same. */
  readonly already: boolean;
  readonly versionId?: string;
  readonly lock?: { readonly mode: 'COMPLIANCE'; readonly retainUntil: string };
};

/** A place of the customer's. `put` may be called again with the same copy, at any time, by two at once. */
export interface Destination {
  /** Names it in the state and in receipts; holds no secret. */
  readonly id: string;
  /**
   * `before`: what it answered when it took this copy before.
   *
   * @throws DestinationProblem for a place that refuses, holds something else under the name, or did not hold what it was
   *   given; NoAnswer for one that could not be reached.
   */
  put(copy: Copy, before?: Receipt): Promise<Receipt>;
}

export class DestinationProblem extends Error {
  override readonly name = 'DestinationProblem';
  constructor(
    readonly code:
      'not-locked' | 'lock-too-short' | 'refused' | 'exists-otherwise' | 'not-as-written' | 'not-acknowledged',
    message: string,
  ) {
    super(message);
  }
}
