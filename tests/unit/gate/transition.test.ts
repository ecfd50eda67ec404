import { applyModifiedFields, type ModifiedChange } from '../../../src/change/from-jira';
import { FIELDS, type FieldIds } from '../../../src/change/fields';
import { decisionState, decisionStateHeadline } from '../../../src/gate/decision-state';
import { judge } from '../../../src/gate/judge';
import { isConfirmed, recordingFor, type Transition } from '../../../src/gate/recording';
import { checkTransition, type Step } from '../../../src/gate/transition-check';
import { DEFAULT_POLICY, type Decider, type RoleKey } from '../../../src/policy/policy';
import { id, NOW, person, Scene } from './scene';

const ids = Object.fromEntries(FIELDS.map(({ key }) => [key, `f_${key}`])) as FieldIds;
const start = (): Scene => new Scene();
const signed = (): Scene => start().decide('reviewer', 'approved');
const both = (): Scene => signed().decide('authority', 'approved');
const executed = (): Scene => both().reported('authority', 'Approved').move('implementer', 'Executed');
const objected = (): Scene => start().decide('reviewer', 'disapproved').reported('reviewer', 'Disapproved');
const check = (scene: Scene, step: Step, fields: Record<string, unknown> = {}, now = NOW): string[] => {
  const facts = scene.facts();
  const screen: ModifiedChange = applyModifiedFields(facts.snapshot, fields, ids);
  return checkTransition(DEFAULT_POLICY, facts, step, now, screen);
};

