import { answerDeploy, type FoundAccount, type GateVerdict } from '../../../src/gate/deploy';
import { checkQuestion, MAX_NAMED, readQuestion, type DeployQuestion } from '../../../src/gate/question';
import { DEFAULT_POLICY, type Policy } from '../../../src/policy/policy';
import { id, minute, NOW, PEOPLE, Scene } from './scene';

const COMMIT = 'a1'.repeat(20);
const LATER = 'b2'.repeat(20);
const ARTIFACT = `sha256:${'c3'.repeat(32)}`;

const QUESTION: DeployQuestion = {
  change: 'CHG-7',
  environment: 'production',
  commits: [COMMIT],
  artifacts: [],
  actor: { name: 'Dana', email: 'dana@example.test' },
};

const account = (displayName: string, email: string | null, also: Partial<FoundAccount> = {}): FoundAccount => ({
  accountId: `557058:${displayName.toLowerCase()}`,
  displayName,
  email,
  accountType: 'atlassian',
  active: true,
  ...also,
});
const DANA = account('Dana', 'dana@example.test');
const REVIEWER = account('Reviewer', 'reviewer@example.test');

interface Told {
  readonly scene: Scene;
  readonly question?: Partial<DeployQuestion>;
  readonly policy?: Partial<Policy>;
  readonly accounts?: readonly FoundAccount[];
  readonly pending?: boolean;
  readonly now?: Date;
}

function ask({ scene, question, policy, accounts = [DANA], pending = false, now = NOW }: Told) {
  const asked = { question: { ...QUESTION, ...question }, accounts, pending };
  return answerDeploy({ ...DEFAULT_POLICY, ...policy }, scene.facts(), asked, now);
}

/** Linked, then approved by both who are needed. */
const approved = (): Scene =>
  new Scene()
    .evidence('commit', COMMIT, { commits: [COMMIT] })
    .decide('reviewer', 'approved')
    .decide('authority', 'approved');

/** Approved, with a review of a pull request of Dana's. */
const reviewed = (state: string, reviewer: string): Scene =>
  approved().evidence('review', '9', {
    state,
    people: [
      ['reviewer', { login: reviewer }],
      ['author', { login: 'dana' }],
    ],
  });

const freeze = (systems: readonly string[]): Partial<Policy> => ({
  freezes: [
    { id: 'year-end', name: 'Year end', start: '2026-03-03T00:00:00.000Z', end: '2026-03-04T00:00:00.000Z', systems },
  ],
});

type Row = readonly [name: string, told: () => Told, verdict: GateVerdict];

