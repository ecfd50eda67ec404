import { appFieldIds, fieldIdsFromList } from '../../../src/change/field-ids';
import { CHANGE_TYPES, FIELDS, NO_CUI_SYSTEM, STATUSES, type FieldKind } from '../../../src/change/fields';
import { TRANSITIONS, workflowRules, type TransitionName } from '../../../src/gate/workflow-rules';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import type { Person } from '../seed/person';

/**
 * Sets change control up in a company-managed project from nothing, over Jira's documented REST API v3 alone. Each step
 * looks for what an earlier, broken-off run has made before it makes anything.
 */
export const STEPS = ['fields', 'statuses', 'issue type', 'screens', 'schemes', 'workflow', 'workflow scheme'] as const;

interface Named {
  readonly id: string | number;
  readonly name: string;
}

const TYPES: Readonly<Record<FieldKind, readonly [type: string, searcher: string]>> = {
  line: ['textfield', 'textsearcher'],
  paragraph: ['textarea', 'textsearcher'],
  select: ['select', 'multiselectsearcher'],
  'multi-select': ['multiselect', 'multiselectsearcher'],
  user: ['userpicker', 'userpickergroupsearcher'],
  'date-time': ['datetime', 'datetimerange'],
};
const PREFIX = 'com.atlassian.jira.plugin.system.customfieldtypes:';

const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  'Change type': CHANGE_TYPES,
  'Impacted CUI systems': ['CUI enclave firewall', NO_CUI_SYSTEM, 'Unknown'],
};

const ARROWS: Readonly<Record<TransitionName, readonly [from: readonly string[], to: string]>> = {
  Approve: [['Proposed'], 'Approved'],
  Disapprove: [['Proposed', 'Approved', 'Scheduled'], 'Disapproved'],
  Resubmit: [['Disapproved', 'Approved', 'Scheduled'], 'Proposed'],
  Schedule: [['Approved'], 'Scheduled'],
  Execute: [['Approved', 'Scheduled'], 'Executed'],
  Close: [['Executed'], 'Closed'],
  Withdraw: [['Proposed', 'Approved', 'Scheduled'], 'Withdrawn'],
};
const CATEGORIES: Readonly<Record<string, string>> = {
  Proposed: 'TODO',
  Closed: 'DONE',
  Disapproved: 'DONE',
  Withdrawn: 'DONE',
};

export const NAMES = {
  issueType: 'Change request',
  screen: 'Change request',
  deciding: 'Change request: decide',
  workflow: 'Change control',
} as const;

export class SetUp {
  constructor(
    private readonly admin: Person,
    private readonly project: string,
  ) {}

  /** Runs the steps in order; `until` breaks off after one, as a browser that is closed would. */
  async run(until: (typeof STEPS)[number] = 'workflow scheme'): Promise<void> {
    const work: Readonly<Record<(typeof STEPS)[number], () => Promise<void>>> = {
      fields: () => this.#fields(),
      statuses: () => this.#statuses(),
      'issue type': () => this.#issueType(),
      screens: () => this.#screens(),
      schemes: () => this.#schemes(),
      workflow: () => this.#workflow(),
      'workflow scheme': () => this.#workflowScheme(),
    };
    for (const step of STEPS.slice(0, STEPS.indexOf(until) + 1)) await work[step]();
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    return (await this.admin.request(method, `/rest/api/3/${path}`, body)) as T;
  }

