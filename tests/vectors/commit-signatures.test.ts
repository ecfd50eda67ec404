import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commitObject } from '../../src/readers/git-commit/object';
import { verifyCommit } from '../../src/readers/git-commit/verify-commit';
import { SshWire } from '../../src/readers/signature/ssh-wire';
import { corpusFolder } from './corpus';

const folder = corpusFolder('commit-signatures');
const NO_KEYS = { allowedSigners: '', openPgpKeys: [] };

interface Listed {
  readonly sha: string;
  readonly group: string;
  readonly kind: 'ssh' | 'pgp' | 'none';
  readonly sshKeygen?: string;
}

const filesOf = (path: string): readonly string[] => {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
};

describe('signed commits of public repositories, as git, ssh-keygen and gpg judged them', () => {
  const run = folder === undefined ? it.skip : it;
  const at = (...path: readonly string[]): string => join(folder ?? '', ...path);
  const listed = folder === undefined ? [] : (JSON.parse(readFileSync(at('index.json'), 'utf8')) as readonly Listed[]);
  const present = listed.filter(
    ({ group, sha }) => folder !== undefined && filesOf(at(group)).includes(`${sha}.commit`),
  );

  run('each has its id; with the key it is verified, without it nobody signed, changed it is invalid', () => {
    const keys = [{ name: 'GitHub', key: readFileSync(at('keys', 'github-web-flow.asc'), 'utf8') }];
    const rows: string[] = [];
    for (const { sha, group, kind, sshKeygen } of present) {
      const bytes = readFileSync(at(group, `${sha}.commit`));
      const commit = commitObject(bytes);
      if (commit === undefined) throw new Error(`${sha} is not read`);
      expect(commit.id).toBe(sha);
      const trust =
        kind === 'ssh'
          ? { ...NO_KEYS, allowedSigners: allowing(commit.signature ?? '') }
          : { ...NO_KEYS, openPgpKeys: keys };
      const good = verifyCommit(commit, trust);
      expect([sha, good.state]).toEqual([sha, 'verified']);
      if (sshKeygen !== undefined) expect(sshKeygen).toContain(` ${good.fingerprint ?? ''}`);
      expect([sha, verifyCommit(commit, NO_KEYS).state]).toEqual([sha, 'signed-signer-unknown']);
      const changed = Buffer.from(bytes);
      changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
      const other = commitObject(changed);
      expect(other?.id).not.toBe(sha);
      expect([sha, other && verifyCommit(other, trust).state]).toEqual([sha, 'invalid']);
      rows.push(`  ${sha.slice(0, 12)} ${kind} ${good.algorithm ?? ''}`);
    }
    expect(rows.length).toBe(present.length);
    process.stdout.write([`commit signatures: ${rows.length} verified, mutated invalid`, ...rows, ''].join('\n'));
  });
});

/** Allows the key that the signature names: these people's keys are published nowhere in the corpus. */
function allowing(armored: string): string {
  const wire = new SshWire(Buffer.from(armored.split('\n').slice(1, -1).join(''), 'base64'));
  wire.take(10);
  const key = wire.string() ?? Buffer.alloc(0);
  return `signer@example.com ${new SshWire(key).text() ?? ''} ${key.toString('base64')}\n`;
}
