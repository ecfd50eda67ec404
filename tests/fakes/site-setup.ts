import type { JiraAct, SiteSetup } from '../../src/ports/site-setup';
import { SetupRefused } from '../../src/ports/site-setup';
import type {
  MappedScheme,
  ObservedField,
  ObservedGroup,
  ObservedIssueType,
  ObservedProject,
  ObservedRules,
  ObservedScreen,
  ObservedScreenScheme,
  ObservedStatus,
  ObservedTransition,
  ObservedWorkflow,
  TypeScheme,
} from '../../src/setup/observed';
import { schemeNames } from '../../src/setup/wanted';

/** 'before': nothing is done, then an error. 'after': it is done, then an error, as when an answer is lost. */
export type SetupFault = 'before' | 'after';

const APP = '6d1f2a9e-3b58-4c0a-9a77-2f6f0c7e3430';
export const ARI = `ari:cloud:ecosystem::extension/${APP}/0a0a0a0a-0000-4000-8000-000000000000/static/`;
const SYSTEM = ['summary', 'description', 'reporter', 'assignee', 'priority', 'labels', 'status'];

type Issue = { readonly issueTypeId: string; statusId: string };

/**
 * A company-managed project NEW on Jira's default workflow, in memory, and the app installed. `faultAt` decides for each
 * write whether it fails, and how.
 */
export class FakeSiteSetup implements SiteSetup {
  readonly writes: JiraAct[] = [];
  faultAt: (write: number) => SetupFault | undefined = () => undefined;
  private next = 20_000;

  readonly fieldList: ObservedField[] = [
    ...SYSTEM.map((id) => ({ id, name: id, key: id, type: null })),
    ...['change-participants', 'change-decision-state'].map((key, at) => ({
      id: `customfield_1000${at}`,
      name: key,
      key: `${APP}__DEVELOPMENT__${key}`,
      type: `${ARI}${key}`,
    })),
  ];
  readonly optionLists = new Map<string, { id: string; value: string }[]>();
  readonly statusList: ObservedStatus[] = [
    { id: '1', name: 'To Do', description: '', category: 'TODO' },
    { id: '2', name: 'Done', description: '', category: 'DONE' },
  ];
  readonly typeList: ObservedIssueType[] = [{ id: '10', name: 'Task', subtask: false }];
  readonly groupList: { groupId: string; name: string; members: string[] }[] = [];
  readonly screenList: (ObservedScreen & { name: string; fields: string[] })[] = [];
  readonly screenSchemes: (ObservedScreenScheme & { name: string })[] = [];
  readonly workflows: ObservedWorkflow[] = [];
  readonly typeSchemes: TypeScheme[] = [{ id: '1', name: 'Default', issueTypeIds: ['10'], defaultIssueTypeId: '10' }];
  readonly screensSchemes: MappedScheme[] = [{ id: '1', name: 'Default screens', default: '1', byIssueType: {} }];
  readonly workflowSchemes: MappedScheme[] = [
    { id: '1', name: 'Simplified', default: 'Simplified workflow', byIssueType: {} },
  ];
  readonly projectList = [
    {
      id: '100',
      key: 'NEW',
      name: 'New project',
      companyManaged: true,
      types: '1',
      screens: '1',
      workflows: '1',
      issues: [] as Issue[],
    },
  ];
  readonly pins: string[] = [];
  offered: ObservedRules = {
    forge: [
      { id: `${ARI}change-validator`, ruleKey: 'forge:expression-validator', ruleType: 'Validator' },
      { id: `${ARI}required-fields-validator`, ruleKey: 'forge:expression-validator', ruleType: 'Validator' },
      { id: `${ARI}security-reviewer-condition`, ruleKey: 'forge:expression-condition', ruleType: 'Condition' },
      { id: `${ARI}record-transition`, ruleKey: 'forge:workflow-post-function', ruleType: 'Function' },
    ],
    system: ['system:separation-of-duties', 'system:restrict-issue-transition'],
  };

  fields = () => Promise.resolve([...this.fieldList]);
  statuses = () => Promise.resolve([...this.statusList]);
  issueTypes = () => Promise.resolve([...this.typeList]);
  rules = () => Promise.resolve(this.offered);
  screen = (name: string) => this.copy(this.screenList.find((one) => one.name === name));
  screenScheme = (name: string) => this.copy(this.screenSchemes.find((one) => one.name === name));
  workflow = (name: string) => this.copy(this.workflows.find((one) => one.name === name));

  options(fieldId: string) {
    return Promise.resolve({ contextId: `${fieldId}-context`, options: [...(this.optionLists.get(fieldId) ?? [])] });
  }

  group(wanted: { readonly groupId: string } | { readonly name: string }): Promise<ObservedGroup | undefined> {
    return this.copy(
      this.groupList.find((one) =>
        'groupId' in wanted ? one.groupId === wanted.groupId : one.name.toLowerCase() === wanted.name.toLowerCase(),
      ),
    );
  }

