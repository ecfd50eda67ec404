import { policyDifferences } from '../../../src/policy/difference';
import type { Policy } from '../../../src/policy/policy';
import { policySummary } from '../../../src/policy/summary';
import { FREEZE, PROVIDER, TEMPLATE, WHOLE } from './a-policy';

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
