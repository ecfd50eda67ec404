import type { Reader } from '../reader';
import { signatureAttributes } from '../signature/checks';
import type { Trust } from '../signature/trust';
import { readAs, stated } from '../stated';
import { commitObject, looksLikeCommit, type CommitPerson } from './object';
import { verifyCommit } from './verify-commit';

/** A raw commit object: its id computed anew, who wrote and committed it, and whether a registered key signed it. */
export const gitCommitReader = (trust: Pick<Trust, 'allowedSigners' | 'openPgpKeys'>): Reader => ({
  name: 'git-commit',
  detects: ({ bytes }) => looksLikeCommit(bytes),
  read: ({ bytes }) => {
    const commit = commitObject(bytes);
    if (commit === undefined) return { outcome: 'refused', format: 'git-commit', reason: 'not-a-commit' };
    const { fingerprint, ...signature } = verifyCommit(commit, trust);
    const attributes = {
      tree: commit.tree,
      parents: String(commit.parents.length),
      objectFormat: commit.id.length === 40 ? 'sha1' : 'sha256',
      signatureKind: commit.signatureKind ?? 'none',
      ...(fingerprint === null ? {} : { keyFingerprint: fingerprint }),
      ...signatureAttributes({ ...signature, checked: ['commit-id', ...signature.checked] }),
    };
    const user = ({ name, email }: CommitPerson) => ({ name, email });
    const at = commit.committer.at === null ? null : new Date(commit.committer.at).toISOString();
    const one = stated({
      kind: 'commit-signature',
      id: commit.id,
      title: commit.message.split('\n', 1)[0]?.trim() || `Commit ${commit.id.slice(0, 12)}`,
      state: signature.state,
      at,
      commits: [commit.id],
      attributes: {
        ...attributes,
        authoredAt: commit.author.at === null ? null : new Date(commit.author.at).toISOString(),
      },
      people: [
        ['author', user(commit.author)],
        ['committer', user(commit.committer)],
      ],
      touches: [commit.id],
      effect: 'write',
    });
    const title = `Commit ${commit.id.slice(0, 12)}: ${signature.state}`;
    return readAs({ format: 'git-commit', kind: 'commit-signature', title, statements: [one], attributes });
  },
});
