/** A pattern in text that must not spread: a marking of controlled information, or a secret. */
export interface ScanRule {
  readonly id: string;
  /** `critical` is a classified banner: stop and tell the security officer (compliance text, section on spills). */
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  /** A marking says that the whole text is controlled; a secret is only the characters that match. */
  readonly taints: 'text' | 'match';
  /** Global, and linear in the length of the text: nobody may slow the intake down with a chosen body. */
  readonly pattern: RegExp;
}
