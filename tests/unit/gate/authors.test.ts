import fc from 'fast-check';
import { participantsField } from '../../../src/change/participants';
import { authorsBarred, authorsOf } from '../../../src/gate/authors';
import { barredFrom } from '../../../src/gate/barred';
import { decisionState } from '../../../src/gate/decision-state';
import { whyNotDeployer } from '../../../src/gate/deployer';
import { judge } from '../../../src/gate/judge';
import { mayDecide } from '../../../src/gate/may-decide';
import { mayRecord } from '../../../src/gate/may-record';
import { isStoredEntry } from '../../../src/ledger/stored';
import type { Person } from '../../../src/ledger/entry';
import { peopleConcerned } from '../../../src/pack/people';
import type { Identity } from '../../../src/policy/identity';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { id, NOW, PEOPLE, person, Scene } from './scene';

const SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e';
const DANA: Person = { displayName: 'Dana Q', email: 'dana@example.test', login: 'dana' };
const LOGIN: Identity = { kind: 'login', source: 'github', login: 'dana' };
const ADDRESS: Identity = { kind: 'email', email: 'dana@example.test' };

type People = readonly (readonly [string, Person])[];
const committed = (people: People, attributes: Record<string, string> = {}, scene = new Scene()) =>
  scene.evidence('commit', SHA, { commits: [SHA], people, attributes });
const byDana = () => committed([['author', DANA]]);
const verdictOf = (scene: Scene) => judge(DEFAULT_POLICY, scene.facts(), NOW);
const codes = (scene: Scene) => verdictOf(scene).reasons.map(({ code }) => code);
const may = (scene: Scene, name: string) => mayDecide(DEFAULT_POLICY, scene.facts(), person(name), NOW);

describe('who authored evidence', () => {
  it.each<[string, string, string, boolean]>([
    ['author of a commit', 'commit', 'author', true],
    ['committer of a commit', 'commit', 'committer', true],
    ['author of a pull request', 'pull-request', 'author', true],
    ['author of what was reviewed', 'review', 'author', true],
    ['who created a deployment', 'deployment', 'creator', true],
    ['who triggered a deployment', 'deployment', 'actor', true],
    ['who triggered what a status is about', 'deployment-status', 'actor', true],
    ['author of a run’s commit', 'run', 'author', true],
    ['reviewer', 'review', 'reviewer', false],
    ['pusher', 'commit', 'pusher', false],
    ['sender', 'commit', 'sender', false],
    ['who handed a commit in', 'commit', 'actor', false],
    ['who merged', 'pull-request', 'actor', false],
    ['who started a run', 'run', 'actor', false],
  ])('%s', (_, kind, role, counts) => {
    const scene = new Scene().evidence(kind, '17', { people: [[role, DANA]] });
    expect(authorsOf(scene.facts()).map(({ name }) => name)).toEqual(counts ? ['Dana Q'] : []);
  });

  it('is one an identity, with everything they made', () => {
    const scene = byDana()
      .evidence('pull-request', '17', { people: [['author', { login: 'Dana' }]] })
      .evidence('commit', 'a'.repeat(40), { people: [['author', { displayName: 'Eve', email: 'eve@example.test' }]] });
    expect(authorsOf(scene.facts()).map(({ key, authored }) => [key, authored.length])).toEqual([
      ['login:github:dana', 2],
      ['email:eve@example.test', 1],
    ]);
  });

  it('is two with one user name and two Atlassian accounts: what is said of one clears nobody else', () => {
    const scene = committed([['author', { accountId: id('reviewer'), login: 'dana' }]]).evidence(
      'commit',
      'b'.repeat(40),
      {
        people: [['author', { accountId: id('msp'), login: 'dana' }]],
      },
    );
    expect(authorsOf(scene.facts()).map(({ matches }) => matches.map(({ accountId }) => accountId))).toEqual([
      [id('reviewer')],
      [id('msp')],
    ]);
  });

  it('a merge in the browser is the merger’s, not GitHub’s, which commits it; as an author that name is a stranger', () => {
    const github: Person = { displayName: 'GitHub', email: 'noreply@github.com', login: 'web-flow' };
    expect(
      authorsOf(
        committed([
          ['author', DANA],
          ['committer', github],
        ]).facts(),
      ),
    ).toHaveLength(1);
    expect(authorsOf(committed([['author', github]]).facts())[0]?.known).toBe('unmatched');
  });
});