  /** The one of this name on a paged list, or the one that `make` makes. */
  async #one(list: string, name: string, make: () => Promise<unknown>): Promise<Named> {
    const found = () => this.call<{ values: Named[] }>('GET', `${list}${list.includes('?') ? '&' : '?'}maxResults=50`);
    const before = (await found()).values.find((each) => each.name === name);
    if (before !== undefined) return before;
    await make();
    const made = (await found()).values.find((each) => each.name === name);
    if (made === undefined) throw new Error(`${name} was made, but is not on ${list}`);
    return made;
  }

  async #fieldIds(): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.call<{ id: string; name: string }[]>('GET', 'field')).map(({ id, name }) => [name, id]));
  }

  async #fields(): Promise<void> {
    const known = await this.#fieldIds();
    for (const { name, kind } of FIELDS) {
      const [type, searcher] = TYPES[kind];
      const body = { name, type: PREFIX + type, searcherKey: PREFIX + searcher };
      const id = known.get(name) ?? (await this.call<{ id: string }>('POST', 'field', body)).id;
      if (OPTIONS[name] !== undefined) await this.#options(id, OPTIONS[name]);
    }
  }

  async #options(fieldId: string, wanted: readonly string[]): Promise<void> {
    const contexts = await this.call<{ values: { id: string }[] }>(
      'GET',
      `field/${fieldId}/context?isGlobalContext=true`,
    );
    const path = `field/${fieldId}/context/${contexts.values[0]?.id ?? ''}/option`;
    const { values } = await this.call<{ values: { value: string }[] }>('GET', path);
    const missing = wanted.filter((value) => !values.some((option) => option.value === value));
    if (missing.length > 0) await this.call('POST', path, { options: missing.map((value) => ({ value })) });
  }

  async #statuses(): Promise<void> {
    const { values } = await this.call<{ values: Named[] }>('GET', 'statuses/search');
    const missing = STATUSES.filter((name) => !values.some((status) => status.name === name));
    const statuses = missing.map((name) => ({ name, statusCategory: CATEGORIES[name] ?? 'IN_PROGRESS' }));
    if (missing.length > 0) await this.call('POST', 'statuses', { scope: { type: 'GLOBAL' }, statuses });
  }

  async #issueTypeId(): Promise<string | undefined> {
    const types = await this.call<{ id: string; name: string }[]>('GET', 'issuetype');
    return types.find(({ name }) => name === NAMES.issueType)?.id;
  }

  async #issueType(): Promise<void> {
    if ((await this.#issueTypeId()) === undefined) await this.call('POST', 'issuetype', { name: NAMES.issueType });
    const id = (await this.#issueTypeId()) ?? '';
    const scheme = await this.#schemeOf('issuetypescheme', 'issueTypeScheme');
    const { values } = await this.call<{ values: { issueTypeId: string }[] }>(
      'GET',
      `issuetypescheme/mapping?issueTypeSchemeId=${scheme.id}`,
    );
    if (!values.some(({ issueTypeId }) => issueTypeId === id))
      await this.call('PUT', `issuetypescheme/${scheme.id}/issuetype`, { issueTypeIds: [id] });
  }

  async projectId(): Promise<string> {
    return (await this.call<{ id: string }>('GET', `project/${this.project}`)).id;
  }

  async #schemeOf(list: string, key: string): Promise<{ readonly id: string; readonly name: string }> {
    const path = `${list}/project?projectId=${await this.projectId()}`;
    const { values } = await this.call<{ values: Record<string, { id: string; name: string }>[] }>('GET', path);
    const found = values[0]?.[key];
    if (found === undefined) throw new Error(`${this.project} has no ${list}`);
    return found;
  }

  async screen(name: string): Promise<string> {
    const path = `screens?queryString=${encodeURIComponent(name)}`;
    return String((await this.#one(path, name, () => this.call('POST', 'screens', { name }))).id);
  }

  async #screens(): Promise<void> {
    const ids = await this.#fieldIds();
    const deciding = ['Decision basis', 'Required actions'];
    const asked = [
      ...FIELDS.map(({ name }) => name).filter((name) => !deciding.includes(name)),
      'Reporter',
      'Assignee',
    ];
    for (const [screen, names] of [
      [NAMES.screen, asked],
      [NAMES.deciding, deciding],
    ] as const) {
      const id = await this.screen(screen);
      const [tab] = await this.call<Named[]>('GET', `screens/${id}/tabs`);
      const path = `screens/${id}/tabs/${tab?.id ?? ''}/fields`;
      const there = (await this.call<Named[]>('GET', path)).map((field) => field.id);
      for (const name of names) {
        const fieldId = ids.get(name) ?? '';
        if (!there.includes(fieldId)) await this.call('POST', path, { fieldId });
      }
    }
  }

  async #schemes(): Promise<void> {
    const name = NAMES.screen;
    const screens = { default: Number(await this.screen(NAMES.screen)) };
    const own = await this.#one('screenscheme', name, () => this.call('POST', 'screenscheme', { name, screens }));
    const before = await this.#schemeOf('issuetypescreenscheme', 'issueTypeScreenScheme');
    const { values } = await this.call<{ values: { issueTypeId: string; screenSchemeId: string }[] }>(
      'GET',
      `issuetypescreenscheme/mapping?issueTypeScreenSchemeId=${before.id}`,
    );
    const ofType = { issueTypeId: (await this.#issueTypeId()) ?? '', screenSchemeId: String(own.id) };
    const forTypes = `${this.project}: with change requests`;
    const others = values
      .filter(({ issueTypeId }) => issueTypeId !== ofType.issueTypeId)
      .map(({ issueTypeId, screenSchemeId }) => ({ issueTypeId, screenSchemeId }));
    const body = { name: forTypes, issueTypeMappings: [...others, ofType] };
    const scheme = await this.#one('issuetypescreenscheme', forTypes, () =>
      this.call('POST', 'issuetypescreenscheme', body),
    );
    const association = { issueTypeScreenSchemeId: String(scheme.id), projectId: await this.projectId() };
    await this.call('PUT', 'issuetypescreenscheme/project', association);
  }

  /** Every rule of the app, as the product itself wants it, with the fields' ids of this site. */
  async #workflow(): Promise<void> {
    const { values } = await this.call<{ values: Named[] }>(
      'GET',
      `workflows/search?queryString=${NAMES.workflow.replace(' ', '%20')}`,
    );
    if (values.some(({ name }) => name === NAMES.workflow)) return;
    const found = await this.call<{ values: { id: string; name: string; statusCategory: string }[] }>(
      'GET',
      'statuses/search',
    );
    const statuses = STATUSES.flatMap((name) => found.values.filter((status) => status.name === name));
    const reference = (name: string): string => statuses.find((status) => status.name === name)?.id ?? '';
    const transitions = TRANSITIONS.map((name, at) => ({
      id: `${at + 1}1`,
      name,
      type: 'DIRECTED',
      toStatusReference: reference(ARROWS[name][1]),
      links: ARROWS[name][0].map((from) => ({ fromStatusReference: reference(from) })),
    }));
    const rules = await this.#rules();
    const screen = { ruleKey: 'system:transition-screen', parameters: { screenId: await this.screen(NAMES.deciding) } };
    await this.call('POST', 'workflows/create', {
      scope: { type: 'GLOBAL' },
      statuses: statuses.map(({ id, name, statusCategory }) => ({ id, name, statusCategory, statusReference: id })),
      workflows: [
        {
          name: NAMES.workflow,
          statuses: statuses.map(({ id }) => ({ statusReference: id })),
          transitions: [
            { id: '1', name: 'Create', type: 'INITIAL', toStatusReference: reference('Proposed'), links: [] },
            ...transitions.map((transition) => ({
              ...transition,
              ...rules(transition.name),
              ...(transition.name === 'Disapprove' ? { transitionScreen: screen } : {}),
            })),
          ],
        },
      ],
    });
  }

  async #rules(): Promise<(transition: TransitionName) => Readonly<Record<string, unknown>>> {
    const fields = await this.call<unknown>('GET', 'field');
    const all = workflowRules(fieldIdsFromList(fields), appFieldIds(fields), {
      ...DEFAULT_POLICY,
      projects: [this.project],
    });
    const { forgeRules } = await this.call<{ forgeRules: { id: string; ruleKey: string }[] }>(
      'GET',
      'workflows/capabilities',
    );
    return (transition) => {
      const of = (kind: string) =>
        all
          .filter((rule) => rule.transition === transition && rule.kind === kind)
          .map(({ moduleKey, config }) => {
            const module = forgeRules.find(({ id }) => id.endsWith(`/${moduleKey}`));
            return { ruleKey: module?.ruleKey, parameters: { key: module?.id, config: JSON.stringify(config) } };
          });
      const conditions = of('condition');
      return {
        ...(conditions.length > 0 ? { conditions: { operation: 'ALL', conditions } } : {}),
        validators: of('validator'),
        actions: of('post-function'),
      };
    };
  }

  /** The project's own scheme, with the change request's workflow beside what its other issue types follow. */
  async #workflowScheme(): Promise<void> {
    const projectId = await this.projectId();
    const { values } = await this.call<{
      values: { workflowScheme: { id: number; defaultWorkflow: string; issueTypeMappings?: Record<string, string> } }[];
    }>('GET', `workflowscheme/project?projectId=${projectId}`);
    const before = values[0]?.workflowScheme;
    const name = `${this.project}: with change requests`;
    const issueTypeMappings = { ...before?.issueTypeMappings, [(await this.#issueTypeId()) ?? '']: NAMES.workflow };
    const body = { name, defaultWorkflow: before?.defaultWorkflow, issueTypeMappings };
    const scheme = await this.#one('workflowscheme', name, () => this.call('POST', 'workflowscheme', body));
    if (before?.id !== scheme.id)
      await this.call('POST', 'workflowscheme/project/switch', { projectId, targetSchemeId: String(scheme.id) });
  }
}
