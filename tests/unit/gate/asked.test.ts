/** The deploy gate's answers and the deployments that follow them, linked both ways. */
import { deployedIn, followedBy } from '../../../src/gate/asked';
import { judge } from '../../../src/gate/judge';
import { gateViews } from '../../../src/handlers/view/gate-answers';
import { gateRows } from '../../../src/pack/gate';
import { DEFAULT_POLICY, type Policy } from '../../../src/policy/policy';
import { minute, NOW, Scene } from './scene';

const COMMIT = 'a1'.repeat(20);
const OTHER = 'b2'.repeat(20);
const ARTIFACT = `sha256:${'c3'.repeat(32)}`;

const decided = () => new Scene().decide('reviewer', 'approved').decide('authority', 'approved').at(minute(60));
const status = (s: Scene, state: string, at: string, deployment = '17') =>
  s.evidence('deployment-status', `status-${state}`, {
    commits: [COMMIT],
    state,
    claimedAt: at,
    attributes: { environment: 'production', deployment },
  });
/** As GitHub tells of it: begun, then how it goes on and ends, each under an id of its own. */
const created = (s: Scene, at: string) =>
  s.evidence('deployment', '17', {
    commits: [COMMIT],
    state: 'created',
    claimedAt: at,
    attributes: { environment: 'production' },
  });

const CASES: readonly (readonly [title: string, scene: () => Scene, answers: readonly (string | null)[]])[] = [
  ['nobody asked', () => decided().deploy('17', 'production', [COMMIT]), [null]],
  [
    'asked before it',
    () => decided().asked('allowed', 'production', [COMMIT]).deploy('17', 'production', [COMMIT]),
    ['allowed'],
  ],
  [
    'asked for another commit',
    () => decided().asked('allowed', 'production', [OTHER]).deploy('17', 'production', [COMMIT]),
    [null],
  ],
  [
    'asked for one commit of two',
    () => decided().asked('allowed', 'production', [OTHER]).deploy('17', 'production', [COMMIT, OTHER]),
    ['allowed'],
  ],
  [
    'asked for another environment',
    () => decided().asked('allowed', 'staging', [COMMIT]).deploy('17', 'production', [COMMIT]),
    [null],
  ],
  [
    'the environment in other letters',
    () => decided().asked('allowed', 'Production ', [COMMIT]).deploy('17', 'production', [COMMIT]),
    ['allowed'],
  ],
  [
    'asked twice, the last answer counts',
    () =>
      decided()
        .asked('allowed', 'production', [COMMIT])
        .asked('blocked-voided', 'production', [COMMIT])
        .deploy('17', 'production', [COMMIT]),
    ['blocked-voided'],
  ],
  [
    'the same question answered otherwise once it was deployed',
    () =>
      decided()
        .asked('allowed', 'production', [COMMIT])
        .deploy('17', 'production', [COMMIT])
        .asked('blocked-window', 'production', [COMMIT]),
    ['allowed'],
  ],
  [
    'a day and a minute before it',
    () =>
      decided()
        .asked('allowed', 'production', [COMMIT])
        .at(minute(60 + 24 * 60 + 2))
        .deploy('17', 'production', [COMMIT]),
    [null],
  ],
  [
    'asked by the job that was deploying already, which ended',
    () =>
      status(
        created(decided(), minute(60)).at(minute(70)).asked('allowed', 'production', [COMMIT]),
        'success',
        minute(80),
      ),
    ['allowed'],
  ],
  [
    'asked by that job and blocked, although it was allowed the time before',
    () =>
      status(
        created(decided().asked('allowed', 'production', [COMMIT]).at(minute(65)), minute(65))
          .at(minute(70))
          .asked('blocked-freeze', 'production', [COMMIT])
          .at(minute(80)),
        'success',
        minute(80),
      ),
    ['blocked-freeze'],
  ],
  [
    'two deployments, each with its own answer',
    () =>
      decided()
        .asked('blocked-window', 'production', [COMMIT])
        .deploy('17', 'production', [COMMIT])
        .at(minute(90))
        .asked('allowed', 'production', [COMMIT])
        .deploy('18', 'production', [COMMIT]),
    ['blocked-window', 'allowed'],
  ],
];

