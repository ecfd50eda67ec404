import type { Break } from '../../ledger/chain';
import { canonicalJson } from '../../ledger/canonical';
import type { StoredEntry } from '../../ledger/entry';
import { sha256Hex } from '../../ledger/hash';
import { POLICY_CHAIN, TRUST_CURRENT_KEY, trustKey } from '../../ledger/keys';
import { inspectLedger } from '../../ledger/read';
import type { KeysPart } from '../../pack/keys';
import type { Ports } from '../../ports/ports';
import { NO_TRUST, type Trust } from '../../readers/signature/trust';
import { keyCommitments, versionName, versionNumber } from '../../readers/trust/commitments';
import { EMPTY_REGISTER, type KeyHolder } from '../../readers/trust/registered';
import { registerOf, storedDocument, type TrustDocument } from '../../readers/trust/schema';
import { trustAt } from '../../readers/trust/trust-at';
import { refuse } from '../refusal';

/** What signatures are checked against, and the version of that list of keys and roots. */
export interface RegisteredTrust {
  readonly trust: Trust;
  /** `none` while nothing is registered. */
  readonly version: string;
  /** Whose each key is, by its id, which is what a verified signature names. */
  readonly holders: Readonly<Record<string, KeyHolder>>;
}

/**
 * The keys and roots that are registered now, as they count for something that reached the app at `receivedAt` (by default
 * now). One storage read. What is stored and is no register is never taken for "nothing is registered".
 *
 * @throws Refused 503 `trust-unreadable`.
 */
export async function readTrust(
  ports: Pick<Ports, 'store' | 'clock'>,
  receivedAt: Date = ports.clock.now(),
): Promise<RegisteredTrust> {
  const document = inForce(await ports.store.get(TRUST_CURRENT_KEY));
  if (document === undefined) return { trust: NO_TRUST, version: EMPTY_REGISTER.version, holders: {} };
  const register = registerOf(document);
  const holders = Object.fromEntries(register.keys.map(({ id, whose }) => [id, whose]));
  return { trust: trustAt(register, receivedAt), version: document.version, holders };
}

function inForce(value: unknown): TrustDocument | undefined {
  if (value === undefined) return undefined;
  const document = storedDocument(value);
  if (document === undefined || versionOf(document) !== document.version)
    throw refuse(
      503,
      'trust-unreadable',
      'The registered signing keys cannot be read, so no signature is checked. Tell your Jira admin.',
    );
  return document;
}

const versionOf = ({ version, keys }: TrustDocument): string =>
  versionName(versionNumber(version), keyCommitments(keys));

/** Versions of the register as packs show them: all commitments, and of the keys those that are named. */
export async function readKeysParts(
  ports: Pick<Ports, 'store'>,
  versions: readonly string[],
  named: readonly string[],
): Promise<readonly KeysPart[]> {
  const known = versions.filter((version) => versionNumber(version) > 0);
  const values = known.length === 0 ? [] : await ports.store.getMany(known.map(trustKey));
  return values.flatMap((value): readonly KeysPart[] => {
    const document = storedDocument(value);
    if (document === undefined || versionOf(document) !== document.version) return [];
    const { version, keys } = document;
    const opened = keys.filter(({ key }) => named.includes(key.id));
    return [{ version, commitments: keyCommitments(keys), keys: opened }];
  });
}

export type TrustSaved = StoredEntry<'trust-saved'>;

export const isTrustSave = (stored: StoredEntry): stored is TrustSaved => stored.entry.kind === 'trust-saved';

/** What the ledger says is in force; `document` is undefined when storage does not have what was saved. */
export interface SettledTrust {
  readonly version: string;
  readonly document: TrustDocument | undefined;
  /** Oldest first. */
  readonly saves: readonly TrustSaved[];
  readonly breaks: readonly Break[];
}

const ATTEMPTS = 5;
export const EMPTY_DOCUMENT: TrustDocument = { version: EMPTY_REGISTER.version, keys: [], salt: '' };

/**
 * Brings the keys in force in line with the ledger, whose newest save they are, as `settlePeople` does for the people map:
 * after a save that was broken off, two at once, or an alteration of storage behind the app's back. Idempotent.
 */
export async function settleTrust(ports: Ports): Promise<SettledTrust> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    // In this order: a copy is written after its entry, so an entry that the copy has cannot be missed.
    const current: unknown = await ports.store.get(TRUST_CURRENT_KEY);
    const { entries, breaks } = await inspectLedger(ports.store, POLICY_CHAIN);
    const saves = entries.filter(isTrustSave);
    const newest = saves.at(-1)?.entry.body;
    const version = newest?.version ?? EMPTY_DOCUMENT.version;
    const settled = (document: TrustDocument | undefined) => ({ version, document, saves, breaks });
    if (breaks.length > 0) return settled(current === undefined ? EMPTY_DOCUMENT : storedDocument(current));
    if (newest === undefined) {
      if (current !== undefined) await withdraw(ports);
      return settled(EMPTY_DOCUMENT);
    }
    if (digestOf(current) === newest.trustDigest) return settled(storedDocument(current));
    const saved = await ports.store.get(trustKey(version));
    if (digestOf(saved) !== newest.trustDigest) return settled(undefined);
    await ports.store.set(TRUST_CURRENT_KEY, saved);
  }
  throw refuse(503, 'busy', 'The signing keys are being saved by others. Try again in a minute.');
}

/** Nobody registered a key, so none may be in force. */
async function withdraw(ports: Ports): Promise<void> {
  ports.log.error('signing keys were in force that nobody registered, and were removed', new Error(TRUST_CURRENT_KEY));
  await ports.store.delete(TRUST_CURRENT_KEY);
}

/** Of the document as it is stored, its salt included. */
export function digestOf(stored: unknown): string | undefined {
  try {
    return sha256Hex(canonicalJson(stored));
  } catch {
    return undefined;
  }
}
