import * as z from '#zod';
import { authorshipsIn } from '../../gate/authors';
import type { Authorship } from '../../gate/authors';
import { FINAL_STATUSES } from '../../gate/reasons';
import { appendEntries, type Draft } from '../../ledger/append';
import { sha256Hex } from '../../ledger/hash';
import { addressKey } from '../../ledger/keys';
import { mailbox, noreplyLogin, sameText } from '../../policy/identity';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { withLedger, type Facts } from '../facts';
import { namingSalt } from '../naming-salt';

const account = z.lazy(() => z.object({ accountId: z.string(), displayName: z.string(), email: z.string() }));
const remembered = z.lazy(() => z.object({ until: z.number(), accounts: z.array(account) }));
type ShownAccount = z.infer<typeof account>;

/**
 * Records which accounts Jira shows with the e-mail address of an author of evidence: one entry an address and account,
 * so that everything that judges, a verifier included, knows of it without asking Jira. Idempotent. A match stays: that
 * somebody had the address is a fact. Addresses that nobody had are asked for again while the change is live.
 */
export async function matchAuthors(ports: Ports, facts: Facts): Promise<Facts> {
  const { snapshot, entries } = facts;
  const known = new Set(entries.map(({ entry }) => entry.fact));
  const drafts: Draft[] = [];
  for (const [address, authorship] of addressesOf(facts, ports.clock.now())) {
    for (const found of await accountsWith(ports, address)) {
      const draft = draftOf(ports, facts, authorship, address, found);
      if (!known.has(draft.fact)) drafts.push(draft);
    }
  }
  if (drafts.length === 0) return facts;
  await appendEntries({ store: ports.store, now: ports.clock.now() }, snapshot.issueId, drafts);
  return withLedger(ports, snapshot);
}

/** Evidence of a change that is over is matched while it is fresh. */
const FRESH_MS = 24 * 60 * 60 * 1000;

/** Each address once, with the first who has it. */
function addressesOf({ snapshot, entries }: Facts, now: Date): ReadonlyMap<string, Authorship> {
  const over = FINAL_STATUSES.includes(snapshot.status);
  const fresh = (seq: number): boolean =>
    now.getTime() - Date.parse(entries.find(({ entry }) => entry.seq === seq)?.entry.at ?? '') < FRESH_MS;
  const found = new Map<string, Authorship>();
  for (const authorship of authorshipsIn(entries)) {
    const address = authorship.person.email?.trim().toLowerCase() ?? '';
    if (!address.includes('@') || noreplyLogin(address) !== undefined || found.has(address)) continue;
    if (!over || fresh(authorship.evidence)) found.set(address, authorship);
  }
  return found;
}

function draftOf(
  ports: Ports,
  facts: Facts,
  { evidence, index }: Authorship,
  address: string,
  { accountId, displayName, email }: ShownAccount,
): Draft {
  const disclosing = new Disclosing(ports.random);
  return {
    chain: facts.snapshot.issueId,
    kind: 'author-matched',
    fact: `author-matched:${sha256Hex(`${namingSalt(facts)}.${address}.${accountId}`).slice(0, 32)}`,
    body: {
      evidence,
      index,
      account: disclosing.person(accountId, displayName),
      address: sameText(email, address) ? 'same' : 'without-tag',
    },
    disclosures: disclosing.disclosures,
  };
}

const REMEMBERED_MS = 50 * 60 * 1000;

/** Asked of Jira at most about once an hour for an address, however many changes it is seen on. */
async function accountsWith(ports: Ports, address: string): Promise<readonly ShownAccount[]> {
  const key = addressKey(sha256Hex(address));
  const now = ports.clock.now().getTime();
  const known = remembered.safeParse(await ports.store.get(key)).data;
  if (known !== undefined && known.until > now && known.until <= now + REMEMBERED_MS) return known.accounts;
  const texts = new Set([address, mailbox(address)]);
  const found = (await Promise.all([...texts].map((text) => ports.jira.searchAccounts(text)))).flat();
  const byId = new Map(found.map((one) => [one.accountId, one]));
  const accounts = [...byId.values()].flatMap(({ accountId, displayName, email }) =>
    email !== null && mailbox(email) === mailbox(address) ? [{ accountId, displayName, email }] : [],
  );
  await ports.store.set(key, { until: now + REMEMBERED_MS, accounts }, { ttlSeconds: REMEMBERED_MS / 1000 });
  return accounts;
}
