import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { filesOf, givenArtifact, MAX_WHOLE_BYTES } from '../../../../src/cli/collect/files';
import { HIDDEN, withoutSensitiveValues } from '../../../../src/cli/collect/plan-values';
import { Report } from '../../../../src/cli/collect/report';
import { Secrets } from '../../../../src/cli/secrets';

const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'files-'));
const put = (name: string, bytes: string | Uint8Array): string => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const sha256 = (bytes: string | Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
beforeAll(() => {
  for (const name of ['reports/a.xml', 'reports/deep/b.xml', 'reports/.hidden/c.xml', 'größe [1].xml', 'reports/a.txt'])
    put(name, name);
  put('node_modules/x/d.xml', 'd');
  symlinkSync(join(folder, 'reports'), join(folder, 'loop'));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

async function taken(patterns: readonly string[], whole = true, environment: Record<string, string> = {}) {
  const report = new Report();
  return {
    ...(await filesOf({ option: 'junit', kind: 'test-result' }, patterns, {
      whole,
      secrets: new Secrets(environment),
      report,
    })),
    report,
  };
}

it.each<[string, string[], string[]]>([
  ['a path', ['reports/a.xml'], ['reports/a.xml']],
  [
    'a path from elsewhere by its last part',
    [join(folder, '../', folder.split('/').at(-1) ?? '', 'reports/a.xml')],
    ['reports/a.xml'],
  ],
  ['within a folder', ['reports/*.xml'], ['reports/a.xml']],
  ['over folders', ['**/*.xml'], ['größe [1].xml', 'reports/.hidden/c.xml', 'reports/a.xml', 'reports/deep/b.xml']],
  ['alternatives', ['reports/a.{xml,txt}'], ['reports/a.txt', 'reports/a.xml']],
  ['from the current folder', ['./reports/*.txt'], ['reports/a.txt']],
  ['brackets in a name that is there', ['größe [1].xml'], ['größe [1].xml']],
  ['each once', ['reports/a.xml', 'reports/*.xml'], ['reports/a.xml']],
])('finds %s', async (_, patterns, names) => {
  const { contents, report } = await taken(patterns);
  expect([contents.map(({ name }) => name), report.missing]).toEqual([names, []]);
});

it.each<[string, string, object]>([
  ['a pattern without a file', 'none/*.xml', { what: '--junit none/*.xml', why: 'no file', kinds: ['test-result'] }],
  ['a path that is not there', 'none.xml', { what: '--junit none.xml', why: 'ENOENT', kinds: ['test-result'] }],
  ['a folder', 'reports', { what: '--junit reports', why: 'EISDIR', kinds: ['test-result'] }],
])('%s is missing', async (_, pattern, missing) => {
  const { contents, artifacts, report } = await taken([pattern, 'reports/a.txt']);
  expect([contents.length, artifacts, report.missing]).toEqual([1, [], [missing]]);
});

it('bytes that are no text come as they are', async () => {
  put('x.bin', Buffer.from([0xff, 0, 1]));
  expect((await taken(['x.bin'])).contents).toEqual([{ name: 'x.bin', base64: '/wAB' }]);
});

it('one that is too large comes by its digest, and it is said', async () => {
  const bytes = Buffer.alloc(MAX_WHOLE_BYTES + 1, 'a');
  put('large.log', bytes);
  const { contents, artifacts, report } = await taken(['large.log']);
  expect([contents, artifacts]).toEqual([[], [{ name: 'large.log', size: bytes.length, digest: sha256(bytes) }]]);
  expect(report.notes).toEqual([expect.stringMatching(/large\.log has 2900001 bytes and does not come whole/)]);
});

it("a secret of the run's environment is taken out, and the file itself is known by its digest", async () => {
  const text = 'token=hush-hush-123 end';
  put('out.log', text);
  const { contents, artifacts, report } = await taken(['out.log'], true, { DEPLOY_TOKEN: 'hush-hush-123' });
  expect(contents).toEqual([{ name: 'out.log', text: 'token=*** end' }]);
  expect(artifacts).toEqual([{ name: 'out.log', size: text.length, digest: sha256(text) }]);
  expect(report.notes).toEqual(["Secrets of this run's environment were taken out of out.log."]);
});

it('a secret in text of another encoding is taken out too, and one without any stays as it is', async () => {
  const bytes = Buffer.from('\ufefftoken=hush-hush-123 end', 'utf16le');
  put('windows.log', bytes);
  const { contents, artifacts } = await taken(['windows.log'], true, { DEPLOY_TOKEN: 'hush-hush-123' });
  expect(contents).toEqual([{ name: 'windows.log', text: 'token=*** end' }]);
  expect(artifacts).toMatchObject([{ digest: sha256(bytes) }]);
  const plain = await taken(['windows.log'], true, { DEPLOY_TOKEN: 'something-else' });
  expect(plain.contents).toEqual([{ name: 'windows.log', base64: bytes.toString('base64') }]);
});

it('a link that leads out of the folder gives nothing of what it leads to but its digest', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  writeFileSync(join(outside, 'credentials'), 'not for everybody');
  mkdirSync(join(folder, 'linked'));
  symlinkSync(join(outside, 'credentials'), join(folder, 'linked/out.xml'));
  symlinkSync(join(folder, 'reports/a.xml'), join(folder, 'linked/in.xml'));
  const { contents, artifacts, report } = await taken(['linked/*.xml']);
  expect(contents.map(({ name }) => name)).toEqual(['linked/in.xml']);
  expect(artifacts.map(({ name }) => name)).toEqual(['linked/out.xml']);
  expect(report.notes).toEqual([expect.stringMatching(/linked\/out\.xml is a link that leads out/)]);
  // What is named by its own path from elsewhere is what was meant.
  expect((await taken([join(outside, 'credentials')])).contents).toEqual([
    { name: 'credentials', text: 'not for everybody' },
  ]);
  rmSync(outside, { recursive: true });
  rmSync(join(folder, 'linked'), { recursive: true });
});

describe('a Terraform plan', () => {
  const change = (before: unknown, after: unknown, sensitive: unknown) => ({
    address: 'aws_db.x',
    change: { actions: ['update'], before, after, before_sensitive: sensitive, after_sensitive: sensitive },
  });
  const plan = {
    format_version: '1.2',
    terraform_version: '1.11.4',
    variables: { password: { value: 'planted-1' }, region: { value: 'here' } },
    configuration: { root_module: { variables: { password: { sensitive: true }, region: {} } } },
    planned_values: {
      outputs: { key: { sensitive: true, value: 'planted-2' }, name: { sensitive: false, value: 'shown' } },
      root_module: {
        child_modules: [{ resources: [{ values: { p: 'planted-3', q: 'shown' }, sensitive_values: { p: true } }] }],
      },
    },
    prior_state: {
      values: {
        root_module: { resources: [{ values: { a: ['planted-4', 'shown'] }, sensitive_values: { a: [true] } }] },
      },
    },
    resource_changes: [
      change(
        { p: 'planted-5', n: null, q: 'shown' },
        { p: 'planted-6', list: [{ s: 'planted-7' }] },
        { p: true, n: true, list: [{ s: true }] },
      ),
    ],
    resource_drift: [change('planted-8', 'planted-9', true)],
    output_changes: {
      key: { before: 'planted-10', after: 'planted-11', before_sensitive: true, after_sensitive: true },
    },
  };

  it('is handed in without the values that it marks as sensitive, wherever they stand', async () => {
    put('plan.json', JSON.stringify(plan));
    const { contents, artifacts, report } = await taken(['plan.json']);
    const [content] = contents;
    const text = content !== undefined && 'text' in content ? content.text : '';
    expect(text).not.toContain('planted');
    expect(JSON.parse(text)).toMatchObject({
      variables: { password: { value: HIDDEN }, region: { value: 'here' } },
      planned_values: { outputs: { name: { value: 'shown' } } },
      resource_changes: [{ change: { before: { p: HIDDEN, n: null, q: 'shown' } } }],
    });
    expect(artifacts).toMatchObject([{ digest: sha256(readFileSync('plan.json')) }]);
    expect(report.notes).toEqual(['11 values that plan.json marks as sensitive were taken out of it.']);
  });

  it('a state that is shown is handed in without them as well', () => {
    const state = { format_version: '1.0', terraform_version: '1.11.4', values: plan.planned_values };
    expect(withoutSensitiveValues(JSON.stringify(state))).toMatchObject({
      hidden: 2,
      text: expect.not.stringContaining('planted') as string,
    });
  });

  it.each([
    [
      'without anything sensitive',
      JSON.stringify({
        ...plan,
        variables: {},
        planned_values: {},
        prior_state: {},
        resource_changes: [],
        resource_drift: [],
        output_changes: {},
      }),
    ],
    ['that is no plan', '{"a": {"sensitive": true, "value": 1}}'],
    ['that is no JSON', '{"format_version"'],
    ['that is a list', '[1]'],
  ])('%s stays byte for byte', (_, text) => {
    expect(withoutSensitiveValues(text)).toBeUndefined();
  });
});

it.each<[string, object | undefined]>([
  [`sha256:${'a'.repeat(64)}`, { digest: `sha256:${'a'.repeat(64)}` }],
  [`sha256:${'a'.repeat(64)}=app 1`, { digest: `sha256:${'a'.repeat(64)}`, name: 'app 1' }],
  [`registry.test/app@sha256:${'a'.repeat(64)}`, { digest: `sha256:${'a'.repeat(64)}`, name: 'registry.test/app' }],
  [`sha256:${'A'.repeat(64)}`, undefined],
  ['sha256:abc', undefined],
  ['app', undefined],
])('an artifact elsewhere: %s', (said, expected) => {
  expect(givenArtifact(said)).toEqual(expected);
});
