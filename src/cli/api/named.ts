import { sha256Hex } from '../../ledger/hash';

/**
 * The name of a review to which the provider gives none: a person has one on a pull request. Made of the account's id, which
 * is in it as a digest only, so that the name stays the same and is nobody's.
 */
export const reviewName = (pullRequest: string, account: string): string =>
  sha256Hex(`review\n${pullRequest}\n${account}`).slice(0, 32);
