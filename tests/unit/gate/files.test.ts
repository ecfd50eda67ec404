import { demanded, expectedKinds, type ExpectableKind } from '../../../src/evidence/expected';
import { authorsBarred, authorsOf } from '../../../src/gate/authors';
import { judge } from '../../../src/gate/judge';
import { whyNotCovered } from '../../../src/gate/linked';
import { FINDING_CODES } from '../../../src/readers/findings';
import { evidenceOf } from '../../../src/readers/evidence-of';
import { readersTrusting, readFile } from '../../../src/readers/readers';
import { NO_TRUST } from '../../../src/readers/signature/trust';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import fixture from '../readers/signed-commits.json';
import { GENESIS } from '../../../src/ledger/entry';
import { handedIn } from '../readers/file';
import { id, NOW, Scene } from './scene';

const { id: COMMIT, object: OBJECT } = fixture.commits['ssh-ecdsa256'];
const KEY = fixture.keys['ssh-ecdsa256'].trim();
const SHA256 = `sha256:${'b'.repeat(64)}`;

type Holders = Parameters<typeof evidenceOf>[1];
const accountOf = (name: string): Holders => ({ 'key-1': { kind: 'account', accountId: id(name), name } });
/** The allowed signers of a register with this key. */
const REGISTERED = `key-1 ${KEY}`;

interface Read {
  readonly allowedSigners?: string;
  readonly holders?: Holders;
  readonly how?: 'hmac-sha256' | 'jira-session';
}

/** What a file states, as evidence of a change's ledger, read with these registered keys. */
function stated(scene: Scene, content: string, { allowedSigners = '', holders = {}, how = 'hmac-sha256' }: Read = {}) {
  const read = readFile(handedIn(content), readersTrusting({ ...NO_TRUST, allowedSigners }));
  if (read.outcome !== 'read') throw new Error(read.reason);
  for (const { kind, id: named, commits, attributes, people } of evidenceOf(read.statements, holders)) {
    const all = people.map(({ role, person }) => [role, person] as const);
    scene.evidence(kind, named, { commits, attributes, people: all, source: 'pipeline', authenticatedBy: how });
  }
  return scene;
}

describe('findings in files are exceptions', () => {
  it.each(FINDING_CODES)('%s: only what an assessor asks about', (code) => {
    const told = judge(DEFAULT_POLICY, new Scene().file({ findings: [code] }).facts(), NOW).exceptions;
    const asked = /^log-|audit-altered|drift|errored/.test(code);
    expect(told.some((one) => one.code === 'file-finding')).toBe(asked);
  });

  it('a signature that does not hold', () => {
    const signatures = { verified: 1, signerUnknown: 0, invalid: 2, unsigned: 0 };
    const { exceptions } = judge(DEFAULT_POLICY, new Scene().file({ signatures }).facts(), NOW);
    expect(exceptions).toContainEqual(expect.objectContaining({ code: 'signature-invalid' }));
    expect(exceptions.find(({ code }) => code === 'signature-invalid')?.sentence).toContain(
      '2 of its signatures do not',
    );
  });

  it('a file without either is none', () => {
    expect(judge(DEFAULT_POLICY, new Scene().file().facts(), NOW).exceptions).toEqual([]);
  });
});