describe('a transition, by content', () => {
  const none: readonly RegExp[] = [];
  const basis = {
    f_decisionBasis: 'The test plan misses the failover.',
    f_requiredActions: 'Add a failover test @owner',
  };
  const CASES: readonly (readonly [string, Scene, Step, Record<string, unknown>, readonly RegExp[]])[] = [
    ['approve as the last', signed(), 'approve', {}, none],
    ['approve when all have signed', both(), 'approve', {}, none],
    [
      'approve when two are missing',
      start(),
      'approve',
      {},
      [/one security reviewer and one change authority.*panel "Change control"/],
    ],
    [
      'approve, all wrong at once',
      start().with({ testPlan: 'N/A', impactedSystems: [] }),
      'approve',
      { f_backoutPlan: null },
      [
        /^Impacted CUI systems/,
        /^Test plan/,
        /^Backout plan is empty/,
        /^Backout plan was changed on this screen/,
        /still needs/,
      ],
    ],
    [
      'approve with a value that the screen makes good, but changes',
      signed().with({ backoutPlan: '' }),
      'approve',
      { f_backoutPlan: 'Restore the snapshot.' },
      [/Backout plan was changed on this screen/, /still needs/],
    ],
    [
      'approve with a field typed again',
      signed(),
      'approve',
      { f_backoutPlan: 'Restore the previous rule set.' },
      none,
    ],
    [
      'approve with the analysis edited: the earlier sign-off is void',
      signed(),
      'approve',
      { f_securityImpactAnalysis: 'Reviewed: no control is weakened.' },
      [/still needs/],
    ],
    [
      'approve with the analysis edited, one needed',
      start().with({ impactedSystems: ['None: no CUI system is touched'] }),
      'approve',
      { f_securityImpactAnalysis: 'Reviewed: no control is weakened.' },
      none,
    ],
    ['disapprove', start(), 'disapprove', basis, none],
    ['disapprove without anything', start(), 'disapprove', {}, [/^Decision basis/, /^Required actions/]],
    ['disapprove with a placeholder', start(), 'disapprove', { ...basis, f_decisionBasis: 'N/A' }, [/^Decision basis/]],
    [
      'disapprove with an action of nobody',
      start(),
      'disapprove',
      { ...basis, f_requiredActions: 'Add a test @owner\nThink again' },
      [/"Think again" names no owner/],
    ],
    ['resubmit after Disapproved', start().move('authority', 'Disapproved'), 'resubmit', {}, none],
    ['resubmit while the decisions stand', both().reported('authority', 'Approved'), 'resubmit', {}, [/stand/]],
    [
      'resubmit when voided',
      both().reported('authority', 'Approved').edit('owner', { scope: 'Two rules.' }),
      'resubmit',
      {},
      none,
    ],
    [
      'resubmit when voided, from Scheduled',
      both().reported('owner', 'Scheduled').edit('owner', { scope: 'Two rules.' }),
      'resubmit',
      {},
      none,
    ],
    ['resubmit from Proposed', start(), 'resubmit', {}, [/Proposed/]],
    ['schedule when open', both().reported('authority', 'Approved'), 'schedule', {}, none],
    ['schedule when forced to Approved', start().move('outsider', 'Approved'), 'schedule', {}, [/^Needs an approval/]],
    [
      'schedule when edited since',
      both().reported('authority', 'Approved').edit('owner', { scope: 'Two rules.' }),
      'schedule',
      {},
      [/does not count any more/, /does not count any more/, /^Needs/],
    ],
    [
      'schedule when a decider joined the change',
      both().reported('authority', 'Approved').assign('owner', 'authority'),
      'schedule',
      {},
      [/took part/, /^Needs/],
    ],
    [
      'schedule with an edit on the screen',
      both().reported('authority', 'Approved'),
      'schedule',
      { f_scope: 'Everything.' },
      [/does not count any more/, /does not count any more/, /^Needs/],
    ],
    ['schedule with an objection', both().decide('authority2', 'deferred'), 'schedule', {}, [/deferred/]],
    ['execute when open and inside the window', both().reported('authority', 'Approved'), 'execute', {}, none],
    ['execute when not open', signed().move('outsider', 'Approved'), 'execute', {}, [/^Needs/]],
    ['close', executed().implement('implementer'), 'close', {}, none],
    ['close without the implementation record', executed(), 'close', {}, [/implementation record is missing\. /]],
    [
      'close with a record from before inventory and verifier were asked for',
      executed().implement('implementer', { inventoryUpdated: undefined, verifiedBy: undefined }),
      'close',
      {},
      [/does not say whether the inventory was updated and who verified/],
    ],
    [
      'close with a record from before the change was resubmitted',
      executed()
        .implement('implementer')
        .move('owner', 'Disapproved')
        .move('owner', 'Proposed')
        .move('owner', 'Executed'),
      'close',
      {},
      [/missing since the change was resubmitted/],
    ],
    [
      'close with a record that corrects one without a verifier',
      executed().implement('implementer', { verifiedBy: undefined }).implement('owner'),
      'close',
      {},
      none,
    ],
    [
      'resubmit while an action is open',
      objected(),
      'resubmit',
      {},
      [/"Add a test"\. Owner or the change owner.*Reviewer, who set it, may/],
    ],
    ['resubmit when the action is done', objected().settle('owner', 'done'), 'resubmit', {}, none],
    ['resubmit when it was withdrawn', objected().settle('reviewer', 'withdrawn'), 'resubmit', {}, none],
    [
      'resubmit when the one who disapproved approved since',
      objected().decide('reviewer', 'approved'),
      'resubmit',
      {},
      none,
    ],
    [
      'resubmit with an objection of the panel, from Approved',
      both()
        .reported('authority', 'Approved')
        .edit('owner', { scope: 'Two rules.' })
        .decide('reviewer2', 'disapproved'),
      'resubmit',
      {},
      [/Add a test/],
    ],
    ['withdraw', start(), 'withdraw', {}, none],
  ];
  test.each(CASES)('%s', (_, scene, step, fields, messages) => {
    const found = check(scene, step, fields);
    expect(found).toHaveLength(messages.length);
    messages.forEach((message, i) => expect(found[i]).toMatch(message));
  });

  test.each([
    ['2026-03-03T17:59:00Z', 1],
    ['2026-03-03T18:00:00Z', 0],
    ['2026-03-03T20:01:00Z', 1],
  ])('execute at %s', (now, count) => {
    expect(check(both().reported('authority', 'Approved'), 'execute', {}, new Date(now))).toHaveLength(count);
  });
  test('approve after the window', () => {
    expect(check(signed(), 'approve', {}, new Date('2026-03-04T00:00:00Z'))).toEqual([
      expect.stringMatching(/already over/),
    ]);
  });

  test.each([
    ['at once', 1, 1],
    ['after five minutes, when its event never came', 6, 0],
  ])('resubmit %s, a disapproval by transition not recorded yet', (_, minutes, count) => {
    const scene = start().move('authority', 'Disapproved');
    const moved = Date.parse(scene.facts().snapshot.history.at(-1)?.at ?? '');
    expect(check(scene, 'resubmit', {}, new Date(moved + minutes * 60_000))).toHaveLength(count);
  });

  test('a basis from before the change was resubmitted says nothing about this decision', () => {
    const facts = start().move('authority', 'Disapproved').move('owner', 'Proposed').facts();
    const snapshot = {
      ...facts.snapshot,
      disposition: { decisionBasis: 'Old reason.', requiredActions: 'Old action @owner' },
    };
    const messages = checkTransition(DEFAULT_POLICY, { ...facts, snapshot }, 'disapprove', NOW);
    expect(messages).toEqual([expect.stringMatching(/write it anew/), expect.stringMatching(/write them anew/)]);
  });

  test('a changelog read in part is enough when it reaches back to the decisions, and not otherwise', () => {
    const scene = start().edit('owner', { description: 'Ports.' }).edit('owner', { description: 'Both ports.' });
    const facts = scene.decide('reviewer', 'approved').decide('authority', 'approved').edit('reviewer', {}).facts();
    const partly = (from: number) => ({
      ...facts,
      snapshot: { ...facts.snapshot, historyComplete: false, history: facts.snapshot.history.slice(from) },
    });
    expect(checkTransition(DEFAULT_POLICY, partly(1), 'schedule', NOW)).toEqual([]);
    expect(checkTransition(DEFAULT_POLICY, partly(2), 'schedule', NOW)).toEqual([
      expect.stringMatching(/^Needs an approval/),
    ]);
  });
});

