import { createHash } from 'node:crypto';
import type { Status } from '../../../../src/change/fields';
import { appFieldIds, fieldIdsFromList } from '../../../../src/change/field-ids';
import {
  TRANSITIONS,
  workflowRules,
  type TransitionName,
  type WorkflowRule,
} from '../../../../src/gate/workflow-rules';
import { DEFAULT_POLICY } from '../../../../src/policy/policy';
import type { ManifestModules } from '../../contract';
import { SCREENS } from '../site-data';
import type { JiraStore } from '../store';
import type { RuleRecord, TransitionRecord, WorkflowRecord } from './model';

/** The workflows of a new site. */

export const WORKFLOW_NAMES = {
  CHG: 'Change control workflow',
  OPS: 'Operations workflow',
  NEW: 'Software Simplified Workflow for Project NEW',
} as const;

interface Arrow {
  readonly from: readonly Status[];
  readonly to: Status;
  readonly screen?: string;
}

/** Who may go where in a change's life. Whether a voided approval may be resubmitted is asked of the validator. */
const CHANGE_GRAPH: Readonly<Record<TransitionName, Arrow>> = {
  Approve: { from: ['Proposed'], to: 'Approved', screen: SCREENS.approve },
  Disapprove: { from: ['Proposed', 'Approved', 'Scheduled'], to: 'Disapproved', screen: SCREENS.disapprove },
  Resubmit: { from: ['Disapproved', 'Approved', 'Scheduled'], to: 'Proposed' },
  Schedule: { from: ['Approved'], to: 'Scheduled' },
  Execute: { from: ['Approved', 'Scheduled'], to: 'Executed' },
  Close: { from: ['Executed'], to: 'Closed' },
  Withdraw: { from: ['Proposed', 'Approved', 'Scheduled'], to: 'Withdrawn' },
};

const CHANGE_STATUSES: readonly Status[] = [
  'Proposed',
  'Approved',
  'Scheduled',
  'Executed',
  'Closed',
  'Disapproved',
  'Withdrawn',
];
const PLAIN_STATUSES = ['To Do', 'In Progress', 'Done'] as const;

/** The same name gives the same id on every new site, so that recorded runs can be compared. */
export function stableUuid(name: string): string {
  const hex = createHash('sha256').update(`change-control-site/${name}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** Ids of further transitions as Jira numbers them: 11, 21, 31 … */
const numbered = (at: number): string => `${at + 1}1`;

function workflow(
  store: JiraStore,
  name: string,
  description: string,
  parts: Pick<WorkflowRecord, 'statusIds' | 'transitions'>,
): WorkflowRecord {
  const now = store.clock.now().toISOString();
  return {
    id: stableUuid(name),
    name,
    description,
    versionId: stableUuid(`${name}/1`),
    versionNumber: 1,
    created: now,
    updated: now,
    ...parts,
  };
}

function statusId(store: JiraStore, name: string): string {
  const status = store.projects.statusNamed(name);
  if (status === undefined) throw new Error(`The site has no status "${name}".`);
  return status.id;
}

const create = (to: string): TransitionRecord => ({
  id: '1',
  name: 'Create',
  type: 'INITIAL',
  from: [],
  to,
  screenId: null,
  rules: [],
});

/** The controlled workflow of project CHG, with the rules that the product itself puts into a workflow. */
export function changeWorkflow(store: JiraStore): WorkflowRecord {
  const fields = store.fields
    .all()
    .map(({ id, name, key }) => ({ id, name, key, custom: id.startsWith('customfield_') }));
  const rules = workflowRules(fieldIdsFromList(fields), appFieldIds(fields), DEFAULT_POLICY);
  const transitions = TRANSITIONS.map((name, at): TransitionRecord => {
    const { from, to, screen } = CHANGE_GRAPH[name];
    return {
      id: numbered(at),
      name,
      type: 'DIRECTED',
      from: from.map((status) => statusId(store, status)),
      to: statusId(store, to),
      screenId: screen === undefined ? null : (store.screens.named(screen)?.id ?? null),
      rules: rules.filter(({ transition }) => transition === name).map((rule, index) => ruleRecord(store, rule, index)),
    };
  });
  return workflow(store, WORKFLOW_NAMES.CHG, 'Every change is reviewed and decided on before it is made.', {
    statusIds: CHANGE_STATUSES.map((name) => statusId(store, name)),
    transitions: [create(statusId(store, 'Proposed')), ...transitions],
  });
}

function ruleRecord(store: JiraStore, rule: WorkflowRule, index: number): RuleRecord {
  return {
    id: stableUuid(`rule/${rule.transition}/${rule.kind}/${index}`),
    kind: rule.kind,
    moduleKey: rule.moduleKey,
    ari: ariOf(store.forge.modules, rule),
    config: JSON.stringify(rule.config),
  };
}

function ariOf(modules: ManifestModules, { kind, moduleKey }: WorkflowRule): string {
  const among = {
    condition: modules.conditions,
    validator: modules.validators,
    'post-function': modules.postFunctions,
  }[kind];
  const found = among.find((module) => module.moduleKey === moduleKey);
  if (found === undefined) throw new Error(`The manifest has no ${kind} "${moduleKey}".`);
  return found.ari;
}

/** Project OPS: no rules, and a transition from any status. */
export function operationsWorkflow(store: JiraStore): WorkflowRecord {
  const [toDo, inProgress, done] = PLAIN_STATUSES.map((name) => statusId(store, name));
  const arrow = (
    id: string,
    name: string,
    from: readonly (string | undefined)[],
    to: string | undefined,
  ): TransitionRecord => ({
    id,
    name,
    type: from.length === 0 ? 'GLOBAL' : 'DIRECTED',
    from: from.flatMap((status) => status ?? []),
    to: to ?? '',
    screenId: null,
    rules: [],
  });
  return workflow(store, WORKFLOW_NAMES.OPS, 'Everyday work, without change control.', {
    statusIds: PLAIN_STATUSES.map((name) => statusId(store, name)),
    transitions: [
      create(toDo ?? ''),
      arrow('11', 'Start work', [toDo], inProgress),
      arrow('21', 'Finish', [inProgress], done),
      arrow('31', 'Reopen', [done], toDo),
      arrow('41', 'Set to done', [], done),
    ],
  });
}

/** Jira's default for a new company-managed software project: every status from everywhere. */
export function defaultWorkflow(store: JiraStore): WorkflowRecord {
  const ids = PLAIN_STATUSES.map((name) => statusId(store, name));
  return workflow(
    store,
    WORKFLOW_NAMES.NEW,
    'Generated by JIRA Software version 1001.0.0-SNAPSHOT. This workflow is managed internally by Jira Software.',
    {
      statusIds: ids,
      transitions: [
        create(ids[0] ?? ''),
        ...PLAIN_STATUSES.map((name, at): TransitionRecord => ({
          id: numbered(at),
          name,
          type: 'GLOBAL',
          from: [],
          to: ids[at] ?? '',
          screenId: null,
          rules: [],
        })),
      ],
    },
  );
}
