import { NO_CUI_SYSTEM } from '../../../src/change/fields';
import { EVIDENCE_KINDS } from '../../../src/evidence/item';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import type { Policy } from '../../../src/policy/policy';
import { migratedPolicy } from '../../../src/policy/schema';
import { policyProblems } from '../../../src/policy/sense';
import { FREEZE, PROVIDER, TEMPLATE, WHOLE } from './a-policy';

const withRow = (cui: Policy['normal']['cui']): Partial<Policy> => ({ normal: { ...WHOLE.normal, cui } });

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
