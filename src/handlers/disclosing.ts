import type { ChangeSnapshot } from '../change/snapshot';
import { commit } from '../ledger/commitment';
import type { Committed, Disclosure, Person, Sha256Hex } from '../ledger/entry';
import type { Randomness } from '../ports/ports';

/** Collects what lies beside an entry while its body is written: every person and every content is committed to. */
export class Disclosing {
  private readonly collected: Record<Sha256Hex, Disclosure> = {};

  constructor(private readonly random: Randomness) {}

  value(value: unknown): Committed {
    const { committed, disclosure } = commit(value, this.random.salt());
    this.collected[committed.commitment] = disclosure;
    return committed;
  }

  person(accountId: string, displayName: string | undefined): Committed {
    const person: Person = displayName === undefined ? { accountId } : { accountId, displayName };
    return this.value(person);
  }

  /** An account met in Jira, with the name Jira showed for it. Null for nobody (anonymous, deleted). */
  account(accountId: string | null, snapshot: ChangeSnapshot): Committed | null {
    return accountId === null ? null : this.person(accountId, snapshot.names[accountId]);
  }

  get disclosures(): Readonly<Record<Sha256Hex, Disclosure>> {
    return this.collected;
  }
}
