import { policyDifferences } from '../../../src/policy/difference';
import type { Policy } from '../../../src/policy/policy';
import { policySummary } from '../../../src/policy/summary';
import { FREEZE, HOLD, PROVIDER, TEMPLATE, WHOLE } from './a-policy';

const { types, emergency, expectedEvidence } = WHOLE;

const [reviewers, authorities, emergencies] = WHOLE.roles;
if (reviewers === undefined || authorities === undefined || emergencies === undefined) throw new Error('three roles');

/** Each edit with the one sentence that tells it. */
const EDITS: readonly [string, Partial<Policy>, string][] = [
  ['a project more', { projects: ['CHG', 'NEW'] }, 'The project NEW is under change control now.'],
  ['an issue type less', { issueTypes: [] }, 'Issues of the type "Change request" are not changes any more.'],
  [
    'another group',
    { roles: [{ ...reviewers, group: 'infosec' }, authorities, emergencies] },
    'The group infosec decides as security reviewer now, instead of security-reviewers.',
  ],
  [
    'another name of a role',
    { roles: [reviewers, { ...authorities, name: 'CAB' }, emergencies] },
    'The change authority is called CAB now.',
  ],
  ['a role less', { roles: [reviewers, authorities] }, 'Nobody decides as emergency change authority any more.'],
  [
    'another row',
    { normal: { ...WHOLE.normal, noCui: [['change-authority']] } },
    'A change that touches no CUI system needs one change authority now, instead of one security reviewer or one change authority.',
  ],
  [
    'a longer pass',
    { emergency: { ...WHOLE.emergency, passHours: 48 } },
    'An emergency pass ends after 48 hours now, instead of 24.',
  ],
  [
    'an earlier review',
    { emergency: { ...WHOLE.emergency, reviewHours: 24 } },
    'The retroactive review is due within 24 hours now, instead of 72.',
  ],
  [
    'reminders',
    { emergency: { ...emergency, reminderHours: [1, 48, 4] } },
    'Reviewers are reminded 48, 4 and 1 hours before the review is due.',
  ],
  ['no reminder', { emergency: { ...emergency, reminderHours: [] } }, 'Nobody is reminded of a review that is due.'],
  [
    'overdue reviews that stop nothing',
    { emergency: { ...emergency, overdueReviewsStop: false } },
    'An overdue review does not keep its project from further passes.',
  ],
  [
    'a field that a type does not ask for any more',
    {
      types: {
        ...types,
        Emergency: { ...types.Emergency, required: types.Normal.required.filter((key) => key !== 'testPlan') },
      },
    },
    'A change judged as Emergency does not need Test plan any more.',
  ],
  [
    'fields that a type asks for',
    { types: { ...types, Discovered: types.Normal } },
    'A change judged as Discovered needs Change window start and Change window end now.',
  ],
  [
    'a least number of words',
    { types: { ...types, Normal: { ...types.Normal, minimumWords: 5 } } },
    'A paragraph of a change judged as Normal needs at least 5 words now.',
  ],
  [
    'placeholders that count',
    { types: { ...types, Standard: { ...types.Standard, refusePlaceholders: false } } },
    'A placeholder in a change judged as Standard counts as an answer now.',
  ],
  [
    'copies that count',
    { types: { ...types, Standard: { ...types.Standard, refuseCopies: false } } },
    'A copy of the summary in a change judged as Standard counts as an answer now.',
  ],
  [
    'evidence that is expected',
    { expectedEvidence: { ...expectedEvidence, Standard: ['attestation', 'run', 'deployment', 'commit'] } },
    'Of a change judged as Standard is expected now: commit and attestation.',
  ],
  [
    'evidence that is not expected any more',
    { expectedEvidence: { ...expectedEvidence, Discovered: [] } },
    'Of a change judged as Discovered is not expected any more: commit and deployment.',
  ],
  [
    'deployments that nobody has to ask for',
    { askBeforeDeploying: false },
    'A deployment before which the deploy gate was not asked is no exception any more.',
  ],
  [
    'another hold',
    { legalHolds: [HOLD, { ...HOLD, id: 'audit', name: 'Audit', projects: [], until: '2026-06-01T00:00:00.000Z' }] },
    'A legal hold "Audit" was added: nothing of the change OPS-7 is erased from 2026-03-03 00:00 UTC to 2026-06-01 00:00 UTC (Letter of counsel of 3 March).',
  ],
  [
    'no hold',
    { legalHolds: [] },
    'The legal hold "Case 17" was lifted: nothing of the project CHG and the change OPS-7 is erased from 2026-03-03 00:00 UTC on (Letter of counsel of 3 March).',
  ],
  [
    'a hold of more projects',
    { legalHolds: [{ ...HOLD, projects: ['CHG', 'OPS'], changes: [] }] },
    'The legal hold "Case 17" changed: nothing of the projects CHG, OPS is erased from 2026-03-03 00:00 UTC on (Letter of counsel of 3 March); before, nothing of the project CHG and the change OPS-7 is erased from 2026-03-03 00:00 UTC on (Letter of counsel of 3 March).',
  ],
  [
    'a group by its id',
    { roles: [{ ...reviewers, groupId: 'a1' }, authorities, emergencies] },
    "The group security-reviewers is found by Jira's id a1 now, instead of by its name.",
  ],
  [
    "the provider's group by its id",
    { outsideProvider: { ...PROVIDER, groupId: 'b2' } },
    "The group msp-acme of the outside provider is found by Jira's id b2 now, instead of by its name.",
  ],
  [
    'a field by its id',
    { fields: { ...WHOLE.fields, scope: 'customfield_10010' } },
    "The field Scope is found by Jira's id customfield_10010 now, instead of by its name.",
  ],
  [
    'a status by its id',
    { statuses: { ...WHOLE.statuses, Approved: '10002' } },
    "The status Approved is found by Jira's id 10002 now, instead of by its name.",
  ],
  [
    'a change type by its id',
    { changeTypes: { ...WHOLE.changeTypes, Emergency: '10031' } },
    "The change type Emergency is found by Jira's id 10031 now, instead of by its name.",
  ],
  [
    'an answer by its id',
    { systems: { none: '10045', unknown: null } },
    'The answer "None: no CUI system is touched" is found by Jira\'s id 10045 now, instead of by its name.',
  ],
  [
    'a project by its id',
    { projectIds: { CHG: '10000' } },
    "The project CHG is found by Jira's id 10000 now, instead of by its name.",
  ],
  [
    'an issue type by its id',
    { issueTypeIds: { 'Change request': '10004' } },
    'The issue type "Change request" is found by Jira\'s id 10004 now, instead of by its name.',
  ],
  [
    'no freeze',
    { freezes: [] },
    'The freeze period "Year end" was removed: from 2026-12-20 00:00 UTC to 2027-01-02 23:59 UTC, for every change.',
  ],
  [
    'another freeze of the same name',
    { freezes: [FREEZE, { ...FREEZE, id: 'audit', name: 'Audit', systems: ['Build pipeline'] }] },
    'A freeze period "Audit" was added: from 2026-12-20 00:00 UTC to 2027-01-02 23:59 UTC, for changes that touch Build pipeline.',
  ],
  [
    'a freeze that ends later, to the second',
    { freezes: [{ ...FREEZE, end: '2027-01-03T23:59:59.000Z' }] },
    'The freeze period "Year end" changed: from 2026-12-20 00:00 UTC to 2027-01-03 23:59:59.000 UTC, for every change; before, from 2026-12-20 00:00 UTC to 2027-01-02 23:59 UTC, for every change.',
  ],
  [
    'an edited template',
    { templates: [{ ...TEMPLATE, maxWindowHours: null, content: { ...TEMPLATE.content, testPlan: 'None.' } }] },
    'The template "Signature update" changed (test plan, longest change window); changes made from it before are judged as Normal.',
  ],
  [
    'no template',
    { templates: [] },
    'The template "Signature update" was removed; changes made from it are judged as Normal.',
  ],
  ['no outside provider', { outsideProvider: null }, 'Acme MSP does not stand in any more.'],
  [
    'two organisations',
    { outsideProvider: { ...PROVIDER, until: null, required: true } },
    'Engineers of Acme MSP (group msp-acme) may stand in. Two deciders have to be of two different organisations. Before: Engineers of Acme MSP (group msp-acme) may stand in until 2026-12-31 23:59:59.000 UTC.',
  ],
  [
    'later commits',
    { laterCommits: 'any-linked' },
    'Every linked commit may be deployed now, also one linked after the deciding approval.',
  ],
  [
    'no evidence asked for',
    { evidenceBeforeDeploying: [] },
    'Evidence of the kind review does not have to be there before deploying any more.',
  ],
  ['a longer retention', { retentionYears: 7 }, 'Evidence is kept for 7 years now, instead of 6.'],
  [
    'the same in another order',
    { roles: [authorities, reviewers, emergencies] },
    'Only the order of its lists changed.',
  ],
];