const ROWS: readonly Row[] = [
  ['approved, linked, in its window, by somebody else', () => ({ scene: approved() }), 'allowed'],
  ['facts still being recorded', () => ({ scene: approved(), pending: true }), 'pending'],
  ['pending comes before every block', () => ({ scene: new Scene(), pending: true }), 'pending'],
  ['nobody decided', () => ({ scene: new Scene().evidence('commit', COMMIT) }), 'blocked-not-approved'],
  ['one of two decided', () => ({ scene: new Scene().decide('reviewer', 'approved') }), 'blocked-not-approved'],
  [
    'edited after it was approved',
    () => ({ scene: approved().edit('owner', { scope: 'Two rules.' }) }),
    'blocked-voided',
  ],
  [
    'approved again after the edit',
    () => ({
      scene: approved().edit('owner', { scope: 'Two.' }).decide('reviewer', 'approved').decide('authority', 'approved'),
    }),
    'allowed',
  ],
  ['disapproved since', () => ({ scene: approved().decide('authority2', 'disapproved') }), 'blocked-not-approved'],
  ['closed', () => ({ scene: approved().move('owner', 'Closed') }), 'blocked-not-approved'],
  [
    'forced to Approved without a decision',
    () => ({ scene: new Scene().move('owner', 'Approved') }),
    'blocked-not-approved',
  ],
  ['an incomplete history', () => ({ scene: Object.assign(approved(), { complete: false }) }), 'blocked-not-approved'],
  [
    'a kind of evidence demanded and missing',
    () => ({ scene: approved(), policy: { evidenceBeforeDeploying: ['commit', 'review'] } }),
    'blocked-incomplete',
  ],
  [
    'every kind demanded is there',
    () => ({ scene: reviewed('approved', 'rex'), policy: { evidenceBeforeDeploying: ['commit', 'review'] } }),
    'allowed',
  ],
  [
    'a review that asks for changes is not the one demanded',
    () => ({ scene: reviewed('changes_requested', 'rex'), policy: { evidenceBeforeDeploying: ['review'] } }),
    'blocked-incomplete',
  ],
  [
    'a review by the author is not the one demanded',
    () => ({ scene: reviewed('approved', 'dana'), policy: { evidenceBeforeDeploying: ['review'] } }),
    'blocked-incomplete',
  ],
  ['a freeze of everything', () => ({ scene: approved(), policy: freeze([]) }), 'blocked-freeze'],
  ['a freeze of its system', () => ({ scene: approved(), policy: freeze(['CUI enclave firewall']) }), 'blocked-freeze'],
  ['a freeze of another system', () => ({ scene: approved(), policy: freeze(['Identity provider']) }), 'allowed'],
  [
    'incomplete comes before freeze',
    () => ({ scene: approved(), policy: { ...freeze([]), evidenceBeforeDeploying: ['run'] } }),
    'blocked-incomplete',
  ],
  [
    'at the first instant of the window',
    () => ({ scene: approved(), now: new Date('2026-03-03T18:00:00.000Z') }),
    'allowed',
  ],
  ['before the window', () => ({ scene: approved(), now: new Date('2026-03-03T17:59:59.999Z') }), 'blocked-window'],
  [
    'at the last instant of the window',
    () => ({ scene: approved(), now: new Date('2026-03-03T20:00:00.000Z') }),
    'allowed',
  ],
  ['after the window', () => ({ scene: approved(), now: new Date('2026-03-03T20:00:00.001Z') }), 'blocked-window'],
  [
    'freeze comes before window',
    () => ({ scene: approved(), policy: freeze([]), now: new Date('2026-03-03T17:00:00.000Z') }),
    'blocked-freeze',
  ],
  [
    'a commit that no evidence names',
    () => ({ scene: approved(), question: { commits: [COMMIT, LATER] } }),
    'blocked-commit',
  ],
  [
    'a commit named by a run',
    () => ({
      scene: new Scene()
        .evidence('run', '1', { commits: [COMMIT] })
        .decide('reviewer', 'approved')
        .decide('authority', 'approved'),
    }),
    'allowed',
  ],
  [
    'a commit that is only the tip of a branch',
    () => ({
      scene: new Scene()
        .evidence('branch', 'refs/heads/x', { attributes: { after: COMMIT } })
        .decide('reviewer', 'approved')
        .decide('authority', 'approved'),
    }),
    'blocked-commit',
  ],
  [
    'a commit received after the deciding approval',
    () => ({ scene: approved().evidence('commit', LATER, { commits: [LATER] }), question: { commits: [LATER] } }),
    'blocked-commit',
  ],
  [
    'a commit received between the two approvals',
    () => ({
      scene: new Scene()
        .decide('reviewer', 'approved')
        .evidence('commit', COMMIT, { commits: [COMMIT] })
        .decide('authority', 'approved'),
    }),
    'allowed',
  ],
  [
    'a commit that came later, and the change approved again since',
    () => ({
      scene: approved()
        .evidence('commit', LATER, { commits: [LATER] })
        .decide('authority', 'approved'),
      question: { commits: [LATER] },
    }),
    'allowed',
  ],
  [
    'a later commit under the policy that takes any',
    () => ({
      scene: approved().evidence('commit', LATER, { commits: [LATER] }),
      question: { commits: [LATER] },
      policy: { laterCommits: 'any-linked' },
    }),
    'allowed',
  ],
  [
    'an artifact named by its digest',
    () => ({
      scene: new Scene().evidence('artifact', ARTIFACT).decide('reviewer', 'approved').decide('authority', 'approved'),
      question: { commits: [], artifacts: [ARTIFACT] },
    }),
    'allowed',
  ],
  [
    'an artifact that no evidence names',
    () => ({ scene: approved(), question: { artifacts: [ARTIFACT] } }),
    'blocked-commit',
  ],
  [
    'window comes before commit',
    () => ({ scene: approved(), question: { commits: [LATER] }, now: new Date('2026-03-03T17:00:00.000Z') }),
    'blocked-window',
  ],
  [
    'commit comes before actor',
    () => ({ scene: approved(), question: { commits: [LATER] }, accounts: [] }),
    'blocked-commit',
  ],
];