describe('who an author is: any match bars, few clear', () => {
  const signed = { signature: 'verified' };
  type Case = readonly [what: string, scene: Scene, known: string, barred: readonly string[]];
  const CASES: readonly Case[] = [
    ['nobody knows', byDana(), 'unmatched', []],
    ['the admin’s map by user name', byDana().known([['reviewer'], LOGIN]), 'account', ['reviewer']],
    ['the admin’s map by address', byDana().known([['reviewer'], ADDRESS]), 'account', ['reviewer']],
    ['the map: nobody who may decide', byDana().known([[], LOGIN]), 'nobody', []],
    ['the map: two people', byDana().known([['reviewer'], LOGIN], [['msp'], ADDRESS]), 'account', ['msp', 'reviewer']],
    [
      'every account of that person',
      byDana().known([['reviewer', 'authority'], LOGIN]),
      'account',
      ['authority', 'reviewer'],
    ],
    [
      'the Atlassian account that the sender has for them',
      committed([['author', { ...DANA, accountId: id('reviewer') }]]),
      'unproved',
      ['reviewer'],
    ],
    [
      'such an account, whose signature is verified',
      committed(
        [
          ['author', { ...DANA, accountId: id('reviewer') }],
          ['committer', { ...DANA, accountId: id('reviewer') }],
        ],
        signed,
      ),
      'unproved',
      ['reviewer'],
    ],
    [
      'such an account, and the map has it',
      committed([['author', { accountId: id('reviewer') }]]).known([['reviewer', 'authority'], ADDRESS]),
      'account',
      ['authority', 'reviewer'],
    ],
    ['an address that Jira shows', byDana().matched(0, 'reviewer'), 'unproved', ['reviewer']],
    [
      'with a verified signature',
      committed([['author', DANA]], signed).matched(0, 'reviewer'),
      'unproved',
      ['reviewer'],
    ],
    [
      'by the same committer',
      committed(
        [
          ['author', DANA],
          ['committer', DANA],
        ],
        signed,
      ).matched(0, 'reviewer'),
      'account',
      ['reviewer'],
    ],
    [
      'by another committer',
      committed(
        [
          ['author', DANA],
          ['committer', { email: 'eve@example.test' }],
        ],
        signed,
      ).matched(0, 'reviewer'),
      'unproved',
      ['reviewer'],
    ],
    [
      'not verified',
      committed(
        [
          ['author', DANA],
          ['committer', DANA],
        ],
        { signature: 'unverified' },
      ).matched(0, 'reviewer'),
      'unproved',
      ['reviewer'],
    ],
    [
      'signed, address without its tag',
      committed(
        [
          ['author', DANA],
          ['committer', DANA],
        ],
        signed,
      ).matched(0, 'reviewer', 'without-tag'),
      'unproved',
      ['reviewer'],
    ],
    ['a named person', byDana().resolved(0, 'authority', 'reviewer'), 'account', ['reviewer']],
    ['a named person: nobody', byDana().resolved(0, 'authority', null), 'nobody', []],
    ['the later of two', byDana().resolved(0, 'authority', 'reviewer').resolved(0, 'authority2', null), 'nobody', []],
    [
      'the later of two, again',
      byDana().resolved(0, 'authority', null).resolved(0, 'authority', 'msp'),
      'account',
      ['msp'],
    ],
    [
      'a resolution lifts no match',
      byDana().matched(0, 'reviewer').resolved(0, 'authority', null),
      'account',
      ['reviewer'],
    ],
    [
      'nor the map',
      byDana()
        .known([['reviewer'], LOGIN])
        .resolved(0, 'authority', 'outsider'),
      'account',
      ['outsider', 'reviewer'],
    ],
  ];

  it.each(CASES)('%s', (_, scene, known, barred) => {
    expect(authorsOf(scene.facts())[0]?.known).toBe(known);
    expect([...authorsBarred(scene.facts()).keys()].sort()).toEqual(barred.map(id));
    const open = known === 'unmatched' || known === 'unproved';
    const said = verdictOf(scene).exceptions.filter(({ sentence }) => sentence.startsWith('Dana Q '));
    expect(said.map(({ code }) => code)).toEqual(open ? ['unmatched-author'] : []);
  });

  it.each(CASES)('%s: the part of the map that goes into a pack says the same', (_, scene) => {
    const facts = scene.facts();
    const stranger = { id: 'stranger', name: 'S', accounts: ['other'], identities: [], organisation: null };
    const whole = { ...facts, people: { version: 'people-1', people: [...(facts.people?.people ?? []), stranger] } };
    const part = peopleConcerned(whole.people, facts.snapshot, facts.entries);
    expect(part.people).not.toContain(stranger);
    expect(judge(DEFAULT_POLICY, { ...facts, people: part }, NOW)).toEqual(judge(DEFAULT_POLICY, whole, NOW));
  });

  it('one proof is for one commit: another of the same address without one is not cleared', () => {
    const both: People = [
      ['author', { email: 'eve@example.test' }],
      ['committer', { email: 'eve@example.test' }],
    ];
    const scene = committed(both, signed).matched(0, 'requester').evidence('commit', 'b'.repeat(40), { people: both });
    expect(authorsOf(scene.facts())[0]?.known).toBe('unproved');
  });

  it('an exception for each identity names what it did, and closes nothing', () => {
    const scene = new Scene().decide('reviewer', 'approved').decide('authority', 'approved');
    committed(
      [
        ['author', DANA],
        ['committer', { displayName: 'Eve' }],
      ],
      {},
      scene,
    );
    const { exceptions: found, open } = verdictOf(scene);
    expect(open).toBe(true);
    expect(found.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^Dana Q authored commit 6dcb09b5b5\. It is not known/) as string,
      expect.stringMatching(/^Eve committed commit 6dcb09b5b5\. It is not known/) as string,
    ]);
  });
});

