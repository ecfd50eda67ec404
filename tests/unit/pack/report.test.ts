import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { assemblePack } from '../../../src/pack/assemble';
import { FILES, describeFile, isPackFileName } from '../../../src/pack/files';
import { markup } from '../../../src/pack/report/html';
import { textOf } from '../../golden/bytes';
import { goldenInput } from '../../golden/input';

const packOf = async (
  change: (input: Awaited<ReturnType<typeof goldenInput>>) => Awaited<ReturnType<typeof goldenInput>> = (input) =>
    input,
) => assemblePack(change(await goldenInput()));

describe('the report', () => {
  it('can run and load nothing', async () => {
    const page = textOf(await packOf(), FILES.report);
    expect(page).not.toMatch(
      /<(?:script|img|iframe|link|object|embed|form|base)\b|javascript:[^a]|\son\w+=|@import|url\(/i,
    );
    const style = /<style>([^]*)<\/style>/.exec(page)?.[1] ?? '';
    const digest = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'"`,
    );
  });

  it('keeps no long first cell on one line: its table would run out of the paper', async () => {
    const page = textOf(await packOf(), FILES.report);
    const cells = [...page.matchAll(/<tr>\s*<td>([^]*?)<\/td>/g)].map(([, cell = '']) => cell);
    expect(cells.some((cell) => cell.startsWith('<div class="wraps">'))).toBe(true);
    // The names of the pack's files are long, and their table has room for them.
    const kept = cells.filter((cell) => !cell.startsWith('<div class="wraps">') && !/>3\.4\.3-b_/.test(cell));
    const lines = kept.flatMap((cell) => cell.split('<br />')).map((line) => line.replaceAll(/<[^>]*>/g, '').trim());
    expect(lines.filter((line) => line.length > 40)).toEqual([]);
  });

  it('shows hostile text as text, links only to https, and makes reversed text visible', async () => {
    const page = textOf(await packOf(), FILES.report);
    expect(page).toContain('Looks right &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('U+202E');
    expect(page).not.toContain('\u202e');
    expect([...page.matchAll(/href="([^"]*)"/g)].every(([, url]) => url?.startsWith('https://') === true)).toBe(true);
  });

  it('holds nothing that a text could have put there as markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { markup: page } = markup`<p title="${text}">${text}</p>`;
        const rest = page.replaceAll(/<span class="control">U\+[0-9A-F]{4}<\/span>/g, '');
        expect(rest.match(/[<>]/g)).toHaveLength(4);
        expect(rest.match(/"/g)).toHaveLength(2);
      }),
    );
  });

  it('names every objective, exceptions first, and never a finding', async () => {
    const page = textOf(await packOf(), FILES.report);
    const at = (text: string): number => page.indexOf(text);
    expect(at('<h2>Exceptions</h2>')).toBeLessThan(at('<h2>The four objectives</h2>'));
    for (const objective of ['3.4.3[a]', '3.4.3[b]', '3.4.3[c]', '3.4.3[d]']) expect(page).toContain(objective);
  });

  it.each([FILES.report, FILES.readme, FILES.completeness, FILES.decisions])(
    'keeps the words that only an assessor may use out of %s',
    async (name) => {
      const text = textOf(await packOf(), name);
      expect(text).not.toMatch(/\bcompliant\b|FIPS[- ]validated|FIPS[- ]compliant|\brejected\b/i);
      // In small letters it is what somebody said of the condition of an approval.
      expect(text).not.toMatch(/\bM[Ee][Tt]\b/);
    },
  );

  it.each([
    ['2026-03-03T10:20:00.000Z', '19 minutes ahead of its receipt: the sender’s clock is ahead'],
    ['2026-03-01T10:00:00.000Z', '2 days before its receipt: it came late, or the site’s clock is ahead'],
  ])('flags a time that a sender states of %s, received on 3 March at 10:01', async (claimedAt, words) => {
    const pack = await packOf((input) => ({
      ...input,
      ledgerBreaks: [],
      entries: input.entries.map((stored) =>
        stored.entry.kind === 'evidence'
          ? { ...stored, entry: { ...stored.entry, body: { ...stored.entry.body, claimedAt } } }
          : stored,
      ),
    }));
    expect(textOf(await packOf(), FILES.report)).not.toContain('Times differ');
    expect(textOf(pack, FILES.report)).toContain(`Times differ: ${words}`);
    expect(textOf(pack, FILES.evidence)).toMatch(/"skew": \{\s+"ahead"/);
  });

  it('names the logs of systems that were handed in, and where there is none keeps to saying so', async () => {
    const none = 'Logs kept on the changed system itself are not part of this pack.';
    const page = textOf(await packOf(), FILES.report);
    expect(page).toContain(
      'Logs of systems that were handed in and read: cloudtrail-2026-03-04.json (cloudtrail, 3 records',
    );
    expect(page).not.toContain(none);
    const without = await packOf((input) => ({
      ...input,
      ledgerBreaks: [],
      entries: input.entries.filter(({ entry }) => entry.kind !== 'file-read'),
    }));
    expect(textOf(without, FILES.report)).toContain(none);
  });

  it('says so where there is nothing', async () => {
    const pack = await packOf((input) => ({
      ...input,
      entries: [],
      deliveries: [],
      verdict: { ...input.verdict, decisions: [], exceptions: [] },
    }));
    const page = textOf(pack, FILES.report);
    expect(page).toContain('The ledger holds no entry for this change.');
    expect(page).toContain('No decision is recorded.');
    expect(page).toContain('No evidence from development tools is recorded.');
  });
});

describe('the files of a pack', () => {
  it('have names that survive Windows, PowerShell and eMASS, and each is described', async () => {
    for (const { name } of await packOf()) {
      expect(name).toMatch(/^[A-Za-z0-9._-]{1,150}$/);
      expect([name, isPackFileName(name)]).toEqual([name, true]);
      if (name !== FILES.manifest && name !== FILES.checksums) expect(describeFile(name)).toBeDefined();
    }
  });

  it('keep names of people out of the ledger, the policy and the file names', async () => {
    const pack = await packOf();
    const public_ = textOf(pack, FILES.ledger) + textOf(pack, FILES.policy) + pack.map(({ name }) => name).join();
    expect(public_).not.toMatch(/Tanaka|Lefèvre|Quintero|Patel|Njoroge|5b10a2844c20165700ede20|imani|renee/);
  });

  it('hold nothing of a person who was erased', async () => {
    for (const { name, bytes } of await packOf()) {
      expect([name, Buffer.from(bytes).includes('erased-on-request')]).toEqual([name, false]);
    }
  });
});
