import { FIELDS, type FieldIds } from '../../../src/change/fields';
import { decisionState, type Members } from '../../../src/gate/decision-state';
import { judge } from '../../../src/gate/judge';
import { mayDecide } from '../../../src/gate/may-decide';
import { recordingFor } from '../../../src/gate/recording';
import { workflowRules } from '../../../src/gate/workflow-rules';
import type { EntryBodies } from '../../../src/ledger/entry';
import { OWN_ORGANISATION } from '../../../src/policy/organisation';
import { DEFAULT_POLICY, type Decider, type OutsideProvider, type Policy } from '../../../src/policy/policy';
import { judgeCondition, judgeValidator } from '../../host/expressions';
import { contextOf, user } from './jira-world';
import { id, NOW, person, Scene } from './scene';

const PROVIDER: OutsideProvider = {
  organisation: 'Acme MSP',
  group: 'msp-acme',
  groupId: null,
  until: '2026-03-03T20:00:00.000Z',
  required: true,
};
const TWO: Policy = { ...DEFAULT_POLICY, outsideProvider: PROVIDER };
const MAY: Policy = { ...DEFAULT_POLICY, outsideProvider: { ...PROVIDER, required: false } };
const AFTER = new Date('2026-03-03T20:00:00.001Z');

type Also = Partial<EntryBodies['decision']>;
const OWN: Also = { organisation: OWN_ORGANISATION };
const OUTSIDE: Also = { organisation: 'Acme MSP', roles: ['security-reviewer', 'change-authority'] };
const start = (): Scene => new Scene();
const ownTwo = (): Scene => start().decide('reviewer', 'approved', OWN).decide('authority', 'approved', OWN);
const mixed = (): Scene => start().decide('authority', 'approved', OWN).decide('msp', 'approved', OUTSIDE);

describe('the verdict with an outside provider', () => {
  const CASES: readonly (readonly [string, Policy, Scene, Date, number])[] = [
    ['two of the own organisation, two asked for', TWO, ownTwo(), NOW, 1],
    ['two of the own organisation, where that is enough', MAY, ownTwo(), NOW, 0],
    ['one of each', TWO, mixed(), NOW, 0],
    ['one of each, when the provider’s time is over: it was decided before', TWO, mixed(), AFTER, 0],
    [
      'organisations that nobody recorded are not two',
      TWO,
      start().decide('reviewer', 'approved').decide('msp', 'approved'),
      NOW,
      2,
    ],
  ];
  test.each(CASES)('%s', (_, policy, scene, now, missing) => {
    const verdict = judge(policy, scene.facts(), now);
    expect([verdict.needs.missing, verdict.open]).toEqual([missing, missing === 0]);
  });

  test('the earliest counts while the second organisation is missing', () => {
    const { decisions, reasons } = judge(TWO, ownTwo().facts(), NOW);
    expect(decisions.map(({ countsFor }) => countsFor)).toEqual(['security-reviewer', null]);
    expect(reasons.map(({ sentence }) => sentence)).toEqual([
      'Needs an approval by one security reviewer or one change authority of Acme MSP.',
    ]);
  });
});

const engineer: Decider = { ...person('outsider'), groups: ['msp-acme'] };

describe('who may decide', () => {
  const CASES: readonly (readonly [string, Policy, Scene, Decider, Date, readonly string[]])[] = [
    ['an engineer', TWO, start(), engineer, NOW, []],
    ['an engineer who is in a deciding group too', TWO, start(), person('msp'), NOW, []],
    ['an engineer, too late', TWO, start(), engineer, AFTER, ['not-in-group', 'window-over']],
    ['an engineer in a deciding group, too late', TWO, start(), person('msp'), AFTER, ['not-in-group', 'window-over']],
    ['an own authority when two of the own have signed', TWO, ownTwo(), person('authority2'), NOW, ['role-not-needed']],
    ['an engineer when two of the own have signed', TWO, ownTwo(), engineer, NOW, []],
    ['an engineer without a provider', DEFAULT_POLICY, start(), engineer, NOW, ['not-in-group']],
  ];
  test.each(CASES)('%s', (_, policy, scene, who, now, codes) => {
    const { reasons, allowed } = mayDecide(policy, scene.facts(), who, now);
    const expected = allowed ? codes : codes.filter((code) => code !== 'window-over');
    expect(reasons.map(({ code }) => code)).toEqual(expected);
  });
  test('who comes too late is told until when', () => {
    expect(mayDecide(TWO, start().facts(), engineer, AFTER).reasons[0]?.sentence).toBe(
      'You are of Acme MSP, whose engineers stood in until 2026-03-03 20:00 UTC.',
    );
  });
});

