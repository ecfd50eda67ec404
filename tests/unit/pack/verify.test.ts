import { zipSync } from 'fflate';
import { checkChecksums, checkManifest } from '../../../src/pack/verify/listing';
import { checkLedger } from '../../../src/pack/verify/ledger';
import { openPack } from '../../../src/pack/verify/opened';
import { Findings } from '../../../src/pack/verify/outcome';
import { assemblePack } from '../../../src/pack/assemble';
import type { PackFile, PackInput } from '../../../src/pack/assemble';
import { FILES, RENDERER } from '../../../src/pack/files';
import { checksumsFile } from '../../../src/pack/manifest';
import { NotAPack, verifyFiles, verifyPack } from '../../../src/pack/verify';
import { zipPack } from '../../../src/pack/zip';
import { editFile, fileOf, replaceFile, resealed } from '../../golden/bytes';
import { goldenInput } from '../../golden/input';

let input: PackInput;
let files: PackFile[];
beforeAll(async () => {
  input = await goldenInput();
  files = assemblePack(input);
});

const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 0x01 : byte));

/** Every position of small files, and a spread over the others that no two runs of equal bytes escape. */
function positions(length: number, most: number): number[] {
  if (length <= most) return Array.from({ length }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.floor((i * (length - 1)) / (most - 1)));
}

describe('one changed byte', () => {
  it('is found in any file at any place, by the name of the file', () => {
    const missed: string[] = [];
    for (const { name, bytes } of files) {
      for (const at of positions(bytes.length, 130)) {
        const findings = new Findings();
        const pack = openPack(replaceFile(files, name, flipped(bytes, at)));
        checkChecksums(pack, findings);
        checkManifest(pack, findings);
        if (!findings.breaks.some(({ file }) => file === name)) missed.push(`${name} at ${at}`);
      }
    }
    expect(missed).toEqual([]);
  });

  it('makes the whole verification fail, naming the file and the check', () => {
    const missed: string[] = [];
    for (const { name, bytes } of files) {
      for (const at of positions(bytes.length, 5)) {
        const { ok, checks, breaks } = verifyFiles(replaceFile(files, name, flipped(bytes, at)));
        const named = breaks.find(({ file }) => file === name);
        if (ok || checks.find((check) => check.name === named?.check)?.ok !== false) missed.push(`${name} at ${at}`);
      }
    }
    expect(missed).toEqual([]);
  });

  it('is found even when both manifests are written again to match', () => {
    const missed: string[] = [];
    for (const { name, bytes } of files.filter(
      ({ name: other }) => other !== FILES.manifest && other !== FILES.checksums,
    )) {
      for (const at of positions(bytes.length, 4)) {
        if (verifyFiles(resealed(replaceFile(files, name, flipped(bytes, at)))).ok) missed.push(`${name} at ${at}`);
      }
    }
    expect(missed).toEqual([]);
  });

  it('is found in the ledger by its chain and last hash alone', () => {
    const { bytes } = fileOf(files, FILES.ledger);
    for (const at of positions(bytes.length, 250)) {
      const findings = new Findings();
      checkLedger(openPack(replaceFile(files, FILES.ledger, flipped(bytes, at))), findings);
      if (findings.breaks.length === 0) throw new Error(`missed at ${at}`);
    }
  });

  it('of the ZIP changes no file unseen: what is accepted has the same files', () => {
    const zip = zipPack(files);
    const accepted = positions(zip.length, 60).filter((at) => verifies(flipped(zip, at)));
    // Dates, versions and attributes are the archive's own business.
    expect(accepted.every((at) => sameContent(flipped(zip, at)))).toBe(true);
  });

  const verifies = (zip: Uint8Array): boolean => {
    try {
      return verifyPack(zip).ok;
    } catch (error) {
      if (error instanceof NotAPack) return false;
      throw error;
    }
  };
  const sameContent = (zip: Uint8Array): boolean => {
    const { head, manifestDigest } = verifyPack(zip).summary;
    const golden = verifyPack(zipPack(files)).summary;
    return head === golden.head && manifestDigest === golden.manifestDigest;
  };
});

const checksOf = (pack: readonly PackFile[]): string[] => [
  ...new Set(verifyFiles(pack).breaks.map(({ check }) => check)),
];

