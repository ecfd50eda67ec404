import { FIELDS, STATUSES, type FieldIds } from '../../../../src/change/fields';
import type { AppFieldIds } from '../../../../src/change/field-ids';
import type {
  ObservedRule,
  ObservedSite,
  ObservedTransition,
  ObservedWorkflow,
  Remembered,
} from '../../../../src/gate/health/observed';
import { healthOf, NOTHING_REMEMBERED } from '../../../../src/gate/health/health';
import {
  TRANSITIONS,
  workflowRules,
  type TransitionName,
  type WorkflowRule,
} from '../../../../src/gate/workflow-rules';
import { DEFAULT_POLICY, type Decider, type Policy } from '../../../../src/policy/policy';

/** A site whose controls are as they have to be. Every test starts from it, and breaks one thing. */

export const NOW = new Date('2026-03-02T09:00:00.000Z');
export const PLACE = 'CHG, Change request';

const ids = Object.fromEntries(
  FIELDS.map(({ key }, i) => [key, key === 'summary' || key === 'description' ? key : `customfield_${10_100 + i}`]),
) as FieldIds;
export const IDS: FieldIds & AppFieldIds = {
  ...ids,
  participants: 'customfield_10200',
  decisionState: 'customfield_10201',
};

export const FIELD_LIST = [
  ...FIELDS.map(({ key, name }) => ({ id: ids[key], name })),
  { id: IDS.participants, name: 'Change participants', key: 'a__PRODUCTION__change-participants' },
  { id: IDS.decisionState, name: 'Change decision state', key: 'a__PRODUCTION__change-decision-state' },
];

const GRAPH: Readonly<Record<TransitionName, readonly [from: readonly string[], to: string]>> = {
  Approve: [['Proposed'], 'Approved'],
  Disapprove: [['Proposed', 'Approved', 'Scheduled'], 'Disapproved'],
  Resubmit: [['Disapproved', 'Approved', 'Scheduled'], 'Proposed'],
  Schedule: [['Approved'], 'Scheduled'],
  Execute: [['Approved', 'Scheduled'], 'Executed'],
  Close: [['Executed'], 'Closed'],
  Withdraw: [['Proposed', 'Approved', 'Scheduled'], 'Withdrawn'],
};

/** Deliveries of GitHub that were refused for a reason. */
export const refusal = (reason: string, source = 'github') => ({
  ...{ source, sender: 'GitHub', reason, why: `the matter with ${reason}`, count: 2 },
});

export const ruleOf = ({ moduleKey, config }: Pick<WorkflowRule, 'moduleKey' | 'config'>): ObservedRule => ({
  ruleKey: 'forge:expression-validator',
  module: moduleKey,
  config: JSON.stringify(config),
  disabled: false,
  parameters: {},
});

export const jiraRule = (ruleKey: string, parameters: Readonly<Record<string, string>> = {}): ObservedRule => ({
  ruleKey,
  module: null,
  config: null,
  disabled: false,
  parameters,
});

/** The rules of a policy on every transition; Jira's own under Approve. Statuses go by their names. */
export function healthyWorkflow(policy: Policy = DEFAULT_POLICY): ObservedWorkflow {
  const rules = workflowRules(IDS, IDS, policy);
  const of = (name: TransitionName, kind: WorkflowRule['kind']): ObservedRule[] =>
    rules.filter((rule) => rule.transition === name && rule.kind === kind).map(ruleOf);
  const created: ObservedTransition = {
    id: '1',
    name: 'Create',
    type: 'INITIAL',
    from: [],
    to: 'Proposed',
    conditions: null,
    validators: [],
    actions: [],
  };
  const others = TRANSITIONS.map((name, at): ObservedTransition => {
    const jira = name === 'Approve' ? [jiraRule('system:separation-of-duties', { toStatusId: '7' })] : [];
    const conditions = [...of(name, 'condition'), ...jira];
    return {
      id: `${at + 1}1`,
      name,
      type: 'DIRECTED',
      from: GRAPH[name][0],
      to: GRAPH[name][1],
      conditions: conditions.length === 0 ? null : { operation: 'ALL', rules: conditions, groups: [] },
      validators: of(name, 'validator'),
      actions: of(name, 'post-function'),
    };
  });
  return {
    id: 'w1',
    name: 'Change control workflow',
    version: 3,
    statuses: STATUSES.map((name) => ({ id: name, name, statusId: `id of ${name}` })),
    transitions: [created, ...others],
  };
}

export const person = (accountId: string, also: Partial<Decider> = {}): Decider => ({
  accountId,
  displayName: accountId,
  accountType: 'atlassian',
  active: true,
  groups: [],
  ...also,
});

/** Two people in every group, which is called as the policy has it. */
export const groupsOf = ({ roles, outsideProvider }: Policy): ObservedSite['groups'] =>
  [...roles, ...(outsideProvider === null ? [] : [outsideProvider])].map(({ group, groupId }) => ({
    group,
    groupId,
    found: { seen: { name: group, members: [person(`${group}-1`), person(`${group}-2`)] } },
  }));

export function healthySite(): ObservedSite {
  const workflow = healthyWorkflow();
  return {
    policy: { seen: DEFAULT_POLICY },
    earlierPolicies: [],
    fieldList: { seen: FIELD_LIST },
    places: [
      {
        project: 'CHG',
        issueType: 'Change request',
        workflow: { seen: workflow },
        versions: [{ workflow, by: 'admin', at: '2026-02-01T09:00:00.000Z' }],
        versionsComplete: true,
        draft: { seen: false },
      },
    ],
    screens: [{ project: 'CHG', issueType: 'Change request', shown: { seen: FIELD_LIST.map(({ id }) => id) } }],
    groups: groupsOf(DEFAULT_POLICY),
    senders: [
      { source: 'github', name: 'GitHub', live: { seen: [{ label: '2026-01', addedAt: '2026-01-02T09:00:00.000Z' }] } },
      { source: 'jenkins', name: 'Jenkins', live: { seen: [] } },
    ],
    gaps: { seen: [] },
    refusals: { seen: [refusal('ignored.star')] },
    permissions: [{ project: 'CHG', missing: { seen: [] } }],
    projectIds: { CHG: '1' },
    blocked: [{ project: 'CHG', byRule: { seen: false } }],
    hidden: { seen: [] },
    counts: [{ project: 'CHG', seen: { seen: [12, 12] } }],
    failedExpressions: { seen: [] },
    lastRun: { seen: '2026-03-02T08:05:00.000Z' },
  };
}

/** What a check of the healthy site left behind. */
export const remembered = (): Remembered => healthOf(healthySite(), NOTHING_REMEMBERED(NOW), NOW).remembered;