it.each(ROWS)('%s', (_, told, verdict) => {
  const { sentence, policyVersion, verdict: given } = ask(told());
  expect([given, policyVersion]).toEqual([verdict, 'default-1']);
  expect(sentence).toMatch(/^[A-Z].*\.$/);
});

describe('a discovered change', () => {
  const decided = (scene: Scene): Scene => scene.decide('reviewer', 'approved').decide('authority', 'approved');
  const start = (): Scene =>
    new Scene().with({ changeType: 'Discovered' }).evidence('commit', COMMIT, { commits: [COMMIT] });

  it.each<[string, () => Scene, GateVerdict]>([
    [
      'opens nothing for what was deployed there before',
      () => decided(start().deploy('1', 'Production', [COMMIT])),
      'blocked-commit',
    ],
    ['opens what was deployed elsewhere', () => decided(start().deploy('1', 'staging', [COMMIT])), 'allowed'],
    [
      'opens what was deployed after the decision',
      () => decided(start()).deploy('1', 'production', [COMMIT]),
      'allowed',
    ],
  ])('%s', (_, scene, verdict) => expect(ask({ scene: scene() }).verdict).toBe(verdict));
});

describe('an emergency pass', () => {
  const emergency = (): Scene =>
    new Scene()
      .with({ changeType: 'Emergency', windowStart: minute(0), windowEnd: '2026-03-09T00:00:00.000Z' })
      .evidence('commit', COMMIT, { commits: [COMMIT] })
      .decide('emergency', 'approved');

  it.each<[string, string, GateVerdict]>([
    ['opens for 24 hours', '2026-03-03T09:00:00.000Z', 'allowed'],
    ['and no longer', '2026-03-03T09:03:00.000Z', 'blocked-not-approved'],
  ])('%s', (_, now, verdict) => expect(ask({ scene: emergency(), now: new Date(now) }).verdict).toBe(verdict));
});

describe('the actor', () => {
  it.each<[string, DeployQuestion['actor'], readonly FoundAccount[], GateVerdict]>([
    ['known by e-mail', { name: 'ci', email: 'Dana@Example.test' }, [DANA], 'allowed'],
    ['known by display name', { name: ' dana ' }, [account('Dana', null)], 'allowed'],
    ['known by the part before the @', { name: 'dana' }, [account('Dana Ortiz', 'dana@example.test')], 'allowed'],
    [
      'known by an address given as the name',
      { name: 'dana@example.test' },
      [account('D', 'dana@example.test')],
      'allowed',
    ],
    ['found by Jira but not the same', { name: 'Dan' }, [DANA], 'blocked-actor'],
    ['nobody', { name: 'Dana', email: 'dana@example.test' }, [], 'blocked-actor'],
    ['an app', { name: 'Dana' }, [account('Dana', null, { accountType: 'app' })], 'blocked-actor'],
    ['somebody whose account is closed', { name: 'Dana' }, [account('Dana', null, { active: false })], 'blocked-actor'],
    ['a decider by e-mail', { name: 'ci', email: 'reviewer@example.test' }, [REVIEWER], 'blocked-actor'],
    ['a decider by name', { name: 'REVIEWER' }, [REVIEWER], 'blocked-actor'],
    ['a decider whose account is closed', { name: 'Reviewer' }, [{ ...REVIEWER, active: false }], 'blocked-actor'],
    [
      'the name of a decider with the e-mail of another',
      { name: 'Reviewer', email: 'dana@example.test' },
      [DANA, REVIEWER],
      'blocked-actor',
    ],
    [
      'two of the same name, one of them a decider',
      { name: 'Dana' },
      [DANA, account('Dana', null, { accountId: id('authority') })],
      'blocked-actor',
    ],
    ['somebody in a deciding group who did not decide', { name: 'Reviewer2' }, [account('Reviewer2', null)], 'allowed'],
  ])('%s', (_, actor, accounts, verdict) => {
    expect(ask({ scene: approved(), question: { actor }, accounts }).verdict).toBe(verdict);
  });

  it('whose decision does not stand any more is no decider', () => {
    const scene = approved()
      .decide('reviewer', 'withdrawn')
      .decide('reviewer2', 'approved')
      .decide('authority', 'approved');
    expect(ask({ scene, question: { actor: { name: 'Reviewer' } }, accounts: [REVIEWER] }).verdict).toBe('allowed');
  });
});