  projects(query: string) {
    const values = this.projectList
      .filter(({ name, key }) => `${key} ${name}`.toLowerCase().includes(query.toLowerCase()))
      .map(({ id, key, name, companyManaged }) => ({ id, key, name, companyManaged }));
    return Promise.resolve({ values, complete: true });
  }

  groups(query: string) {
    const values = this.groupList
      .filter(({ name }) => name.includes(query))
      .map(({ groupId, name }) => ({ groupId, name }));
    return Promise.resolve({ values, complete: true });
  }

  people(query: string) {
    const all = [{ accountId: 'ada', name: 'Ada Authority' }];
    return Promise.resolve({
      values: all.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase())),
      complete: true,
    });
  }

  project(id: string, issueTypeId: string | undefined): Promise<ObservedProject | undefined> {
    const found = this.projectList.find((one) => one.id === id);
    if (found === undefined) return Promise.resolve(undefined);
    const names = schemeNames(found.key);
    const count = new Map<string, number>();
    for (const issue of found.issues)
      if (issue.issueTypeId === issueTypeId) count.set(issue.statusId, (count.get(issue.statusId) ?? 0) + 1);
    return this.copy({
      id,
      key: found.key,
      companyManaged: found.companyManaged,
      issueTypes: held(this.typeSchemes, found.types),
      issueTypeScreens: held(this.screensSchemes, found.screens),
      workflows: held(this.workflowSchemes, found.workflows),
      made: {
        issueTypes: this.typeSchemes.find(({ name }) => name === names.issueTypes) ?? null,
        issueTypeScreens: this.screensSchemes.find(({ name }) => name === names.issueTypeScreens) ?? null,
        workflows: this.workflowSchemes.find(({ name }) => name === names.workflows) ?? null,
      },
      hasIssues: found.issues.length > 0,
      changes: [...count].map(([statusId, n]) => ({
        statusId,
        statusName: this.statusList.find((one) => one.id === statusId)?.name ?? statusId,
        count: n,
      })),
    });
  }

  perform(act: JiraAct): Promise<void> {
    this.writes.push(act);
    const fault = this.faultAt(this.writes.length);
    if (fault === 'before') return Promise.reject(new Error('broken off before'));
    try {
      this.write(act);
    } catch (refused) {
      return Promise.reject(refused instanceof Error ? refused : new Error(String(refused)));
    }
    return fault === 'after' ? Promise.reject(new Error('broken off after')) : Promise.resolve();
  }

  private write(act: JiraAct): void {
    switch (act.act) {
      case 'create-field': {
        const id = this.id('customfield_');
        this.fieldList.push({ id, name: act.name, key: id, type: act.type });
        return;
      }
      case 'add-options': {
        const list = this.optionLists.get(act.fieldId) ?? [];
        for (const value of act.values) {
          unique(
            list.map((one) => one.value),
            value,
          );
          list.push({ id: this.id(), value });
        }
        this.optionLists.set(act.fieldId, list);
        return;
      }
      case 'create-status':
        unique(
          this.statusList.map(({ name }) => name),
          act.name,
        );
        this.statusList.push({ id: this.id(), name: act.name, description: act.description, category: act.category });
        return;
      case 'create-issue-type':
        unique(
          this.typeList.map(({ name }) => name),
          act.name,
        );
        this.typeList.push({ id: this.id(), name: act.name, subtask: false });
        return;
      case 'create-group':
        unique(
          this.groupList.map(({ name }) => name),
          act.name,
        );
        this.groupList.push({ groupId: this.id('group-'), name: act.name, members: [] });
        return;
      case 'add-members':
        this.groupList.find(({ groupId }) => groupId === act.groupId)?.members.push(...act.accountIds);
        return;
      case 'create-screen': {
        unique(
          this.screenList.map(({ name }) => name),
          act.name,
        );
        const id = this.id();
        this.screenList.push({ id, name: act.name, description: act.description, tabId: id, fields: [] });
        return;
      }
      case 'add-to-screen': {
        const fields = held(this.screenList, act.screenId).fields;
        for (const field of act.fields) {
          unique(fields, field);
          fields.push(field);
        }
        return;
      }
      case 'create-screen-scheme':
        unique(
          this.screenSchemes.map(({ name }) => name),
          act.name,
        );
        this.screenSchemes.push({ id: this.id(), name: act.name, description: act.description, screens: act.screens });
        return;
      case 'create-workflow':
        this.createWorkflow(act.payload);
        return;
      case 'update-workflow':
        this.updateWorkflow(act.payload);
        return;
      case 'create-issue-type-scheme':
        unique(
          this.typeSchemes.map(({ name }) => name),
          act.name,
        );
        this.typeSchemes.push({
          id: this.id(),
          name: act.name,
          issueTypeIds: act.issueTypeIds,
          defaultIssueTypeId: act.defaultIssueTypeId,
        });
        return;
      case 'create-issue-type-screen-scheme': {
        unique(
          this.screensSchemes.map(({ name }) => name),
          act.name,
        );
        const { default: all = '', ...byIssueType } = act.mappings;
        this.screensSchemes.push({ id: this.id(), name: act.name, default: all, byIssueType });
        return;
      }
      case 'create-workflow-scheme':
        unique(
          this.workflowSchemes.map(({ name }) => name),
          act.name,
        );
        this.workflowSchemes.push({
          id: this.id(),
          name: act.name,
          default: act.default,
          byIssueType: act.byIssueType,
        });
        return;
      case 'use-issue-type-scheme':
        held(this.projectList, act.projectId).types = held(this.typeSchemes, act.schemeId).id;
        return;
      case 'use-issue-type-screen-scheme':
        held(this.projectList, act.projectId).screens = held(this.screensSchemes, act.schemeId).id;
        return;
      case 'use-workflow-scheme': {
        const project = held(this.projectList, act.projectId);
        if (project.issues.length > 0 && !act.hasIssues) throw new SetupRefused(400, 'the project has issues');
        project.workflows = held(this.workflowSchemes, act.schemeId).id;
        for (const issue of project.issues)
          if (issue.issueTypeId === act.issueTypeId) issue.statusId = act.moves[issue.statusId] ?? issue.statusId;
        return;
      }
      case 'pin-panel':
        this.pins.push(act.projectId);
    }
  }

  private createWorkflow(payload: Readonly<Record<string, unknown>>): void {
    const [made] = payload['workflows'] as [SentWorkflow];
    unique(
      this.workflows.map(({ name }) => name),
      made.name,
    );
    this.workflows.push(this.workflowOf(made, { id: this.id(), name: made.name, versionNumber: 1 }, payload));
  }

  private updateWorkflow(payload: Readonly<Record<string, unknown>>): void {
    const [sent] = payload['workflows'] as [SentWorkflow & { id: string; version: { versionNumber: number } }];
    const at = this.workflows.findIndex(({ id }) => id === sent.id);
    const known = this.workflows[at];
    if (known?.version.versionNumber !== sent.version.versionNumber)
      throw new SetupRefused(409, 'it was changed meanwhile');
    const next = { id: known.id, name: known.name, versionNumber: known.version.versionNumber + 1 };
    this.workflows[at] = this.workflowOf(sent, next, payload);
  }

  private workflowOf(
    sent: SentWorkflow,
    { id, name, versionNumber }: { id: string; name: string; versionNumber: number },
    payload: Readonly<Record<string, unknown>>,
  ): ObservedWorkflow {
    return {
      id,
      name,
      version: { id: `${id}-${versionNumber}`, versionNumber },
      statusIds: sent.statuses.map(({ statusReference }) => statusReference),
      statuses: (payload['statuses'] as { id: string }[]).map((raw) => ({ id: raw.id, raw })),
      placed: sent.statuses,
      transitions: sent.transitions.map((one) => this.transitionOf(one)),
    };
  }

  private transitionOf(sent: SentTransition): ObservedTransition {
    const rules = [...(sent.conditions?.conditions ?? []), ...sent.validators, ...sent.actions];
    return {
      id: sent.id,
      name: sent.name,
      type: sent.type,
      from: sent.links.map(({ fromStatusReference }) => fromStatusReference),
      to: sent.toStatusReference,
      screenId: sent.transitionScreen?.parameters.screenId ?? null,
      conditionsAll: sent.conditions === undefined || sent.conditions.operation === 'ALL',
      rules: rules.map(({ ruleKey, parameters }) => ({ ruleKey, parameters: { ...parameters, id: this.id('rule-') } })),
      raw: sent,
    };
  }

  private id(prefix = ''): string {
    this.next += 1;
    return `${prefix}${this.next}`;
  }

  /** What Jira answered does not change when Jira does. */
  private readonly copy = <T>(value: T): Promise<T> =>
    Promise.resolve(value === undefined ? value : structuredClone(value));
}

interface SentRule {
  readonly ruleKey: string;
  readonly parameters: Readonly<Record<string, string>>;
}

interface SentTransition {
  readonly id: string;
  readonly name: string;
  readonly type: 'INITIAL' | 'DIRECTED' | 'GLOBAL';
  readonly toStatusReference: string;
  readonly links: readonly { readonly fromStatusReference: string }[];
  readonly conditions?: { readonly operation: 'ANY' | 'ALL'; readonly conditions: readonly SentRule[] };
  readonly validators: readonly SentRule[];
  readonly actions: readonly SentRule[];
  readonly transitionScreen?: { readonly parameters: { readonly screenId: string } };
}

interface SentWorkflow {
  readonly name: string;
  readonly statuses: readonly { readonly statusReference: string }[];
  readonly transitions: readonly SentTransition[];
}

function unique(names: readonly string[], name: string): void {
  if (names.some((one) => one.toLowerCase() === name.toLowerCase()))
    throw new SetupRefused(400, `"${name}" is in use.`);
}

function held<T extends { readonly id: string }>(list: readonly T[], id: string): T {
  const found = list.find((one) => one.id === id);
  if (found === undefined) throw new SetupRefused(404, `${id} was not found.`);
  return found;
}