const members: Record<RoleKey, Decider[]> = {
  'security-reviewer': [person('reviewer2'), person('reviewer'), { ...person('both'), active: false }],
  'change-authority': [person('authority'), person('bot')],
  'emergency-authority': [],
};
const state = (scene: Scene) => {
  const { snapshot, entries } = scene.facts();
  return decisionState(DEFAULT_POLICY, judge(DEFAULT_POLICY, { snapshot, entries }, NOW), snapshot, members);
};

describe('the decision state field', () => {
  test('has the headline first, then the parts in their order; apps and inactive accounts are on no list', () => {
    expect(state(signed()).split(' | ')).toEqual([
      'Needs one change authority',
      'missing=1',
      'open=no',
      'need=change-authority',
      `signed=,${id('reviewer')},`,
      'objected=,',
      `security-reviewer=,${id('reviewer')},${id('reviewer2')},`,
      `change-authority=,${id('authority')},`,
      'emergency-authority=,',
    ]);
  });

  const HEADLINES: readonly (readonly [Scene, string, string])[] = [
    [start(), 'Needs one security reviewer and one change authority', 'open=no'],
    [both(), 'Decided', 'open=yes'],
    [
      both().edit('owner', { scope: 'Two rules.' }),
      'Edited since it was approved: needs one security reviewer and one change authority',
      'open=no',
    ],
    [both().decide('authority2', 'disapproved'), 'Disapproved by a reviewer', 'open=no'],
    [both().decide('authority2', 'deferred'), 'Deferred by a reviewer', 'open=no'],
    [both().move('owner', 'Withdrawn'), 'Withdrawn', 'open=no'],
    [
      both().with({ windowEnd: '2026-01-01T00:00:00.000Z' }),
      'Edited since it was approved: needs one security reviewer and one change authority',
      'open=no',
    ],
  ];
  test.each(HEADLINES)('says where it stands %#', (scene, headline, open) => {
    const { snapshot, entries } = scene.facts();
    expect(decisionStateHeadline(judge(DEFAULT_POLICY, { snapshot, entries }, NOW), snapshot)).toBe(headline);
    expect(state(scene).split(' | ').slice(0, 3)).toEqual([headline, expect.stringMatching(/^missing=\d$/), open]);
  });

  test('a crowd that does not fit allows nobody', () => {
    const { snapshot, entries } = start().facts();
    const crowd = Array.from({ length: 1000 }, (_, i) => ({
      ...person('reviewer'),
      accountId: `557058:${String(i).padStart(36, '0')}`,
    }));
    const value = decisionState(DEFAULT_POLICY, judge(DEFAULT_POLICY, { snapshot, entries }, NOW), snapshot, {
      ...members,
      'security-reviewer': crowd,
    });
    expect(value.length).toBeLessThan(32_000);
    expect(value.split(' | ').slice(-3)).toEqual([
      'security-reviewer=,',
      'change-authority=,',
      'emergency-authority=,',
    ]);
  });
});

