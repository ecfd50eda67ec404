import { inadequateFields } from '../../../src/change/adequacy';
import { FIELDS, NO_CUI_SYSTEM, type FieldIds } from '../../../src/change/fields';
import { PLACEHOLDER_PHRASES } from '../../../src/change/placeholder';
import { snapshotFromIssue } from '../../../src/change/from-jira';
import { PLACEHOLDER, STRIP } from '../../../src/gate/expressions';
import { STEPS } from '../../../src/gate/transition-check';
import { TRANSITIONS, workflowRules, type TransitionName, type WorkflowRule } from '../../../src/gate/workflow-rules';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { evaluate, JIRA_LIMITS, judgeCondition, judgeValidator } from '../../host/expressions';
import { Bean, changelog, contextOf, user, type World } from './jira-world';
import { NOW } from './scene';
import { processorSeconds } from '../processor-time';

/** Ids as long as Jira's get. */
const ids = Object.fromEntries(
  FIELDS.map(({ key }, i) => [key, key === 'summary' || key === 'description' ? key : `customfield_${10_100 + i}`]),
) as FieldIds;
const appIds = { participants: 'customfield_10200', decisionState: 'customfield_10201' };
const RULES = workflowRules(ids, appIds, DEFAULT_POLICY);
const options = { now: NOW };

const rules = (transition: TransitionName, kind: WorkflowRule['kind']): WorkflowRule[] =>
  RULES.filter((rule) => rule.transition === transition && rule.kind === kind);
const expressionOf = ({ config }: WorkflowRule): string => String(config['expression']);
const WITH_EXPRESSION = RULES.filter(({ config }) => 'expression' in config).map(
  (rule, i) => [`${rule.transition} ${rule.kind} ${i}`, rule] as const,
);

const adf = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const parts = (also: Record<string, string> = {}): string => {
  const value = {
    missing: '1',
    open: 'no',
    need: 'change-authority',
    signed: ',rev,',
    objected: ',',
    'security-reviewer': ',rev,rev2,both,',
    'change-authority': ',auth,both,',
    ...also,
  };
  return ['Needs one change authority', ...Object.entries(value).map(([name, text]) => `${name}=${text}`)].join(' | ');
};
const GOOD: World = {
  who: user('auth', ['change-authority']),
  creator: 'req',
  reporter: 'req',
  assignee: null,
  summary: 'Block outbound SMB',
  changelogs: [],
  fields: {
    [ids.changeType]: { id: '1', value: 'Normal' },
    [ids.owner]: { accountId: 'own' },
    [ids.implementer]: { accountId: 'imp' },
    [ids.scope]: adf('One rule on the pair.'),
    [ids.impactedSystems]: [{ value: 'CUI enclave firewall' }],
    [ids.justification]: adf('Closes a finding.'),
    [ids.securityImpactAnalysis]: adf('No control is weakened.'),
    [ids.testPlan]: adf('Probe both ports.'),
    [ids.backoutPlan]: adf('Restore the previous rule set.'),
    [ids.windowStart]: '2026-03-03T18:00:00.000+0000',
    [ids.windowEnd]: '2026-03-03T20:00:00.000+0000',
    [ids.decisionBasis]: adf('The plan misses the failover.'),
    [ids.requiredActions]: adf('Add a failover test @owner'),
    [appIds.participants]: ',imp,own,req,',
    [appIds.decisionState]: parts(),
  },
};
const world = (fields: Record<string, unknown>, also: Partial<World> = {}): World => ({
  ...GOOD,
  ...also,
  fields: { ...GOOD.fields, ...fields },
});
const noise = (count: number, author: string, fieldId: string) =>
  Array.from({ length: count }, (_, i) => changelog(count - i, author, fieldId));

