import { appendEntry } from '../../ledger/append';
import { canonicalJson } from '../../ledger/canonical';
import { disclosed } from '../../ledger/commitment';
import type { Person } from '../../ledger/entry';
import { POLICY_CHAIN, TRUST_CURRENT_KEY, trustKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { keyCommitments, versionName, versionNumber, type SaltedKey } from '../../readers/trust/commitments';
import { keyDifferences } from '../../readers/trust/difference';
import type { RegisteredKey } from '../../readers/trust/registered';
import { storedDocument, type TrustDocument } from '../../readers/trust/schema';
import { Disclosing } from '../disclosing';
import { refuse } from '../refusal';
import { digestOf, isTrustSave, settleTrust, type SettledTrust, type TrustSaved } from './store';

/** Forge storage takes 240 KiB a value; the rest is for its own encoding. */
export const MAX_TRUST_BYTES = 200 * 1024;
export const MAX_KEYS = 1000;

/** What somebody wants of the keys, based on a version of them. */
export interface Attempt {
  readonly basedOn: string;
  readonly accountId: string;
  readonly reason: string;
  /** `next` is the number of the next key: numbers are never used again. */
  readonly alter: (keys: readonly RegisteredKey[], next: number) => readonly RegisteredKey[];
  /** Whether keys that were saved since hold it already. */
  readonly isIn: (keys: readonly RegisteredKey[]) => boolean;
}

/**
 * Saves a new version of the registered keys, in force when this answers, committed as `people.save` commits a people map:
 * first the version's document, then the ledger's entry, which is the commit point, then the copy in force. A version has
 * one successor: of two saves on the same version one is refused, but whoever asks again for what they saved is answered.
 * The entry holds a commitment to each key and sentences without anybody's data.
 *
 * Where storage has lost what was saved, the register begins anew, and the entry says so.
 *
 * @throws Refused 400 too-large, 409 not-in-force, ledger-broken, or what `alter` throws.
 */
export async function saveTrust(ports: Ports, attempt: Attempt): Promise<SettledTrust> {
  const settled = await settleTrust(ports);
  const { document, breaks, version } = settled;
  const [broken] = breaks;
  if (broken !== undefined) {
    const message = `No keys are saved on a ledger that does not verify: ${broken.sentence}.`;
    throw refuse(409, 'ledger-broken', message);
  }
  if (version !== attempt.basedOn) return answerConflict(ports, settled, attempt);
  const before = (document?.keys ?? []).map(({ key }) => key);
  const after = attempt.alter(before, nextNumber(settled));
  const saved = await createVersion(ports, version, document?.keys ?? [], after);
  const lost =
    document === undefined ? ['The keys before cannot be read from storage any more; these begin anew.'] : [];
  const stored = await announce(ports, saved, [...lost, ...keyDifferences(before, after)], attempt);
  if (stored.entry.body.version !== saved.version) return answerConflict(ports, await settleTrust(ports), attempt);
  await ports.store.set(TRUST_CURRENT_KEY, saved);
  return settleTrust(ports);
}

const nextNumber = ({ saves }: SettledTrust): number =>
  1 + Math.max(0, ...saves.flatMap(({ entry }) => entry.body.keys.map(({ id }) => Number(id.slice('key-'.length)))));

async function answerConflict(ports: Ports, settled: SettledTrust, attempt: Attempt): Promise<SettledTrust> {
  const next = settled.saves.find(({ entry }) => entry.fact === factOf(attempt.basedOn));
  const by = next === undefined ? undefined : disclosed<Person>(next, next.entry.body.by);
  if (next !== undefined && by?.accountId === attempt.accountId) {
    const theirs = await ports.store.get(trustKey(next.entry.body.version));
    const keys = digestOf(theirs) === next.entry.body.trustDigest ? storedDocument(theirs)?.keys : undefined;
    if (keys !== undefined && attempt.isIn(keys.map(({ key }) => key))) return settled;
  }
  throw refuse(
    409,
    'not-in-force',
    `${by?.displayName ?? 'Somebody'} saved the signing keys meanwhile, and nothing of yours was saved. Look at theirs and do it again.`,
  );
}

/** Salts stay with what they hide; a key that was altered has a new one. */
async function createVersion(
  ports: Ports,
  basedOn: string,
  before: readonly SaltedKey[],
  after: readonly RegisteredKey[],
): Promise<TrustDocument> {
  const salts = new Map(before.map(({ key, salt }) => [canonicalJson(key), salt]));
  const keys: SaltedKey[] = after.map((key) => ({ key, salt: salts.get(canonicalJson(key)) ?? ports.random.salt() }));
  const version = versionName(versionNumber(basedOn) + 1, keyCommitments(keys));
  const saved = { version, keys, salt: ports.random.salt() } as TrustDocument;
  const bytes = Buffer.byteLength(canonicalJson(saved));
  if (bytes > MAX_TRUST_BYTES || keys.length > MAX_KEYS)
    throw refuse(
      400,
      'too-large',
      `With these, ${keys.length} keys take ${bytes} bytes; at most ${MAX_KEYS} keys and ${MAX_TRUST_BYTES} bytes can be stored. Register fewer.`,
    );
  // New salts make a new name each time, so the name is free.
  if ((await ports.store.create(trustKey(version), saved)) === 'created') return saved;
  throw refuse(503, 'busy', 'The signing keys are being saved by others. Try again in a minute.');
}

/** A version has one successor: the ledger holds this name once. */
const factOf = (basedOn: string): string => `trust-after:${basedOn}`;

async function announce(
  ports: Ports,
  saved: TrustDocument,
  changes: readonly string[],
  { basedOn, reason, accountId }: Attempt,
): Promise<TrustSaved> {
  const person = await ports.jira.readDecider(accountId);
  const disclosing = new Disclosing(ports.random);
  const { stored } = await appendEntry(
    { store: ports.store, now: ports.clock.now() },
    {
      chain: POLICY_CHAIN,
      kind: 'trust-saved',
      fact: factOf(basedOn),
      body: {
        version: saved.version,
        trustDigest: digestOf(saved) ?? '',
        previous: basedOn,
        keys: keyCommitments(saved.keys),
        changes,
        by: disclosing.person(accountId, person?.displayName),
        reason,
      },
      disclosures: disclosing.disclosures,
    },
  );
  if (!isTrustSave(stored)) throw new Error(`entry ${stored.entry.seq} has the name of a register of keys`);
  return stored;
}