it('says no name of a person in any answer', () => {
  const names = Object.values(PEOPLE).map(({ displayName }) => displayName);
  const sentences = ROWS.map(([, told]) => ask(told()).sentence).join(' ');
  expect(names.filter((name) => new RegExp(`\\b${name}\\b`).test(sentences))).toEqual([]);
});

describe('a question', () => {
  const good = { change: 'CHG-7', environment: 'production', commits: [COMMIT], actor: { name: 'Dana' } };

  it.each<[string, unknown]>([
    ['with commits', good],
    ['with SHA-256 commits', { ...good, commits: ['d'.repeat(64)] }],
    ['with artifacts and no commits', { ...good, commits: [], artifacts: [ARTIFACT] }],
    ['with artifacts alone', { change: 'CHG-7', environment: 'e', artifacts: [ARTIFACT], actor: { name: 'D' } }],
    ['with an e-mail', { ...good, actor: { name: 'Dana', email: 'dana@example.test' } }],
    [
      'with the most commits',
      { ...good, commits: Array.from({ length: MAX_NAMED }, (_, i) => String(i).padStart(40, '0')) },
    ],
  ])('is read %s', (_, document) => expect(checkQuestion(document)).toMatchObject({ ok: true }));

  it('names each commit once', () => {
    expect(checkQuestion({ ...good, commits: [COMMIT, COMMIT] })).toMatchObject({ question: { commits: [COMMIT] } });
  });

  it.each<[string, unknown, string]>([
    ['a list', [good], 'not-an-object'],
    ['null', null, 'not-an-object'],
    ['no change', { ...good, change: undefined }, 'change'],
    ['a change in small letters', { ...good, change: 'chg-7' }, 'change'],
    ['two changes', { ...good, change: 'CHG-7 CHG-8' }, 'change'],
    ['an empty environment', { ...good, environment: ' ' }, 'environment'],
    ['an environment over two lines', { ...good, environment: 'a\nb' }, 'environment'],
    ['a lone surrogate', { ...good, environment: '\ud800' }, 'environment'],
    ['a short commit', { ...good, commits: ['a1b2c3d'] }, 'commits'],
    ['a commit in capitals', { ...good, commits: [COMMIT.toUpperCase()] }, 'commits'],
    ['a commit that is no text', { ...good, commits: [7] }, 'commits'],
    ['null for commits', { ...good, commits: null }, 'commits'],
    ['one commit too many', { ...good, commits: Array.from({ length: MAX_NAMED + 1 }, () => COMMIT) }, 'commits'],
    ['an artifact of another digest', { ...good, artifacts: [`sha512:${'a'.repeat(128)}`] }, 'artifacts'],
    ['an artifact without its algorithm', { ...good, artifacts: ['c3'.repeat(32)] }, 'artifacts'],
    ['no actor', { ...good, actor: undefined }, 'actor'],
    ['an actor without a name', { ...good, actor: { email: 'dana@example.test' } }, 'actor'],
    ['an actor who is a text', { ...good, actor: 'Dana' }, 'actor'],
    ['an e-mail that is none', { ...good, actor: { name: 'Dana', email: 'Dana' } }, 'actor'],
    ['a member that is not known', { ...good, force: true }, 'unknown-member'],
    ['neither commits nor artifacts', { ...good, commits: [] }, 'nothing-named'],
  ])('is refused: %s', (_, document, reason) => {
    const refused = checkQuestion(document);
    expect(refused).toMatchObject({ ok: false, reason });
    expect(refused.ok ? '' : refused.sentence).toMatch(/\.$/);
  });

  it.each<[string, string, string]>([
    ['cut off', JSON.stringify(good).slice(0, -1), 'not-json'],
    ['empty', '', 'not-json'],
    ['too large', JSON.stringify({ ...good, environment: 'x'.repeat(200_000) }), 'too-large'],
  ])('is refused when its body is %s', (_, body, reason) => {
    expect(readQuestion(body)).toMatchObject({ ok: false, reason });
  });
});