describe('the rules of a workflow', () => {
  test('every transition is checked by its own step and recorded', () => {
    expect(TRANSITIONS.map((name) => name.toLowerCase())).toEqual(STEPS);
    for (const name of TRANSITIONS) {
      expect(rules(name, 'post-function').map(({ moduleKey }) => moduleKey)).toEqual(['record-transition']);
      const step = rules(name, 'validator').filter(({ moduleKey }) => moduleKey === 'change-validator');
      expect(step.map(({ config }) => config['step'])).toEqual([name.toLowerCase()]);
    }
    expect(RULES.every(({ config }) => JSON.stringify(config).length < 32 * 1024)).toBe(true);
  });

  test.each(WITH_EXPRESSION)('%s stays within every limit of Jira, also with 5,000 entries of history', (_, rule) => {
    const text = expressionOf(rule);
    expect(text.length).toBeLessThanOrEqual(JIRA_LIMITS.characters);
    const { complexity } = evaluate(
      text,
      contextOf({ ...GOOD, changelogs: noise(5000, 'somebody', ids.scope) }, rule.config),
      options,
    );
    expect(complexity.steps).toBeLessThanOrEqual(JIRA_LIMITS.steps);
    expect(complexity.expensiveOperations).toBeLessThanOrEqual(JIRA_LIMITS.expensiveOperations);
  });

  test.each(WITH_EXPRESSION)('%s refuses without configuration and without the fields', (_, rule) => {
    const judge = rule.kind === 'condition' ? judgeCondition : judgeValidator;
    expect(judge(expressionOf(rule), contextOf({ ...GOOD, who: null, fields: {} }, null), options).outcome).toBe(
      'deny',
    );
    expect(judge(expressionOf(rule), contextOf({ ...GOOD, who: null, fields: {} }, rule.config), options).outcome).toBe(
      'deny',
    );
  });
});

/** An entry in which a person stops being what the field says. */
const handedOn = (fieldId: string, from: string): Bean =>
  new Bean('Changelog', '9', { id: '9', author: user('adm'), items: [item(fieldId, from)] });
const item = (fieldId: string, from: string | null): Bean =>
  new Bean('ChangelogItem', null, { field: fieldId, fieldId, from, to: null });
const busy = (entries: number): Bean[] =>
  Array.from(
    { length: entries },
    (_, i) =>
      new Bean('Changelog', String(i), {
        id: String(i),
        author: user('own'),
        items: Object.values(ids).map((fieldId) => item(fieldId, null)),
      }),
  );

describe('who may approve and disapprove, in Jira itself', () => {
  const A: TransitionName[] = ['Approve', 'Disapprove'];
  const by = (
    who: string,
    groups: readonly string[],
    also: Partial<World> = {},
    fields: Record<string, unknown> = {},
  ) => world(fields, { who: user(who, groups), ...also });
  const authority = (also: Partial<World> = {}, fields: Record<string, unknown> = {}) =>
    by('auth', ['jira-users', 'change-authority'], also, fields);
  const CASES: readonly (readonly [string, World, 'allow' | 'deny'])[] = [
    ['a change authority', authority(), 'allow'],
    ['a security reviewer', by('rev2', ['security-reviewers']), 'allow'],
    ['nobody logged in', { ...GOOD, who: null }, 'deny'],
    ['somebody in no group', by('req2', ['jira-users']), 'deny'],
    ['in the group, not on the list (an app, or just joined)', by('bot', ['change-authority']), 'deny'],
    ['on the list, no longer in the group', by('auth', ['jira-users']), 'deny'],
    ['on one list, in the other group', by('auth', ['security-reviewers']), 'deny'],
    ['an id that is part of another', by('aut', ['change-authority']), 'deny'],
    ['the creator', authority({ creator: 'auth' }), 'deny'],
    ['the reporter', authority({ reporter: 'auth' }), 'deny'],
    ['the assignee', authority({ assignee: 'auth' }), 'deny'],
    ['the owner', authority({}, { [ids.owner]: { accountId: 'auth' } }), 'deny'],
    ['the implementer', authority({}, { [ids.implementer]: { accountId: 'auth' } }), 'deny'],
    ['a participant by the field alone', authority({}, { [appIds.participants]: ',auth,req,' }), 'deny'],
    ['before the participants are written', authority({}, { [appIds.participants]: null }), 'deny'],
    [
      'an overflowing list of participants',
      authority({}, { [appIds.participants]: 'nobody may decide: too many' }),
      'deny',
    ],
    ['before the decision state is written', authority({}, { [appIds.decisionState]: null }), 'deny'],
    ['an editor of the scope', authority({ changelogs: [changelog(1, 'auth', ids.scope)] }), 'deny'],
    [
      'an editor of the summary, among many',
      authority({ changelogs: [...noise(500, 'own', ids.scope), changelog(0, 'auth', 'summary')] }),
      'deny',
    ],
    [
      'an editor of the analysis',
      authority({ changelogs: [changelog(1, 'auth', ids.securityImpactAnalysis)] }),
      'allow',
    ],
    ['the reporter of a moment ago', authority({ changelogs: [handedOn('reporter', 'auth')] }), 'deny'],
    [
      'the assignee of a moment ago, behind edits of every field at once',
      authority({ changelogs: [...busy(11), handedOn('assignee', 'auth')] }),
      'deny',
    ],
    [
      'somebody named in another field, and no more',
      authority({ changelogs: [handedOn('approvers', 'auth')] }),
      'allow',
    ],
    ['any number of edits of every field at once', authority({ changelogs: busy(5000) }), 'allow'],
    ['somebody who moved it', authority({ changelogs: noise(100, 'auth', 'status') }), 'allow'],
    [
      'beyond the newest thousand only the field knows',
      authority({ changelogs: [...noise(1000, 'own', ids.scope), changelog(0, 'auth', ids.scope)] }),
      'allow',
    ],
    [
      'no owner, no implementer, no reporter yet',
      authority({ reporter: null }, { [ids.owner]: null, [ids.implementer]: null }),
      'allow',
    ],
  ];
  describe.each(A)('%s', (transition) => {
    const [condition, ...more] = rules(transition, 'condition');
    test.each(CASES)('%s', (_, seen, outcome) => {
      if (condition === undefined) throw new Error('a condition');
      expect(more).toEqual([]);
      const judged = judgeCondition(expressionOf(condition), contextOf(seen, condition.config), options);
      expect(judged).toEqual({ outcome });
    });
  });

  test.each([
    ['requester', user('req'), 'allow'],
    ['owner', user('own'), 'allow'],
    ['implementer', user('imp'), 'deny'],
    ['anonymous', null, 'deny'],
  ] as const)('Withdraw by %s', (_, who, outcome) => {
    const [condition] = rules('Withdraw', 'condition');
    if (condition === undefined) throw new Error('a condition');
    expect(judgeCondition(expressionOf(condition), contextOf({ ...GOOD, who }, condition.config), options)).toEqual({
      outcome,
    });
  });
});

