/** What git repositories really hold, read by git itself. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { commitsBetween } from '../../../../src/cli/collect/commits';
import { Git, GitProblem, refuseIncomplete } from '../../../../src/cli/collect/git';
import { commitObject } from '../../../../src/readers/git-commit/object';
import { readFile, readersTrusting } from '../../../../src/readers/readers';
import { NO_TRUST } from '../../../../src/readers/signature/trust';
import { sha256Hex } from '../../../../src/ledger/hash';
import { TestRepository } from '../repository';

const repository = new TestRepository();
const { sign, allowed } = repository.sshKey();
const git = new Git(repository.folder, allowed);
let first: string, signed: string, merge: string;

beforeAll(() => {
  first = repository.commit('First', { a: '1' });
  signed = repository.commit('CHG-7 signed', { 'ordner/grüße "x"\t.conf': '1', b: '1' }, ...sign);
  repository.git('checkout', '-q', '-b', 'side', first);
  repository.commit('On the side', { side: '1' });
  repository.git('checkout', '-q', 'main');
  repository.git('merge', '-q', '--no-ff', '-m', 'Merge', 'side');
  merge = repository.git('rev-parse', 'HEAD');
});
afterAll(() => repository.remove());

const byMessage = (base: string | undefined, head = 'HEAD') =>
  new Map(commitsBetween(git, base, git.find(head) ?? '').commits.map((commit) => [commit.envelope.message, commit]));

it('a signed commit is verified by an allowed signer, and its object proves the same to our own reader', () => {
  const commit = byMessage(first).get('CHG-7 signed');
  expect(commit?.envelope).toMatchObject({ id: signed, signature: 'verified' });
  const bytes = commit?.signed ?? Buffer.alloc(0);
  expect(commitObject(bytes)?.id).toBe(signed);
  const signers = execFileSync('cat', [allowed], { encoding: 'utf8' });
  const trust = { ...NO_TRUST, allowedSigners: signers };
  const file = { name: `${signed}.commit`, mediaType: null, bytes, digest: sha256Hex(bytes) };
  expect(readFile(file, readersTrusting(trust))).toMatchObject({
    outcome: 'read',
    format: 'git-commit',
    statements: [{ id: signed, state: 'verified' }],
  });
});

it('by a key that nobody knows it is not verified, and altered it is bad', () => {
  const stranger = new Git(repository.folder, '/dev/null');
  expect(commitsBetween(stranger, first, signed).commits).toMatchObject([{ envelope: { signature: 'unverified' } }]);
  const object = git.bytes(['cat-file', 'commit', signed]).toString('utf8').replace('CHG-7 signed', 'CHG-8 signed');
  const altered = git.text(['hash-object', '-t', 'commit', '-w', '--stdin'], object).trim();
  expect(commitsBetween(git, first, altered).commits).toMatchObject([{ envelope: { id: altered, signature: 'bad' } }]);
});

it('one without a signature has none, and no object comes with it', () => {
  expect(byMessage(first).get('On the side')).toMatchObject({ envelope: { signature: 'none' }, signed: undefined });
});

it('names of files are as they are, also with quotes, tabs and umlauts', () => {
  expect(byMessage(first).get('CHG-7 signed')?.envelope.files).toEqual(['b', 'ordner/grüße "x"\t.conf']);
});

it('of a merge both sides are there, its files are those against the first parent, and it is said', () => {
  const { commits, notes } = commitsBetween(git, first, merge);
  expect(commits.map(({ envelope: { message, files } }) => [message, files])).toEqual(
    expect.arrayContaining([
      ['On the side', ['side']],
      ['Merge', ['side']],
    ]),
  );
  expect(notes).toEqual([expect.stringMatching(/1 of the commits are merges/)]);
});

it('without a base all there is comes, the first commit with its files', () => {
  expect(byMessage(undefined).get('First')?.envelope.files).toEqual(['a']);
});

it('an empty range is empty', () => {
  expect(commitsBetween(git, merge, merge)).toEqual({ commits: [], notes: [] });
});

it('what replaces an object here is not handed in under its name', () => {
  const other = repository.git('commit-tree', '-m', 'Replaced', `${signed}^{tree}`);
  repository.git('replace', signed, other);
  expect(byMessage(first).get('CHG-7 signed')?.envelope.id).toBe(signed);
  repository.git('replace', '-d', signed);
});

it('a submodule that was moved is said, with its name', () => {
  repository.git('checkout', '-q', '-b', 'with-submodule', first);
  repository.git('update-index', '--add', '--cacheinfo', `160000,${first},vendor/lib`);
  repository.git('commit', '-q', '-m', 'Submodule');
  const { commits, notes } = commitsBetween(git, first, git.find('with-submodule') ?? '');
  expect(commits[0]?.envelope.files).toEqual(['vendor/lib']);
  expect(notes).toEqual(['Submodule vendor/lib was moved: commits inside of it are not gathered.']);
  repository.git('checkout', '-q', '-f', 'main');
});

it('a commit with very many files names the first thousand and counts all', () => {
  repository.git('checkout', '-q', '-b', 'huge', first);
  const blob = git.text(['rev-parse', `${first}:a`]).trim();
  const entries = Array.from({ length: 1500 }, (_, i) => `100644 blob ${blob}\tf${i}`);
  const tree = git.text(['mktree'], `${entries.join('\n')}\n`).trim();
  const huge = git
    .text(['-c', 'user.name=Z', '-c', 'user.email=z@x.test', 'commit-tree', '-p', first, '-m', 'Huge', tree])
    .trim();
  const { commits, notes } = commitsBetween(git, first, huge);
  // One of them is the file that is gone.
  expect([commits[0]?.envelope.fileCount, commits[0]?.envelope.files?.length]).toEqual([1501, 1000]);
  expect(notes).toEqual([expect.stringMatching(/more than 1000 files/)]);
  repository.git('checkout', '-q', '-f', 'main');
});

it('a repository whose objects are named by SHA-256 is read the same', () => {
  const folder = join(repository.root, 'sha256');
  execFileSync('git', ['init', '-q', '--object-format=sha256', folder]);
  execFileSync('git', [
    '-C',
    folder,
    '-c',
    'user.name=Z',
    '-c',
    'user.email=z@x.test',
    'commit',
    '-q',
    '--allow-empty',
    '-m',
    'x',
  ]);
  const other = new Git(folder);
  expect(commitsBetween(other, undefined, other.find('HEAD') ?? '').commits).toMatchObject([
    { envelope: { id: expect.stringMatching(/^[0-9a-f]{64}$/) as string } },
  ]);
});

describe('is refused, with what to do', () => {
  const refused = (one: Git) => {
    try {
      refuseIncomplete(one);
    } catch (error) {
      return error instanceof GitProblem ? error.message : error;
    }
    return 'not refused';
  };

  it('a shallow clone, which would leave commits out without a word', () => {
    const shallow = join(repository.root, 'shallow');
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${repository.folder}`, shallow], { stdio: 'ignore' });
    expect(refused(new Git(shallow))).toMatch(/shallow.*\n.*fetch-depth: 0/);
  });

  it('a repository without a commit', () => {
    const empty = join(repository.root, 'empty');
    execFileSync('git', ['init', '-q', empty]);
    expect(refused(new Git(empty))).toMatch(/no commit in .* yet/);
  });

  it('a machine without git', () => {
    const { PATH } = process.env;
    process.env['PATH'] = '/no/such/folder';
    try {
      expect(refused(git)).toMatch(/git cannot be run/);
    } finally {
      process.env['PATH'] = PATH;
    }
  });
});
