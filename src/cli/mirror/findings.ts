export const FINDINGS = [
  'head-backwards',
  'head-rewritten',
  'head-missing',
  'head-unreadable',
  'pack-altered',
  'pack-rewritten',
  'pack-of-another-change',
  'pack-not-announced',
  'pack-missing',
  'pack-gone',
  'change-gone',
  'copy-lock-too-short',
] as const;

/** Something that cannot be if the app only ever adds to its ledger and nobody alters it behind its back. */
export interface Finding {
  readonly code: (typeof FINDINGS)[number];
  readonly sentence: string;
}
