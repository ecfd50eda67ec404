/** Answer of `health.read` and `health.check`. */
export interface HealthView {
  /** What is looked at; `findings` is what the last check found, null before the first. */
  readonly checks: readonly { readonly name: string; readonly findings: number | null }[];
  /** UTC ISO 8601 with milliseconds, like every instant here; null before the first check. */
  readonly checkedAt: string | null;
  /** Oldest first. */
  readonly open: readonly HealthFinding[];
  /** What is no longer found, newest first. */
  readonly history: readonly HealthFinding[];
  /** On how many days the ledger says that the controls were checked. */
  readonly days: number;
  /** False when the ledger of the checks does not verify. */
  readonly intact: boolean;
  readonly notLookedAt: readonly string[];
}

export interface HealthFinding {
  readonly seq: number;
  readonly code: string;
  readonly level: 'alarm' | 'unchecked' | 'note';
  readonly sentence: string;
  readonly remedy: string;
  /** Who brought it about, and when, where Jira says so. */
  readonly by: string | null;
  readonly changedAt: string | null;
  readonly foundAt: string;
  readonly resolvedAt: string | null;
}