/** What the expression validators of a transition say: nothing when all allow. */
const said = (transition: TransitionName, seen: World): string[] =>
  rules(transition, 'validator')
    .filter(({ moduleKey }) => moduleKey === 'required-fields-validator')
    .flatMap((rule) => {
      const judged = judgeValidator(expressionOf(rule), contextOf(seen, rule.config), options);
      return judged.outcome === 'allow'
        ? []
        : ['message' in judged ? (judged.message ?? '') : `FAILED ${JSON.stringify(judged)}`];
    });

describe('whose approval is still needed', () => {
  const NOBODY = parts({ missing: '2', need: 'security-reviewer,change-authority', signed: ',' });
  const CASES: readonly (readonly [string, string, string, RegExp | null])[] = [
    ['the last one needed', parts(), 'auth', null],
    ['one in both groups as the last', parts(), 'both', null],
    ['somebody who signed', parts(), 'rev', /^Needs one change authority\. You have signed off already.*panel/],
    ['one in both groups who signed', parts({ signed: ',both,' }), 'both', /signed off already/],
    ['a role that is not needed', parts(), 'rev2', /^Needs one change authority\. Your role is not needed.*panel/],
    ['the first of two', NOBODY, 'auth', /^Needs one change authority\. Approve is one person's decision.*panel/],
    ['nobody is missing', parts({ missing: '0', need: '', signed: ',rev,auth,' }), 'rev2', null],
    ['nobody is missing, somebody who signed', parts({ missing: '0', need: '', signed: ',rev,auth,' }), 'rev', null],
    ['somebody else objects', parts({ objected: ',rev2,' }), 'auth', /disapproved or deferred/],
    ['one’s own objection gives way', parts({ objected: ',auth,' }), 'auth', null],
    ['one’s own and another’s', parts({ objected: ',auth,rev2,' }), 'auth', /disapproved or deferred/],
    ['a value of another shape', 'Needs somebody', 'auth', /being prepared/],
    ['nothing written yet', '', 'auth', /being prepared/],
  ];
  test.each(CASES)('%s', (_, value, who, message) => {
    const found = said('Approve', world({ [appIds.decisionState]: value }, { who: user(who) }));
    expect(found).toHaveLength(message === null ? 0 : 1);
    if (message !== null) expect(found[0]).toMatch(message);
  });

  test.each(['Schedule', 'Execute'] as const)('%s while the decisions stand', (transition) => {
    expect(said(transition, world({ [appIds.decisionState]: parts({ open: 'yes' }) }))).toEqual([]);
    expect(said(transition, world({ [appIds.decisionState]: parts() }))).toEqual([
      expect.stringContaining('Needs one change authority'),
    ]);
    expect(said(transition, world({ [appIds.decisionState]: null }))).toHaveLength(1);
  });
});

describe('required fields, in Jira itself', () => {
  const CASES: readonly (readonly [string, Record<string, unknown>, readonly string[]])[] = [
    ['everything there', {}, []],
    ['no change type', { [ids.changeType]: null }, ['Change type']],
    ['no owner, no implementer', { [ids.owner]: null, [ids.implementer]: null }, ['Change owner', 'Implementer']],
    ['no systems', { [ids.impactedSystems]: null }, ['Impacted CUI systems']],
    ['an empty list of systems', { [ids.impactedSystems]: [] }, ['Impacted CUI systems']],
    ['none', { [ids.impactedSystems]: [{ value: NO_CUI_SYSTEM }] }, []],
    ['two systems', { [ids.impactedSystems]: [{ value: 'a' }, { value: 'b' }] }, []],
    [
      'none and another',
      { [ids.impactedSystems]: [{ value: 'a' }, { value: NO_CUI_SYSTEM }] },
      ['Impacted CUI systems'],
    ],
    ['no window', { [ids.windowStart]: null, [ids.windowEnd]: null }, ['Change window start', 'Change window end']],
    ['a window backwards', { [ids.windowEnd]: '2026-03-03T17:00:00.000+0000' }, ['Change window end']],
    ['an empty window', { [ids.windowEnd]: '2026-03-03T18:00:00.000+0000' }, ['Change window end']],
    ['no scope', { [ids.scope]: null }, ['Scope']],
    ['an empty document', { [ids.scope]: { type: 'doc', version: 1, content: [] } }, ['Scope']],
    ['plain text', { [ids.scope]: 'One rule.' }, []],
    ['empty plain text', { [ids.scope]: '' }, ['Scope']],
    ['a copy of the summary', { [ids.scope]: adf('BLOCK outbound - SMB.') }, ['Scope']],
    [
      'placeholders everywhere',
      Object.fromEntries(
        ['scope', 'justification', 'securityImpactAnalysis', 'testPlan', 'backoutPlan'].map((key, i) => [
          ids[key as 'scope'],
          adf(['N/A', 't.b.d.', '\u200bnone', 'xxx', '-'][i] ?? ''),
        ]),
      ),
      ['Scope', 'Justification', 'Security impact analysis', 'Test plan', 'Backout plan'],
    ],
  ];
  test.each(CASES)('%s', (_, fields, names) => {
    const seen = world(fields);
    const found = said('Approve', seen);
    for (const message of found) expect(message).toMatch(/^Fill in before approving/);
    const named = found.flatMap((message) => message.slice(message.indexOf(': ') + 2).split(', '));
    expect(named.sort()).toEqual([...names].sort());
    // The function validator says the same of the same fields.
    const issue = {
      id: '1',
      key: 'CHG-1',
      fields: {
        project: { key: 'CHG' },
        issuetype: { name: 'Change request' },
        status: { name: 'Proposed' },
        created: '2026-03-02T09:00:00.000+0000',
        summary: seen.summary,
        ...seen.fields,
      },
    };
    const { content } = snapshotFromIssue({ issue, histories: [], complete: true }, ids);
    expect(
      inadequateFields(content)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...names].sort());
  });

  test('Disapprove asks for its own two', () => {
    expect(said('Disapprove', GOOD)).toEqual([]);
    expect(said('Disapprove', world({ [ids.decisionBasis]: adf('n/a'), [ids.requiredActions]: null }))).toEqual([
      'Write before disapproving: Decision basis, Required actions',
    ]);
  });

  test('the pattern of placeholders can be read in one way only, so that it never runs long', async () => {
    const joined = new Set(PLACEHOLDER_PHRASES.map((phrase) => phrase.replaceAll(' ', '')));
    const readable = (text: string, whole: boolean): boolean =>
      text === '' ||
      [...joined].some(
        (phrase) =>
          (!whole || phrase !== text) && text.startsWith(phrase) && readable(text.slice(phrase.length), false),
      );
    expect([...joined].filter((phrase) => readable(phrase, true))).toEqual([]);
    const long = `${'tobedeterminednanonex'.repeat(1500)}!`;
    const matched = () => expect(new RegExp(PLACEHOLDER).test(long)).toBe(false);
    expect(await processorSeconds(matched)).toBeLessThan(0.5);
    expect('N / A\u00a0\u200b—[x]~'.replace(new RegExp(STRIP, 'g'), '')).toBe('NAx');
  });
});