describe('a deployment and the answer that it followed', () => {
  it.each(CASES)('%s', (_, scene, answers) => {
    expect(deployedIn(scene().entries).map(({ answer }) => answer?.body.verdict ?? null)).toEqual(answers);
  });

  it('is linked by an artifact that its sender names in the same delivery', () => {
    const scene = decided()
      .asked('allowed', 'production', [ARTIFACT])
      .evidence('deployment', '17', { attributes: { environment: 'production' } })
      .evidence('artifact', ARTIFACT);
    expect(deployedIn(scene.entries)[0]?.answer?.body.verdict).toBe('allowed');
  });

  it('is linked both ways, in the panel and in the pack', () => {
    const { entries } = status(
      created(
        decided().asked('blocked-window', 'production', [OTHER]).asked('allowed', 'production', [COMMIT]),
        minute(63),
      ),
      'success',
      minute(66),
    ).deploy('18', 'production', [ARTIFACT]);
    const [asked, allowed] = entries
      .filter(({ entry }) => entry.kind === 'gate-answered')
      .map(({ entry }) => entry.seq);
    const { gate, deployments } = gateViews(entries);
    expect(gate.map(({ seq, actor, followedBy: then }) => [seq, actor, then.map(({ facts }) => facts)])).toEqual([
      [allowed, 'Dana', [[4, 5]]],
      [asked, 'Dana', []],
    ]);
    expect(deployments.map(({ name, answer }) => [name, answer?.seq ?? null])).toEqual([
      ['acme/enclave 17', allowed],
      ['acme/enclave 18', null],
    ]);
    const rows = gateRows(entries);
    expect(rows.answers.map(({ seq, followedBy: then }) => [seq, then.map((one) => one.entries)])).toEqual([
      [asked, []],
      [allowed, [[4, 5]]],
    ]);
    expect(rows.deployments.map(({ answer }) => answer?.seq ?? null)).toEqual([allowed, null]);
    expect([...followedBy(deployedIn(entries)).keys()]).toEqual([allowed]);
  });
});

const exceptions = (scene: Scene, policy: Partial<Policy> = {}, now = NOW) =>
  judge({ ...DEFAULT_POLICY, ...policy }, scene.facts(), now).exceptions.map(({ code }) => code);

describe('a deployment past the gate is an exception', () => {
  it.each<[string, () => Scene, readonly string[]]>([
    [
      'after it was allowed',
      () => decided().asked('allowed', 'production', [COMMIT]).deploy('1', 'production', [COMMIT]),
      [],
    ],
    ['that nobody asked for', () => decided().deploy('1', 'production', [COMMIT]), ['deployed-unasked']],
    ['that nobody asked for, to a place to try things out', () => decided().deploy('1', 'staging', [COMMIT]), []],
    [
      'although it was blocked',
      () => decided().asked('blocked-freeze', 'production', [COMMIT]).deploy('1', 'production', [COMMIT]),
      ['deployed-against-gate'],
    ],
    [
      'although its facts were pending',
      () => decided().asked('pending', 'production', [COMMIT]).deploy('1', 'production', [COMMIT]),
      ['deployed-against-gate'],
    ],
    [
      'before anything was decided: said once',
      () => new Scene().deploy('1', 'production', [COMMIT]),
      ['evidence-before-decision'],
    ],
    [
      'before anything was decided, and against the answer: both',
      () => new Scene().asked('blocked-not-approved', 'production', [COMMIT]).deploy('1', 'production', [COMMIT]),
      ['evidence-before-decision', 'deployed-against-gate'],
    ],
  ])('%s', (_, scene, codes) => {
    expect(exceptions(scene())).toEqual(codes);
  });

  it('that nobody asked for is none where the policy does not want the gate asked; against its answer it stays one', () => {
    const policy = { askBeforeDeploying: false };
    expect(exceptions(decided().deploy('1', 'production', [COMMIT]), policy)).toEqual([]);
    const against = decided().asked('blocked-window', 'production', [COMMIT]).deploy('1', 'production', [COMMIT]);
    expect(exceptions(against, policy)).toEqual(['deployed-against-gate']);
  });

  it('while it goes on it may still ask, for an hour', () => {
    const running = created(decided(), minute(60));
    expect(exceptions(running, {}, new Date(minute(119)))).toEqual([]);
    expect(exceptions(running, {}, new Date(minute(122)))).toEqual(['deployed-unasked']);
    const over = status(running, 'failure', minute(61));
    expect(exceptions(over, {}, new Date(minute(63)))).toEqual(['deployed-unasked']);
  });
});