describe('who an author is, by a commit object that was handed in', () => {
  const known = (read: Read): string | undefined => {
    const scene = stated(new Scene(), OBJECT, read).matched(0, 'reviewer');
    return authorsOf(scene.facts()).find(({ name }) => name === 'Dana Reviewer')?.known;
  };

  it.each<[string, Read, string]>([
    [
      'Jira shows the address for the holder of the key',
      { allowedSigners: REGISTERED, holders: accountOf('reviewer') },
      'account',
    ],
    ['the key is registered for somebody else', { allowedSigners: REGISTERED, holders: accountOf('msp') }, 'unproved'],
    [
      'the key is an organisation’s',
      { allowedSigners: REGISTERED, holders: { 'key-1': { kind: 'organisation', name: 'MSP' } } },
      'unproved',
    ],
    ['nobody registered the key', { holders: accountOf('reviewer') }, 'unproved'],
  ])('%s', (_, read, expected) => {
    expect(known(read)).toBe(expected);
  });

  it('bars whoever holds the key, whatever address the commit names', () => {
    const scene = stated(new Scene(), OBJECT, { allowedSigners: REGISTERED, holders: accountOf('msp') });
    expect([...authorsBarred(scene.facts()).keys()]).toEqual([id('msp')]);
    expect(judge(DEFAULT_POLICY, scene.facts(), NOW).exceptions.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('Dana Reviewer'),
    ]);
  });

  it('clears what the sender itself states of that commit, and of no other', () => {
    const dana = { displayName: 'Dana Reviewer', email: 'dana@example.com' };
    const people = [
      ['author', dana],
      ['committer', dana],
    ] as const;
    const scene = new Scene().evidence('commit', COMMIT, { commits: [COMMIT], people }).matched(0, 'reviewer');
    const of = () => authorsOf(scene.facts()).find(({ name }) => name === 'Dana Reviewer')?.known;
    expect(of()).toBe('unproved');
    stated(scene, OBJECT, { allowedSigners: REGISTERED, holders: accountOf('reviewer') });
    expect(of()).toBe('account');
    scene.evidence('commit', 'c'.repeat(40), { people });
    expect(of()).toBe('unproved');
  });

  it('names nobody in what is hashed in the clear', () => {
    const scene = stated(new Scene(), OBJECT, { allowedSigners: REGISTERED, holders: accountOf('reviewer') });
    const [stored] = scene.facts().entries;
    expect(JSON.stringify(stored?.entry)).not.toMatch(/example\.com|reviewer/);
    expect(stored?.entry.body).toMatchObject({ attributes: { signature: 'verified', signedBy: 'key-1' } });
  });
});

describe('what a file attests of a commit or an artifact', () => {
  const attested = JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      { name: 'first', digest: { sha256: 'a'.repeat(64) } },
      { name: 'app', digest: { sha256: 'b'.repeat(64) } },
    ],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {},
  });
  const covered = (scene: Scene, artifacts: readonly string[], commits: readonly string[] = []): boolean =>
    whyNotCovered(
      DEFAULT_POLICY,
      scene.decide('reviewer', 'approved').decide('authority', 'approved').facts(),
      { change: 'CHG-7', environment: 'production', commits, artifacts, actor: { name: 'Dana' } },
      NOW,
    ) === null;

  it('links every subject when a pipeline hands it in', () => {
    expect(covered(stated(new Scene(), attested), [SHA256, `sha256:${'a'.repeat(64)}`])).toBe(true);
  });

  it('links nothing when a person hands it in unsigned: whoever deploys must not write the evidence', () => {
    expect(covered(stated(new Scene(), attested, { how: 'jira-session' }), [SHA256])).toBe(false);
  });

  it('links a commit that a person hands in once a registered key signed it', () => {
    expect(covered(stated(new Scene(), OBJECT, { how: 'jira-session' }), [], [COMMIT])).toBe(false);
    const signed = stated(new Scene(), OBJECT, { allowedSigners: REGISTERED, how: 'jira-session' });
    expect(covered(signed, [], [COMMIT])).toBe(true);
  });

  it.each(['attestation', 'commit-signature'] as const)(
    'links nothing under a signature that does not hold: %s',
    (kind) => {
      const scene = new Scene().evidence(kind, SHA256, { attributes: { signature: 'invalid' } });
      expect(covered(scene, [SHA256])).toBe(false);
    },
  );
});

describe('an attestation that the policy demands before deploying', () => {
  const attested = (authenticatedBy: 'hmac-sha256' | 'jira-session', signature?: string): boolean => {
    const attributes = signature === undefined ? {} : { signature };
    const { entries } = new Scene().evidence('attestation', SHA256, { attributes, authenticatedBy }).facts();
    return demanded(entries, 'attestation') === 'there';
  };

  it.each([
    ['a person calls a file one', 'jira-session', undefined, false],
    ['a person hands in an unsigned one', 'jira-session', 'unsigned', false],
    ['a person hands in one of an unknown signer', 'jira-session', 'signed-signer-unknown', false],
    ['a person hands in one that a registered key signed', 'jira-session', 'verified', true],
    ['a pipeline hands in its digest', 'hmac-sha256', undefined, true],
    ['a pipeline hands in one whose signature does not hold', 'hmac-sha256', 'invalid', false],
  ] as const)('%s', (_, how, signature, expected) => {
    expect(attested(how, signature)).toBe(expected);
  });
});

