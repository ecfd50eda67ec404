import { hashEntry } from '../../ledger/chain';
import type { Disclosure, StoredEntry } from '../../ledger/entry';
import { isLedgerEntry } from '../../ledger/stored';
import { FILES } from '../files';
import { healthBreaks } from '../health';
import { jsonIn, type OpenedPack } from './opened';
import type { Findings } from './outcome';

/** The part of the ledger of the checks that the pack has: its entries follow on one another, and open what they say. */
export function checkHealthFile(pack: OpenedPack, findings: Findings): void {
  findings.check('health', (report) => {
    const bytes = pack.files.get(FILES.health);
    if (bytes === undefined) return { notDone: `${FILES.health} is missing` };
    const json = jsonIn(bytes);
    const segment = 'value' in json ? readStoredEntries(json.value) : undefined;
    if (segment === undefined) {
      report(FILES.health, 'is not a part of the ledger of the checks of the controls');
      return { notDone: `${FILES.health} cannot be read` };
    }
    for (const sentence of healthBreaks(segment)) report(FILES.health, sentence);
    return `${segment.length} entries follow on one another`;
  });
}

/** The entries in a value's member `entries`, each with what it discloses; undefined when it has another form. */
export function readStoredEntries(value: unknown): readonly StoredEntry[] | undefined {
  if (typeof value !== 'object' || value === null || !('entries' in value) || !Array.isArray(value.entries))
    return undefined;
  const found: StoredEntry[] = [];
  for (const one of value.entries as readonly unknown[]) {
    if (typeof one !== 'object' || one === null || !('entry' in one) || !('disclosures' in one)) return undefined;
    const { entry, disclosures } = one;
    if (!isLedgerEntry(entry) || !areDisclosures(disclosures)) return undefined;
    found.push({ entry, hash: hashEntry(entry), disclosures });
  }
  return found;
}

const areDisclosures = (value: unknown): value is Readonly<Record<string, Disclosure>> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every(
    (one: unknown) =>
      typeof one === 'object' && one !== null && 'salt' in one && typeof one.salt === 'string' && 'value' in one,
  );