describe('what a reported transition becomes', () => {
  const report = (scene: Scene, by: string, to: string, also: Partial<Transition> = {}): Transition => ({
    actor: id(by),
    from: '1',
    to: '2',
    name: to === 'Approved' ? 'Approve' : to === 'Disapproved' ? 'Disapprove' : to,
    executionId: 'e1',
    historyId: scene.history.findLast(({ items }) => items.some(({ field }) => field === 'status'))?.id ?? null,
    ...also,
  });
  const recorded = (
    scene: Scene,
    by: string,
    to: string,
    also: Partial<Transition> = {},
    actor: Decider | undefined = person(by),
  ) => {
    const found = recordingFor(DEFAULT_POLICY, scene.facts(), report(scene, by, to, also), actor);
    expect(found.fact).toBe('transition:e1');
    return found.record === 'decision'
      ? [found.decision.decision, found.decision.void?.code ?? 'counts']
      : [found.record];
  };
  const approve = (scene: Scene, by: string): Scene => scene.move(by, 'Approved');

  const CASES: readonly (readonly [string, () => string[], readonly string[]])[] = [
    [
      'the last approval',
      () => recorded(approve(signed(), 'authority'), 'authority', 'Approved'),
      ['approved', 'counts'],
    ],
    [
      'the first approval, though one is missing',
      () => recorded(approve(start(), 'authority'), 'authority', 'Approved'),
      ['approved', 'counts'],
    ],
    ['all had signed', () => recorded(approve(both(), 'reviewer2'), 'reviewer2', 'Approved'), ['move']],
    ['somebody who had signed', () => recorded(approve(signed(), 'reviewer'), 'reviewer', 'Approved'), ['move']],
    [
      'signed in the panel after the move',
      () => recorded(approve(signed(), 'authority').decide('authority2', 'approved'), 'authority', 'Approved'),
      ['approved', 'counts'],
    ],
    [
      'the requester',
      () => recorded(approve(signed(), 'requester'), 'requester', 'Approved'),
      ['approved', 'own-change'],
    ],
    [
      'a former assignee',
      () =>
        recorded(
          approve(signed().assign('owner', 'authority').assign('owner', null), 'authority'),
          'authority',
          'Approved',
        ),
      ['approved', 'own-change'],
    ],
    ['an app', () => recorded(approve(signed(), 'bot'), 'bot', 'Approved'), ['approved', 'not-a-person']],
    ['an account that Jira does not know', () => recordedUnknown(), ['approved', 'not-a-person']],
    [
      'an outsider',
      () => recorded(approve(signed(), 'outsider'), 'outsider', 'Approved'),
      ['approved', 'not-eligible'],
    ],
    [
      'edited before it could be recorded',
      () => recorded(approve(signed(), 'authority').edit('owner', { scope: 'Two rules.' }), 'authority', 'Approved'),
      ['approved', 'content-changed'],
    ],
    [
      'another author in the changelog',
      () => recorded(approve(signed(), 'outsider'), 'authority', 'Approved'),
      ['approved', 'not-confirmed'],
    ],
    [
      'no such entry',
      () => recorded(approve(signed(), 'authority'), 'authority', 'Approved', { historyId: '99' }),
      ['approved', 'not-confirmed'],
    ],
    [
      'other statuses',
      () => recorded(approve(signed(), 'authority'), 'authority', 'Approved', { to: '3' }),
      ['approved', 'not-confirmed'],
    ],
    [
      'without a changelog id, found by what it was',
      () => recorded(approve(signed(), 'authority'), 'authority', 'Approved', { historyId: null }),
      ['approved', 'counts'],
    ],
    [
      'statuses by name',
      () => recorded(approve(signed(), 'authority'), 'authority', 'Approved', { from: 'Proposed', to: 'Approved' }),
      ['approved', 'counts'],
    ],
    [
      'Disapprove',
      () => recorded(start().move('authority', 'Disapproved'), 'authority', 'Disapproved'),
      ['disapproved', 'counts'],
    ],
    [
      'Disapprove by the owner',
      () => recorded(start().move('owner', 'Disapproved'), 'owner', 'Disapproved'),
      ['disapproved', 'own-change'],
    ],
    ['Schedule', () => recorded(both().move('owner', 'Scheduled'), 'owner', 'Scheduled'), ['move']],
    ['Withdraw', () => recorded(start().move('requester', 'Withdrawn'), 'requester', 'Withdrawn'), ['move']],
    ['Schedule that the changelog does not show', () => recorded(both(), 'owner', 'Scheduled'), ['nothing']],
  ];
  const recordedUnknown = (): string[] => {
    const scene = approve(signed(), 'authority');
    const found = recordingFor(DEFAULT_POLICY, scene.facts(), report(scene, 'authority', 'Approved'), undefined);
    return found.record === 'decision'
      ? [found.decision.decision, found.decision.void?.code ?? 'counts']
      : [found.record];
  };
  test.each(CASES)('%s', (_, record, expected) => expect(record()).toEqual(expected));

  test('an incomplete history clears nobody', () => {
    const scene = approve(signed(), 'authority');
    scene.complete = false;
    expect(recorded(scene, 'authority', 'Approved')).toEqual(['approved', 'not-confirmed']);
  });

  test('basis and actions are those of the same changelog entry', () => {
    const text = (field: 'decisionBasis' | 'requiredActions', toText: string) => ({
      field,
      fieldId: field,
      from: null,
      fromText: null,
      to: null,
      toText,
    });
    const scene = start().move('authority', 'Disapproved', [
      text('decisionBasis', 'No failover test.'),
      text('requiredActions', 'Add one [~accountid:557058:owner]'),
    ]);
    const found = recordingFor(
      DEFAULT_POLICY,
      scene.facts(),
      report(scene, 'authority', 'Disapproved'),
      person('authority'),
    );
    expect(found).toMatchObject({
      decision: {
        basis: 'No failover test.',
        requiredActions: [{ what: 'Add one', owner: { accountId: id('owner') } }],
        roles: ['change-authority'],
      },
    });
  });

  test('a recorded approval opens the change, whatever order the facts came in', () => {
    const scene = approve(signed(), 'authority');
    const found = recordingFor(
      DEFAULT_POLICY,
      scene.facts(),
      report(scene, 'authority', 'Approved'),
      person('authority'),
    );
    if (found.record !== 'decision') throw new Error('a decision');
    const { roles, basis, historyHead, transition } = found.decision;
    expect(basis).not.toBe('');
    scene.decide('authority', 'approved', { roles, basis, historyHead, transition });
    expect(judge(DEFAULT_POLICY, scene.facts(), NOW)).toMatchObject({ open: true, exceptions: [] });
    expect(isConfirmed(scene.facts(), report(scene, 'authority', 'Approved', { historyId: null }))).toBe(true);
    expect(
      isConfirmed(scene.facts(), report(scene, 'authority', 'Approved', { historyId: null, executionId: 'e2' })),
    ).toBe(false);
  });
});
