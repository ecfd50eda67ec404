import type { ChangeSnapshot } from '../change/snapshot';
import type { Verdict } from '../gate/verdict';
import type { Break } from '../ledger/chain';
import type { Sha256Hex, StoredEntry } from '../ledger/entry';
import type { PeopleMap } from '../policy/people';
import type { Policy } from '../policy/policy';
import type { FromJiraPart } from './from-jira';
import type { KeysPart } from './keys';
import type { MeetingPart } from './meetings';
import type { StatementsPart } from './statements';

/** The body of a delivery that evidence in the ledger came from, named by the SHA-256 of its bytes as received. */
export type RawDelivery =
  | { readonly state: 'kept'; readonly bodyDigest: Sha256Hex; readonly bytes: Uint8Array }
  /** A copy without the marking or secret that was found in it. */
  | { readonly state: 'redacted'; readonly bodyDigest: Sha256Hex; readonly bytes: Uint8Array }
  /** Held back: a marking or a secret was found and no redacted copy exists. */
  | { readonly state: 'quarantined'; readonly bodyDigest: Sha256Hex }
  | { readonly state: 'missing'; readonly bodyDigest: Sha256Hex; readonly because: string };

/** Everything a pack is made of. The same input makes the same bytes. */
export interface PackInput {
  readonly appVersion: string;
  /** The site's host name, such as `acme.atlassian.net`. */
  readonly site: string;
  /** UTC with milliseconds. */
  readonly generatedAt: string;
  readonly exportedBy: { readonly accountId: string; readonly displayName: string };
  readonly snapshot: ChangeSnapshot;
  readonly entries: readonly StoredEntry[];
  /** The policy in force when the pack was made. */
  readonly policy: Policy;
  /** Earlier versions that its decisions name, by version. */
  readonly policies?: Readonly<Record<string, Policy>>;
  /**
   * The two files of policies as they are, where they were written by an app whose policies had fewer members: what is
   * judged by is `policy` and `policies`, what is kept is this.
   */
  readonly policyFiles?: { readonly policy: unknown; readonly policies: unknown };
  /** Who of the people map is in this change; absent when nobody is. */
  readonly people?: PeopleMap;
  /** `judge` over exactly these policies, people, snapshot and entries. */
  readonly verdict: Verdict;
  /** In any order; one that evidence names and that is not here is listed as missing. */
  readonly deliveries: readonly RawDelivery[];
  /** The part of the chain named `health` that belongs to the change, see ./health. */
  readonly health?: readonly StoredEntry[];
  /** The records of the meetings that its decisions name; absent when none does. */
  readonly meetings?: readonly MeetingPart[];
  /** What Jira held beside the fields; absent in packs from before that was read. */
  readonly fromJira?: FromJiraPart;
  /** What the files that were handed in state, in any order; absent when none was. */
  readonly statements?: readonly StatementsPart[];
  /** The registered keys behind verified signatures; absent when none was verified. */
  readonly keys?: readonly KeysPart[];
  /** What `inspectLedger` found; without it the entries are checked here. */
  readonly ledgerBreaks?: readonly Break[];
}

export interface PackFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}
