import * as z from '#zod';
import type { StoredEntry } from '../../ledger/entry';
import { storedKey } from '../../readers/trust/schema';
import { FILES } from '../files';
import { keyBreaks, keyVersionsNamed, type KeysPart } from '../keys';
import { count } from '../text';
import { jsonIn, type OpenedPack } from './opened';
import type { Findings } from './outcome';

/** The keys behind every verified signature are in the pack, and are those that the ledger commits to. */
export function checkKeys(pack: OpenedPack, entries: readonly StoredEntry[], findings: Findings): void {
  findings.check('signing-keys', (report) => {
    const named = keyVersionsNamed(entries);
    const bytes = pack.files.get(FILES.keys);
    if (bytes === undefined) {
      if (named.length === 0) return 'no signature was verified';
      report(FILES.keys, `is missing, and signatures were verified against ${named.join(', ')}`);
      return { notDone: `${FILES.keys} is missing` };
    }
    const json = jsonIn(bytes);
    const parts = 'value' in json ? readKeysParts(json.value) : undefined;
    if (parts === undefined) {
      report(FILES.keys, 'is not a list of signing keys');
      return { notDone: `${FILES.keys} cannot be read` };
    }
    for (const sentence of keyBreaks(parts, entries)) report(FILES.keys, sentence);
    const keys = parts.reduce((sum, part) => sum + part.keys.length, 0);
    return `${count(keys, 'signing key')} of ${count(parts.length, 'version')}`;
  });
}

const outside = z.strictObject({
  versions: z.array(
    z.strictObject({
      version: z.string(),
      commitments: z.array(z.strictObject({ id: z.string(), commitment: z.string().check(z.regex(/^[0-9a-f]{64}$/)) })),
      keys: z.array(z.unknown()),
    }),
  ),
});

/** The value of the file; undefined when it has another form. */
export function readKeysParts(value: unknown): readonly KeysPart[] | undefined {
  const read = outside.safeParse(value).data?.versions.map((part) => ({ ...part, keys: part.keys.map(storedKey) }));
  const sound = read?.flatMap(({ keys, ...part }) => {
    const known = keys.filter((key) => key !== undefined);
    return known.length === keys.length ? [{ ...part, keys: known }] : [];
  });
  return sound?.length === read?.length ? sound : undefined;
}