describe('what is different in a policy', () => {
  it('a new version that says the same is no difference', () => {
    expect(policyDifferences(WHOLE, { ...WHOLE, version: 'policy-9' })).toEqual([]);
  });

  it.each(EDITS)('%s is one sentence', (_, edit, sentence) => {
    expect(policyDifferences(WHOLE, { ...WHOLE, ...edit })).toEqual([sentence]);
  });

  it.each(EDITS)('%s taken back is a difference too', (_, edit) => {
    expect(policyDifferences({ ...WHOLE, ...edit }, WHOLE)).toHaveLength(1);
  });

  it('many edits are told in the order of the parts, each once', () => {
    const all = policyDifferences(WHOLE, { ...WHOLE, retentionYears: 7, projects: ['NEW'], freezes: [] });
    expect(all).toHaveLength(4);
    expect(all.map((sentence) => sentence.split(' ').slice(0, 3).join(' '))).toEqual([
      'The project NEW',
      'The project CHG',
      'The freeze period',
      'Evidence is kept',
    ]);
  });
});

describe('the policy in plain language', () => {
  /** Nothing that can be edited may be missing from what people read, save an order and a template's paragraphs. */
  it.each(EDITS.filter(([name]) => name !== 'the same in another order' && name !== 'an edited template'))(
    '%s is seen in it',
    (_, edit) => {
      expect(policySummary({ ...WHOLE, ...edit })).not.toEqual(policySummary(WHOLE));
    },
  );

  it('says of the default what a newcomer asks first', () => {
    const text = policySummary({ ...WHOLE, templates: [], freezes: [], outsideProvider: null });
    expect(text.slice(0, 4)).toEqual([
      'Issues of the type "Change request" in the project CHG are under change control.',
      'A change that touches a CUI system, or where that is unknown, needs one security reviewer and one change authority: 2 different people.',
      'A change that touches no CUI system needs one security reviewer or one change authority.',
      'There is no template, so a Standard change is judged as Normal.',
    ]);
    expect(text).toContain('There is no freeze period.');
  });
});