const fieldIds = Object.fromEntries(
  FIELDS.map(({ key }, i) => [key, `customfield_${10_100 + i}`]),
) as unknown as FieldIds;
const NOBODY = { [fieldIds.owner]: null, [fieldIds.implementer]: null };
const appIds = { participants: 'customfield_10200', decisionState: 'customfield_10201' };
const members: Members = {
  'security-reviewer': [person('reviewer'), person('msp')],
  'change-authority': [person('authority')],
  'emergency-authority': [],
  outside: [person('msp'), engineer],
};

describe('Jira’s own rules', () => {
  const state = (policy: Policy, scene: Scene, now: Date): string => {
    const facts = scene.facts();
    return decisionState(policy, judge(policy, facts, now), facts.snapshot, members);
  };
  const approve = (policy: Policy, scene: Scene, who: Decider, now: Date): { offered: boolean; refused: string[] } => {
    const world = {
      who: user(who.accountId, who.groups),
      fields: { ...NOBODY, [appIds.participants]: ',req,', [appIds.decisionState]: state(policy, scene, now) },
      creator: 'req',
      reporter: 'req',
      assignee: null,
      summary: 'Block outbound SMB',
      changelogs: [],
    };
    const rules = workflowRules(fieldIds, appIds, policy).filter(({ transition }) => transition === 'Approve');
    const judged = rules.map(({ kind, config }) => [kind, config] as const);
    const offered = judged
      .filter(([kind]) => kind === 'condition')
      .every(
        ([, config]) =>
          judgeCondition(String(config['expression']), contextOf(world, config), { now }).outcome === 'allow',
      );
    const refused = judged
      .filter(([kind, config]) => kind === 'validator' && 'signed' in config)
      .flatMap(([, config]) => {
        const answer = judgeValidator(String(config['expression']), contextOf(world, config), { now });
        return answer.outcome === 'allow' ? [] : [answer.outcome];
      });
    return { offered, refused };
  };
  const oneOwn = (): Scene => start().decide('reviewer', 'approved', OWN);
  const CASES: readonly (readonly [string, Policy, Scene, Decider, Date, boolean, boolean])[] = [
    ['an engineer as the second', TWO, oneOwn(), engineer, NOW, true, true],
    ['an engineer in a deciding group as the second', TWO, oneOwn(), person('msp'), NOW, true, true],
    ['an engineer where one organisation is enough', MAY, oneOwn(), engineer, NOW, true, true],
    ['an own authority as the second of one organisation', TWO, oneOwn(), person('authority'), NOW, true, false],
    ['an own authority where one organisation is enough', MAY, oneOwn(), person('authority'), NOW, true, true],
    ['an engineer when the time is over', TWO, oneOwn(), engineer, AFTER, false, false],
    ['an engineer in a deciding group when the time is over', TWO, oneOwn(), person('msp'), AFTER, false, false],
  ];
  test.each(CASES)('%s', (_, policy, scene, who, now, offered, passes) => {
    const answer = approve(policy, scene, who, now);
    expect([answer.offered, answer.refused.length === 0]).toEqual([offered, passes]);
  });

  test('without a provider the field is as it was', () => {
    expect(state(DEFAULT_POLICY, start(), NOW)).not.toContain('outside');
    expect(state(TWO, start(), NOW)).toContain(
      ` | need=security-reviewer,change-authority,outside | signed=, | objected=, | security-reviewer=,${id('reviewer')}, | `,
    );
  });
});

test('Approve by an engineer records for whom; when their time is over it is void', () => {
  const facts = start().decide('authority', 'approved', OWN).move('msp', 'Approved').facts();
  const transition = {
    actor: id('msp'),
    from: 'Proposed',
    to: 'Approved',
    name: 'Approve',
    executionId: 'e1',
    historyId: '10000',
  };
  const recorded = recordingFor(TWO, facts, transition, person('msp'));
  expect(recorded).toMatchObject({
    record: 'decision',
    decision: { organisation: 'Acme MSP', roles: ['security-reviewer', 'change-authority'] },
  });
  const ended: Policy = { ...TWO, outsideProvider: { ...PROVIDER, until: '2026-03-01T00:00:00.000Z' } };
  expect(recordingFor(ended, facts, transition, person('msp'))).toMatchObject({
    record: 'decision',
    decision: { void: { code: 'not-eligible' } },
  });
});