describe('before a decision', () => {
  it.each<[string, Scene]>([
    ['by the map', byDana().known([['reviewer'], LOGIN])],
    ['by an address', byDana().matched(0, 'reviewer')],
    ['by a named person', byDana().resolved(0, 'authority', 'reviewer')],
    ['by another account', new Scene().known([['reviewer', 'requester']])],
  ])('an author may not decide: %s', (_, scene) => {
    expect(may(scene, 'reviewer')).toMatchObject({ allowed: false, reasons: [{ code: 'own-change' }] });
    expect(
      mayRecord(DEFAULT_POLICY, scene.facts(), person('reviewer'), { decision: 'approved', basis: 'x' }, NOW),
    ).toMatchObject({
      code: 'own-change',
      status: 403,
    });
    expect(participantsField(scene.facts().snapshot, barredFrom(scene.facts()).keys())).toContain(
      `,${id('reviewer')},`,
    );
    expect(may(scene, 'reviewer2').allowed).toBe(true);
  });

  it('the reason says how', () => {
    expect(may(byDana().matched(0, 'reviewer'), 'reviewer').reasons[0]?.sentence).toContain(
      'you authored commit 6dcb09b5b5',
    );
    expect(may(new Scene().known([['reviewer', 'owner']]), 'reviewer').reasons[0]?.sentence).toContain(
      'you are its change owner with another account',
    );
  });

  it('a reviewer of the code may decide', () => {
    const scene = new Scene().evidence('review', '8', { people: [['reviewer', DANA]] }).known([['reviewer'], LOGIN]);
    expect(may(scene, 'reviewer').allowed).toBe(true);
  });
});

describe('after a decision', () => {
  const decided = () => new Scene().decide('reviewer', 'approved').decide('authority', 'approved');

  it('evidence alone closes nothing; the entry that names decision and evidence does', () => {
    const scene = committed([['author', DANA]], {}, decided()).matched(2, 'reviewer');
    expect(verdictOf(scene).open).toBe(true);
    scene.barred(0, 2, 'reviewer');
    expect(codes(scene)).toEqual(['decider-barred', 'decision-needed']);
    expect(verdictOf(scene).reasons[0]?.sentence).toContain(
      'Reviewer took part in the change: authored commit 6dcb09b5b5, as evidence shows.',
    );
    expect(verdictOf(scene).decisions.map(({ valid }) => valid)).toEqual([false, true]);
  });

  it('it voids that one decision: after a resolution is replaced the same person may decide again', () => {
    const scene = committed([['author', DANA]], {}, decided())
      .resolved(2, 'authority2', 'reviewer')
      .barred(0, 2, 'reviewer');
    expect(may(scene, 'reviewer').allowed).toBe(false);
    scene.resolved(2, 'authority2', null);
    expect(may(scene, 'reviewer').allowed).toBe(true);
    expect(verdictOf(scene.decide('reviewer', 'approved')).open).toBe(true);
  });

  it('joining an account that took part with one that decided closes at once', () => {
    const scene = decided();
    expect(verdictOf(scene).open).toBe(true);
    expect(codes(scene.known([['reviewer', 'implementer']]))).toEqual(['decider-barred', 'decision-needed']);
  });
});

