/** What the screens about people and the resolver agree on. */

export type IdentityView =
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'login'; readonly source: string; readonly login: string }
  | { readonly kind: 'author'; readonly name: string; readonly email: string };

/** One person of the map as a form takes and gives it. */
export interface PersonForm {
  readonly id: string;
  readonly name: string;
  /** Jira accounts, all of this one person; none for somebody who may not decide here. */
  readonly accounts: readonly string[];
  readonly identities: readonly IdentityView[];
  readonly organisation: string | null;
}

export interface AccountView {
  readonly accountId: string;
  readonly name: string;
  /** Why the account cannot decide, such as "not active"; null for a person's live account. */
  readonly note: string | null;
}

/** An author seen in evidence whom the map does not know. */
export interface UnmatchedView {
  readonly name: string;
  readonly identities: readonly IdentityView[];
  /** "authored commit 6dcb09b5b5", the first of what they made. */
  readonly did: string;
  /** Keys of the changes it was seen on. */
  readonly changes: readonly string[];
  /** Accounts that Jira shows with the same e-mail address. */
  readonly accounts: readonly string[];
}

/** Answer of `people.read`, and of `people.save` once it is saved. */
export interface PeopleView {
  readonly version: string;
  readonly people: readonly PersonForm[];
  /** Every account that is named here. */
  readonly accounts: readonly AccountView[];
  readonly unmatched: readonly UnmatchedView[];
  /** False when there are more than are listed. */
  readonly unmatchedComplete: boolean;
  /** False when storage no longer has what was saved: `people` is then empty, to start again from. */
  readonly readable: boolean;
  readonly editable: boolean;
  /** Every save, newest first. */
  readonly history: readonly {
    readonly version: string;
    readonly at: string;
    readonly by: string | null;
    readonly changes: readonly string[];
    readonly reason: string;
  }[];
}

/** Somebody who authored evidence of a change, for its panel. */
export interface AuthorView {
  /** The evidence entry and the place in its list of people that `author.resolve` takes. */
  readonly evidence: number;
  readonly index: number;
  readonly name: string;
  /** "dana at github, dana@example.test". */
  readonly identity: string;
  readonly did: readonly string[];
  readonly known: 'account' | 'nobody' | 'unproved' | 'unmatched';
  /** Names of the accounts this is, or may be. */
  readonly accounts: readonly string[];
  /** How it is known, in a sentence. */
  readonly how: string;
  readonly resolution: {
    readonly account: string | null;
    readonly by: string | null;
    readonly basis: string;
    readonly at: string;
  } | null;
}