describe('the list of files', () => {
  it('misses none: each one left out is named', () => {
    for (const { name } of files) {
      const { ok, breaks } = verifyFiles(files.filter((file) => file.name !== name));
      expect([name, ok, breaks.some((found) => found.file === name)]).toEqual([name, false, true]);
    }
  });

  it.each(['extra.txt', '3.4.3-b_raw_' + 'a'.repeat(64) + '.json', '3.4.3-e_more.json', 'MANIFEST.SHA512'])(
    'has no room for %s',
    (name) => {
      const added = { name, bytes: Buffer.from('{}') };
      expect(verifyFiles([...files, added]).breaks).toContainEqual(expect.objectContaining({ file: name }));
      expect(verifyFiles(resealed([...files, added])).ok).toBe(false);
    },
  );

  it('does not depend on their order', () => {
    expect(verifyFiles(files.toReversed()).ok).toBe(true);
  });

  it('names a file under another name', () => {
    const renamed = files.map((file) =>
      file.name === FILES.policy ? { ...file, name: '3.4.3-c_policies.json' } : file,
    );
    const named = verifyFiles(renamed).breaks.map(({ file }) => file);
    expect(named).toEqual(expect.arrayContaining([FILES.policy, '3.4.3-c_policies.json']));
  });

  it('notices two files that changed places', () => {
    const swapped = files.map((file) => {
      if (file.name === FILES.policy) return { ...file, bytes: fileOf(files, FILES.decisions).bytes };
      return file.name === FILES.decisions ? { ...file, bytes: fileOf(files, FILES.policy).bytes } : file;
    });
    expect(verifyFiles(swapped).breaks.map(({ file }) => file)).toEqual(
      expect.arrayContaining([FILES.policy, FILES.decisions]),
    );
  });
});

/** Each alteration with manifests that match it: the check named is the one that has to find it. */
describe('a forged pack whose manifests agree with it', () => {
  it.each<[string, string, (text: string) => string, string]>([
    ['a decision edited', FILES.ledger, (text) => text.replace('Wednesday', 'Thursday'), 'ledger'],
    ['an entry left out', FILES.ledger, (text) => text.replace(/.*\n/, ''), 'ledger'],
    ['the last entry left out', FILES.ledger, (text) => text.replace(/.*\n$/, ''), 'ledger'],
    ['two entries swapped', FILES.ledger, (text) => text.replace(/(.*\n)(.*\n)/, '$2$1'), 'ledger'],
    ['an entry twice', FILES.ledger, (text) => text.replace(/(.*\n)$/, '$1$1'), 'ledger'],
    ['white space in an entry', FILES.ledger, (text) => text.replace('"kind":', '"kind": '), 'ledger'],
    ['carriage returns', FILES.ledger, (text) => text.replace(/\n/g, '\r\n'), 'ledger'],
    ['no line feed at the end', FILES.ledger, (text) => text.slice(0, -1), 'ledger'],
    ['an empty ledger', FILES.ledger, () => '', 'ledger'],
    ['a line that is no entry', FILES.ledger, (text) => `${text}{"a":1}\n`, 'ledger'],
    ['a name edited', FILES.disclosures, (text) => text.replace('Aiko', 'Akio'), 'commitments'],
    [
      'a disclosure of nothing',
      FILES.disclosures,
      (text) => `${text}{"commitment":"${'f'.repeat(64)}","salt":"${'0'.repeat(64)}","value":1}\n`,
      'commitments',
    ],
    ['a disclosure twice', FILES.disclosures, (text) => text.replace(/(.*\n)$/, '$1$1'), 'commitments'],
    ['a disclosure with another member', FILES.disclosures, (text) => text.replace(/}\n$/, ',"z":1}\n'), 'commitments'],
    ['a disclosure left out', FILES.disclosures, (text) => text.replace(/.*\n/, ''), 'rebuilt'],
    [
      'an exception removed',
      FILES.exceptions,
      (text) => text.replace(/"exceptions": \[[^]*?\],/, '"exceptions": [],'),
      'rebuilt',
    ],
    ['a decision said to stand', FILES.decisions, (text) => text.replace('"valid": false', '"valid": true'), 'rebuilt'],
    ['a gap removed', FILES.completeness, (text) => text.replace('"complete": false', '"complete": true'), 'rebuilt'],
    ['a review added', FILES.evidence, (text) => text.replace('"state": "success"', '"state": "failure"'), 'rebuilt'],
    [
      'the report edited',
      FILES.report,
      (text) => text.replace('outside the change window', 'inside the change window'),
      'rebuilt',
    ],
    [
      'a script in the report',
      FILES.report,
      (text) => text.replace('</body>', '<script>alert(1)</script></body>'),
      'rebuilt',
    ],
    [
      'the cover sheet edited',
      FILES.readme,
      (text) => text.replace('Exceptions       5', 'Exceptions       0'),
      'rebuilt',
    ],
    ['an easier policy', FILES.policy, (text) => text.replace('"change-authority"', '"security-reviewer"'), 'rebuilt'],
    ['another status', FILES.change, (text) => text.replace('"status": "Executed"', '"status": "Approved"'), 'rebuilt'],
    [
      'a history without its moves',
      FILES.change,
      (text) => text.replace(/"history": \[[^]*?\n {2}\],/, '"history": [],'),
      'rebuilt',
    ],
    ['a change that is no JSON', FILES.change, (text) => text.slice(1), 'rebuilt'],
    [
      'a change with members of another kind',
      FILES.change,
      (text) => text.replace('"historyComplete": true', '"historyComplete": "yes"'),
      'rebuilt',
    ],
    ['another key', FILES.change, (text) => text.replaceAll('CHG-42', 'CHG-43'), 'rebuilt'],
  ])('shows %s', (_, name, edit, check) => {
    const forged = resealed(editFile(files, name, edit));
    expect(checksOf(forged)).toContain(check);
    expect(verifyFiles(forged).checks.find((found) => found.name === 'checksums')?.ok).toBe(true);
  });

  it.each<[string, (text: string) => string]>([
    ['another time of export', (text) => text.replace('2026-03-05T08:30', '2026-03-06T08:30')],
    ['a time that is none', (text) => text.replace(/"judgedAt": "[^"]*"/, '"judgedAt": "yesterday"')],
    ['another exporter', (text) => text.replace('Aiko Tanaka', 'Somebody Else')],
    ['another site', (text) => text.replace('northwind', 'southwind')],
    ['a delivery said to be missing', (text) => text.replace('"state": "quarantined"', '"state": "missing"')],
    ['another number of entries', (text) => text.replace('"entries": 19', '"entries": 18')],
    ['another title of a file', (text) => text.replace('Cover sheet', 'Cover letter')],
    ['another format', (text) => text.replace('change-control-pack/1', 'change-control-pack/2')],
    ['a member that the format does not have', (text) => text.replace('{', '{"extra": 1,')],
    ['other white space', (text) => text.replaceAll('  ', ' ')],
    ['no JSON', () => '{'],
    [
      'a break that was there at export',
      (text) =>
        text.replace(
          '"breaksAtExport": []',
          '"breaksAtExport": [{"check": "hash", "sentence": "entry 3: altered", "seq": 3}]',
        ),
    ],
  ])('shows a manifest with %s', (_, edit) => {
    const edited = editFile(files, FILES.manifest, edit);
    const rest = edited.filter(({ name }) => name !== FILES.checksums);
    expect(verifyFiles([...rest, checksumsFile(rest)]).ok).toBe(false);
  });
});