describe('two accounts of one person', () => {
  const joined = () => new Scene().known([['reviewer', 'authority']]);
  const both = () => joined().decide('reviewer', 'approved').decide('authority', 'approved');

  it('are one signer', () => {
    const verdict = verdictOf(both());
    expect(verdict).toMatchObject({ open: false, needs: { missing: 1 } });
    expect(verdict.decisions.map(({ valid }) => valid)).toEqual([true, true]);
    expect(verdict.decisions.filter(({ countsFor }) => countsFor !== null)).toHaveLength(1);
    expect(verdictOf(both().decide('reviewer2', 'approved')).open).toBe(true);
    expect(verdictOf(both().decide('authority2', 'approved')).open).toBe(true);
  });

  it('have signed when one of them has, for the panel and for the rules', () => {
    const scene = joined().decide('reviewer', 'approved');
    expect(may(scene, 'authority').reasons.map(({ code }) => code)).toContain('already-signed');
    const state = decisionState(
      DEFAULT_POLICY,
      verdictOf(scene),
      scene.facts().snapshot,
      { 'security-reviewer': [], 'change-authority': [], 'emergency-authority': [] },
      scene.people,
    );
    expect(state).toContain(`signed=,${id('authority')},${id('reviewer')},`);
  });

  it('take back, and object to, what the other one said', () => {
    const withdrawn = joined().decide('reviewer', 'approved').decide('authority', 'withdrawn');
    expect(verdictOf(withdrawn).decisions[0]?.invalidBecause?.code).toBe('withdrawn');
    const lifted = joined().decide('reviewer', 'disapproved').decide('authority', 'approved');
    expect(codes(lifted)).toEqual(['decision-needed']);
    const objected = joined().decide('reviewer', 'approved').decide('authority', 'disapproved');
    expect(codes(objected)).toContain('disapproved');
    expect(may(joined().decide('reviewer', 'approved'), 'authority').kinds).toContain('withdrawn');
  });

  it('joining accounts never opens a gate', () => {
    const names = Object.keys(PEOPLE).filter((name) => name !== 'bot');
    const act = fc.record({
      by: fc.constantFrom(...names),
      what: fc.constantFrom('approved' as const, 'disapproved' as const),
    });
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 5 }),
        fc.subarray(names, { minLength: 2, maxLength: 4 }),
        (acts, accounts) => {
          const approvals = acts.filter(({ what }) => what === 'approved');
          const scene = new Scene();
          for (const { by } of approvals) scene.decide(by, 'approved');
          const before = verdictOf(scene);
          const after = verdictOf(scene.known([accounts]));
          if (after.open) expect(before.open).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('deploy as one: who decided with the other account is refused, a known bot is let through', () => {
    const scene = joined().decide('reviewer', 'approved');
    const asked = (people: Scene, name: string) =>
      whyNotDeployer(people.facts(), verdictOf(people), { name }, [
        { accountId: id('authority'), displayName: 'Authority', email: null, accountType: 'atlassian', active: true },
      ]);
    expect(asked(scene, 'Authority')).toContain('decided on');
    expect(asked(new Scene().decide('reviewer', 'approved'), 'Authority')).toBeNull();
    expect(asked(scene, 'deploy-bot')).toContain('nobody whom Jira knows');
    const bot: Identity = { kind: 'login', source: 'github', login: 'deploy-bot' };
    expect(asked(new Scene().known([[], bot]).decide('reviewer', 'approved'), 'deploy-bot')).toBeNull();
    expect(asked(new Scene().known([['reviewer'], bot]).decide('reviewer', 'approved'), 'Deploy-Bot')).toContain(
      'decided on',
    );
  });
});

it('the kinds of entries about people have their shapes', () => {
  const scene = byDana().matched(0, 'reviewer').resolved(0, 'authority', 'reviewer').barred(0, 0, 'reviewer');
  for (const stored of scene.entries) {
    expect(isStoredEntry(stored)).toBe(true);
    if (stored.entry.kind === 'evidence') continue;
    const body = Object.fromEntries(Object.keys(stored.entry.body).map((key) => [key, 7.5]));
    expect(isStoredEntry({ ...stored, entry: { ...stored.entry, body: { ...body, index: 'x' } } })).toBe(false);
  }
});