describe('what a person hands in as evidence that the policy demands before deploying', () => {
  const provenance = (bodyDigest: string) => ({
    source: 'hand-in',
    event: 'file',
    deliveryId: null,
    authenticatedBy: 'jira-session' as const,
    secret: '',
    bodyDigest,
  });
  /** A file that Dana calls a kind; what a reader read it as, in this or in another delivery. */
  const claimed = (kind: ExpectableKind, read: string | null, delivery = GENESIS): Scene => {
    const people = [['sender', { accountId: id('reviewer'), displayName: 'Dana Reviewer' }]] as const;
    const scene = new Scene().evidence(kind, SHA256, { source: 'hand-in', authenticatedBy: 'jira-session', people });
    const outcome = read === null ? 'refused' : 'read';
    return scene.file({ outcome, evidence: read, claimedKind: kind, provenance: provenance(delivery) });
  };

  it.each<[ExpectableKind, string | null, string]>([
    ['test-result', 'test-result', 'there'],
    ['test-result', 'document', 'on-a-word'],
    ['test-result', 'execution-log', 'on-a-word'],
    ['test-result', null, 'on-a-word'],
    ['execution-log', 'execution-log', 'there'],
    ['execution-log', 'document', 'on-a-word'],
    ['configuration-difference', 'configuration-difference', 'there'],
    ['configuration-difference', 'configuration-state', 'on-a-word'],
    ['configuration-state', 'document', 'on-a-word'],
    ['external-change-record', 'document', 'on-a-word'],
    ['artifact', 'document', 'on-a-word'],
    ['document', 'document', 'there'],
    ['document', 'test-result', 'there'],
  ])('called %s and read as %s: %s', (kind, read, state) => {
    const { entries } = claimed(kind, read).facts();
    expect(demanded(entries, kind)).toBe(state);
  });

  it('is not met by another file that was read as that kind', () => {
    const { entries } = claimed('test-result', 'test-result', 'f'.repeat(64)).facts();
    expect(demanded(entries, 'test-result')).toBe('on-a-word');
  });

  it('is met by what a pipeline hands in beside it', () => {
    const scene = claimed('test-result', 'document').evidence('test-result', 'junit', { source: 'pipeline' });
    expect(demanded(scene.facts().entries, 'test-result')).toBe('there');
  });

  it.each<[ExpectableKind, string, string | null]>([
    ['test-result', 'test-result', null],
    ['test-result', 'document', 'handed in by Dana Reviewer'],
    ['document', 'document', 'handed in by Dana Reviewer'],
  ])('as %s, read as %s, is listed as found with whose word it is: %s', (kind, read, because) => {
    const rows = expectedKinds(claimed(kind, read).facts().entries, [kind]);
    expect(rows).toMatchObject([{ state: 'found', found: 1, sentence: null, because }]);
  });
});

describe('a signature that the sender calls verified and that does not hold when the app checks it', () => {
  const dana = { displayName: 'Dana Reviewer', email: 'dana@example.com' };
  const people = [
    ['author', dana],
    ['committer', dana],
  ] as const;
  const scene = (signature?: string): Scene => {
    const commit = { commits: [COMMIT], people, attributes: { signature: 'verified' } };
    const stated = new Scene().evidence('commit', COMMIT, commit).matched(0, 'reviewer');
    return signature === undefined
      ? stated
      : stated.evidence('commit-signature', COMMIT, {
          commits: [COMMIT],
          attributes: { signature },
          source: 'pipeline',
        });
  };

  it.each([
    [undefined, 'account', true],
    ['signed-signer-unknown', 'account', true],
    ['verified', 'account', true],
    ['invalid', 'unproved', false],
  ] as const)('%s: clears nobody and is no verified signature', (ours, known, counts) => {
    const { entries } = scene(ours).facts();
    expect(authorsOf({ ...scene(ours).facts() }).find(({ name }) => name === 'Dana Reviewer')?.known).toBe(known);
    expect(demanded(entries, 'commit-signature') === 'there').toBe(counts);
  });
});
