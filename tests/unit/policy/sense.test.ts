import { NO_CUI_SYSTEM } from '../../../src/change/fields';
import { EVIDENCE_KINDS } from '../../../src/evidence/item';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import type { Policy } from '../../../src/policy/policy';
import { migratedPolicy } from '../../../src/policy/schema';
import { policyProblems } from '../../../src/policy/sense';
import { FREEZE, HOLD, PROVIDER, TEMPLATE, WHOLE } from './a-policy';

const withRow = (cui: Policy['normal']['cui']): Partial<Policy> => ({ normal: { ...WHOLE.normal, cui } });

const withRule = (rule: Partial<Policy['types']['Normal']>): Partial<Policy> => ({
  types: { ...WHOLE.types, Normal: { ...WHOLE.types.Normal, ...rule } },
});
const { required } = WHOLE.types.Normal;
const [reviewers, ...others] = WHOLE.roles;

const NONSENSE: readonly [string, Partial<Policy>, string][] = [
  ['no project', { projects: [] }, 'Name at least one project: with none, nothing is under change control.'],
  ['no issue type', { issueTypes: [] }, 'Name at least one issue type: with none, no issue is a change.'],
  ['a project twice', { projects: ['CHG', 'CHG'] }, 'The project CHG is named twice.'],
  [
    'a row without anybody',
    withRow([]),
    'A change that touches a CUI system would need nobody: name at least one decider.',
  ],
  [
    'a decider without a role',
    withRow([['security-reviewer'], []]),
    'A change that touches a CUI system has a decider without a role: choose one.',
  ],
  [
    'a role that decides and is not there',
    { roles: WHOLE.roles.filter(({ key }) => key !== 'emergency-authority') },
    'The role emergency-authority decides and has no group: name the Jira group that holds it.',
  ],
  [
    'a role with a blank group',
    { roles: WHOLE.roles.map((role) => (role.key === 'change-authority' ? { ...role, group: ' ' } : role)) },
    'The role change-authority decides and has no group: name the Jira group that holds it.',
  ],
  [
    'a freeze that ends when it starts',
    { freezes: [{ ...FREEZE, end: FREEZE.start }] },
    'The freeze period "Year end" has to start before it ends.',
  ],
  [
    'a freeze from 30 February on',
    { freezes: [{ ...FREEZE, start: '2026-02-30T00:00:00.000Z' }] },
    'The freeze period "Year end" has a date that does not exist.',
  ],
  [
    'evidence expected twice',
    { expectedEvidence: { ...WHOLE.expectedEvidence, Normal: ['run', 'run'] } },
    'Of a change judged as Normal a pipeline run or check is expected twice.',
  ],
  ['a freeze twice', { freezes: [FREEZE, { ...FREEZE, name: 'Again' }] }, 'Two freeze periods have the id year-end.'],
  [
    'a template that expires before it is approved',
    { templates: [{ ...TEMPLATE, expiresAt: TEMPLATE.approvedAt }] },
    'The template "Signature update" has to be approved before its approval ends.',
  ],
  [
    'a template for no system',
    { templates: [{ ...TEMPLATE, systems: [] }] },
    'The template "Signature update" has to name the systems it is for.',
  ],
  [
    'a template for whatever',
    { templates: [{ ...TEMPLATE, systems: ['Unknown'] }] },
    `The template "Signature update" is for named systems: "Unknown" and "${NO_CUI_SYSTEM}" are none.`,
  ],
  [
    'a template with an empty paragraph',
    { templates: [{ ...TEMPLATE, content: { ...TEMPLATE.content, backoutPlan: '  ' } }] },
    'The template "Signature update" has an empty paragraph.',
  ],
  [
    'an outside provider in a group that decides anyway',
    { outsideProvider: { ...PROVIDER, group: 'change-authority' } },
    "The group change-authority is the outside provider's and decides as change authority: the provider needs a group of its own.",
  ],
  [
    'evidence of no kind',
    { evidenceBeforeDeploying: ['screenshot'] },
    `"screenshot" is no kind of evidence: choose of ${EVIDENCE_KINDS.join(', ')}.`,
  ],
  [
    'a type that does not ask for its systems',
    withRule({ required: required.filter((key) => key !== 'impactedSystems') }),
    'A change judged as Normal has to need Impacted CUI systems: by it is decided who approves.',
  ],
  [
    'a type that asks for what is written later',
    withRule({ required: [...required, 'decisionBasis'] }),
    'A change judged as Normal cannot need decisionBasis before it is approved: it is written later.',
  ],
  [
    'a type that asks for half a window',
    withRule({ required: required.filter((key) => key !== 'windowEnd') }),
    'A change judged as Normal has to need both ends of the change window, or neither.',
  ],
  [
    'a field asked for twice',
    withRule({ required: [...required, 'scope'] }),
    'A change judged as Normal needs scope twice.',
  ],
  [
    'a reminder before there is anything to review',
    { emergency: { ...WHOLE.emergency, reminderHours: [72] } },
    'A reminder 72 hours before a review that is due within 72 hours comes too early.',
  ],
  [
    'a reminder twice',
    { emergency: { ...WHOLE.emergency, reminderHours: [4, 4] } },
    'The reminder 4 hours before is there twice.',
  ],
  [
    'a hold on nothing',
    { legalHolds: [{ ...HOLD, projects: [], changes: [] }] },
    'The legal hold "Case 17" holds nothing: name projects or changes.',
  ],
  ['a hold for no reason', { legalHolds: [{ ...HOLD, reason: ' ' }] }, 'The legal hold "Case 17" has no reason.'],
  [
    'a hold that ends before it begins',
    { legalHolds: [{ ...HOLD, until: HOLD.from }] },
    'The legal hold "Case 17" has to begin before it ends.',
  ],
  [
    'a hold from 30 February on',
    { legalHolds: [{ ...HOLD, from: '2026-02-30T00:00:00.000Z' }] },
    'The legal hold "Case 17" has a date that does not exist.',
  ],
  ['a hold twice', { legalHolds: [HOLD, { ...HOLD, name: 'Again' }] }, 'Two legal holds have the id case-17.'],
  [
    'one field for two things',
    { fields: { ...WHOLE.fields, testPlan: 'customfield_1', backoutPlan: 'customfield_1' } },
    'The field customfield_1 stands for two things: choose one.',
  ],
  [
    'one status for two',
    { statuses: { ...WHOLE.statuses, Approved: '3', Scheduled: '3' } },
    'The status 3 stands for two things: choose one.',
  ],
  [
    'one option for two',
    { changeTypes: { ...WHOLE.changeTypes, Normal: '7', Emergency: '7' } },
    'The option 7 stands for two things: choose one.',
  ],
  [
    'another field for the summary',
    { fields: { ...WHOLE.fields, summary: 'customfield_2' } },
    "The field summary is Jira's own and cannot be another one.",
  ],
  [
    'the id of a project that is not under change control',
    { projectIds: { OPS: '10001' } },
    'The project OPS has an id and is not under change control: take its id out.',
  ],
  [
    "a provider's group that decides, by its id",
    {
      roles: reviewers === undefined ? [] : [{ ...reviewers, groupId: 'g' }, ...others],
      outsideProvider: { ...PROVIDER, groupId: 'g' },
    },
    "The group security-reviewers decides and is the outside provider's: it needs a group of its own.",
  ],
];

describe('whether a policy may be saved', () => {
  it.each<[string, Policy]>([
    ['the default', DEFAULT_POLICY],
    ['one in which every part says something', WHOLE],
  ])('%s may', (_, policy) => {
    expect(policyProblems(policy)).toEqual([]);
    expect(migratedPolicy(policy)).toEqual(policy);
  });

  it.each(NONSENSE)('%s may not, and one sentence says what to do', (_, edit, sentence) => {
    expect(policyProblems({ ...WHOLE, ...edit })).toEqual([sentence]);
  });

  it('all problems are told at once', () => {
    const problems = policyProblems({ ...WHOLE, projects: [], freezes: [{ ...FREEZE, end: FREEZE.start }] });
    expect(problems).toHaveLength(2);
  });
});