describe('a pack of another version', () => {
  it('is checked by its digests, and the verifier says that it could not write the rest again', () => {
    const newer = editFile(files, FILES.manifest, (text) => text.replace(RENDERER, 'change-control-renderer/0'));
    const rest = newer.filter(({ name }) => name !== FILES.checksums);
    const verification = verifyFiles([...rest, checksumsFile(rest)]);
    expect(verification).toMatchObject({ ok: true });
    expect(verification.checks.at(-1)?.detail).toMatch(/^not done/);
  });
});

describe('a pack made from damaged storage', () => {
  it('is still made, says what was broken, and does not verify', () => {
    const entries = input.entries.map((stored, i) => (i === 5 ? { ...stored, hash: '0'.repeat(64) } : stored));
    const damaged = verifyFiles(assemblePack({ ...input, entries }));
    expect(damaged.breaks).toContainEqual(expect.objectContaining({ file: FILES.ledger, check: 'manifest' }));
  });

  it('lists a delivery as missing whose bytes are gone or are other bytes, and verifies', () => {
    const [first, ...rest] = input.deliveries;
    const other = input.deliveries.map((delivery) =>
      delivery.state === 'kept' ? { ...delivery, bytes: Buffer.from('other') } : delivery,
    );
    expect(first?.state).toBe('kept');
    for (const deliveries of [rest, [], other]) {
      const pack = assemblePack({ ...input, deliveries });
      expect(verifyFiles(pack)).toMatchObject({ ok: true });
      expect(Buffer.from(fileOf(pack, FILES.completeness).bytes).toString()).toMatch(
        /no longer stored|not the ones that were received/,
      );
    }
  });

  it('can be made of a change that nothing was ever recorded for', () => {
    const verdict = { ...input.verdict, decisions: [], exceptions: [] };
    const pack = assemblePack({ ...input, entries: [], deliveries: [], meetings: [], verdict });
    expect(checksOf(pack)).toEqual(['rebuilt']);
  });
});

describe('what is no pack at all', () => {
  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('not a pack')],
    ['an empty ZIP', zipSync({})],
    ['another ZIP', zipSync({ 'word/document.xml': Buffer.from('<w/>') })],
  ])('is said to be none: %s', (_, bytes) => {
    expect(() => verifyPack(bytes)).toThrow(NotAPack);
  });
});
