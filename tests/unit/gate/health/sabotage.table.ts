import type { HealthCode } from '../../../../src/gate/health/finding';
import { STATUSES, type Status } from '../../../../src/change/fields';
import { jirasRules, type JirasRule } from '../../../../src/gate/jiras-rules';
import type {
  ObservedGroup,
  ObservedPlace,
  ObservedRule,
  ObservedSite,
  ObservedTransition,
  ObservedWorkflow,
} from '../../../../src/gate/health/observed';
import { DEFAULT_POLICY, type Decider, type Policy } from '../../../../src/policy/policy';
import { FIELD_LIST, groupsOf, healthyWorkflow, IDS, jiraRule, person, refusal } from './healthy-site';

/** One thing broken on a healthy site, and exactly what has to be found. */
export interface Sabotage {
  readonly title: string;
  /** The healthy site that is broken, where it is not one whose policy has everything by name. */
  readonly on?: (site: ObservedSite) => ObservedSite;
  readonly breakIt: (site: ObservedSite) => ObservedSite;
  readonly found: readonly (readonly [code: HealthCode, subject: string])[];
  /** What the sentence has to name. */
  readonly says?: RegExp;
}

const P = 'CHG, Change request';
const APPROVE = `${P}, "Approve" (Proposed → Approved)`;
const EXECUTE = `${P}, "Execute" (Approved and Scheduled → Executed)`;
const SCHEDULE = `${P}, "Schedule" (Approved → Scheduled)`;

const inPlace =
  (edit: (place: ObservedPlace) => Partial<ObservedPlace>) =>
  (site: ObservedSite): ObservedSite => ({
    ...site,
    places: site.places.map((place) => ({ ...place, ...edit(place) })),
  });

/** The workflow as an admin saved it: the version before is the healthy one. */
const inWorkflow = (edit: (workflow: ObservedWorkflow) => ObservedWorkflow) =>
  inPlace((place) => {
    if (!('seen' in place.workflow) || typeof place.workflow.seen === 'string') return {};
    const workflow = { ...edit(place.workflow.seen), version: place.workflow.seen.version + 1 };
    const version = { workflow, by: 'mallory', at: '2026-03-01T22:00:00.000Z' };
    return { workflow: { seen: workflow }, versions: [version, ...place.versions] };
  });

const inTransition = (name: string, edit: (transition: ObservedTransition) => Partial<ObservedTransition>) =>
  inWorkflow((workflow) => ({
    ...workflow,
    transitions: workflow.transitions.map((one) => (one.name === name ? { ...one, ...edit(one) } : one)),
  }));

const adding = (transition: Partial<ObservedTransition> & Pick<ObservedTransition, 'name' | 'to'>) =>
  inWorkflow((workflow) => ({
    ...workflow,
    transitions: [
      ...workflow.transitions,
      { id: '999', type: 'DIRECTED', from: ['Proposed'], conditions: null, validators: [], actions: [], ...transition },
    ],
  }));

type Config = Readonly<Record<string, unknown>>;

/** Edits what is saved with every rule of a transition whose configuration has a member of this name. */
const inConfig = (name: string, member: string, edit: (config: Config) => unknown) => {
  const rule = (one: ObservedRule): ObservedRule => {
    const config = JSON.parse(one.config ?? '{}') as Config;
    return member in config ? { ...one, config: JSON.stringify(edit(config)) } : one;
  };
  return inTransition(name, ({ conditions, validators }) => ({
    conditions: conditions === null ? null : { ...conditions, rules: conditions.rules.map(rule) },
    validators: validators.map(rule),
  }));
};

const withoutRule = (name: string, gone: (rule: ObservedRule) => boolean) =>
  inTransition(name, ({ conditions, validators, actions }) => ({
    conditions: conditions === null ? null : { ...conditions, rules: conditions.rules.filter((one) => !gone(one)) },
    validators: validators.filter((one) => !gone(one)),
    actions: actions.filter((one) => !gone(one)),
  }));

const isModule = (module: string) => (rule: ObservedRule) => rule.module === module;
const renamedStatus = (from: string, to: string) =>
  inWorkflow((workflow) => ({
    ...workflow,
    statuses: workflow.statuses.map((status) => (status.name === from ? { ...status, name: to } : status)),
  }));
const fieldList =
  (list: unknown) =>
  (site: ObservedSite): ObservedSite => ({ ...site, fieldList: { seen: list } });
const inGroup = (group: string, found: ObservedGroup['found']) => (site: ObservedSite) => ({
  ...site,
  groups: site.groups.map((one) => (one.group === group ? { ...one, found } : one)),
});
const members = (name: string, ...people: readonly Decider[]): ObservedGroup['found'] => ({
  seen: { name, members: people },
});

const OTHER_GROUPS: Policy = {
  ...DEFAULT_POLICY,
  version: 'policy-2',
  roles: DEFAULT_POLICY.roles.map((role) =>
    role.key === 'change-authority' ? { ...role, group: 'cab-members' } : role,
  ),
};
const WITH_PROVIDER: Policy = {
  ...DEFAULT_POLICY,
  version: 'policy-3',
  outsideProvider: {
    organisation: 'Acme MSP',
    group: 'msp-acme',
    groupId: null,
    until: '2026-03-30T20:00:00.000Z',
    required: true,
  },
};
const OPERATIONS: ObservedWorkflow = {
  ...healthyWorkflow(),
  id: 'w2',
  name: 'Operations workflow',
  transitions: healthyWorkflow().transitions.map((one) => ({ ...one, conditions: null, validators: [], actions: [] })),
};

/** As after the wizard: groups, fields and statuses by Jira's ids. */
export const heldById = (site: ObservedSite): ObservedSite => {
  const policy: Policy = {
    ...DEFAULT_POLICY,
    roles: DEFAULT_POLICY.roles.map((role) => ({ ...role, groupId: `id-of-${role.group}` })),
    fields: { ...DEFAULT_POLICY.fields, ...own(IDS), summary: null, description: null },
    statuses: Object.fromEntries(STATUSES.map((one) => [one, `id of ${one}`])) as Policy['statuses'],
  };
  return { ...site, policy: { seen: policy }, groups: groupsOf(policy) };
};
export const setUp = (site: ObservedSite): ObservedSite => withJirasRules(() => true)(heldById(site));
const own = (ids: typeof IDS): Partial<typeof IDS> =>
  Object.fromEntries(Object.entries(ids).filter(([key]) => key !== 'participants' && key !== 'decisionState'));

/** With the rules of Jira's own that set-up puts there. */
const withJirasRules = (kept: (rule: JirasRule) => boolean) => {
  const statusIds = Object.fromEntries(STATUSES.map((one) => [one, `id of ${one}`])) as Record<Status, string>;
  const groupIds = DEFAULT_POLICY.roles.map(({ group }) => `id-of-${group}`).reverse();
  return inWorkflow((workflow) => ({
    ...workflow,
    transitions: workflow.transitions.map((one) => {
      if (one.name !== 'Approve' && one.name !== 'Execute') return one;
      const jiras = jirasRules(one.name, { ids: IDS, statusIds, groupIds })
        .filter(kept)
        .map(({ ruleKey, parameters }) => jiraRule(ruleKey, { ...parameters, id: 'given by Jira' }));
      const rules = [...jiras, ...(one.conditions?.rules ?? [])];
      return { ...one, conditions: { operation: 'ALL' as const, rules, groups: [] } };
    }),
  }));
};
const SET_UP_RULES = [
  `"restrict issue transition" before Approved {"groupIds":"id-of-change-authority,id-of-emergency-authority,id-of-security-reviewers"}`,
  `"restrict issue transition" before Approved {"denyUserCustomFields":"${[IDS.implementer, IDS.owner].sort().join(',')}"}`,
  `"separation of duties" before Approved {"fromStatusId":"id of Disapproved","toStatusId":"id of Proposed"}`,
  `"separation of duties" before Executed {"fromStatusId":"id of Proposed","toStatusId":"id of Approved"}`,
] as const;

export const SABOTAGE: readonly Sabotage[] = [
  // A way round
  {
    title: 'a transition without rules to Approved',
    breakIt: adding({ name: 'Fast lane', to: 'Approved' }),
    found: [['transition-unguarded', `${P}, "Fast lane" (Proposed → Approved)`]],
    says: /"Fast lane" \(Proposed → Approved\).*no rule.*Approved/,
  },
  {
    title: 'a transition without rules to Executed, from Closed',
    breakIt: adding({ name: 'Again', from: ['Closed'], to: 'Executed' }),
    found: [['transition-unguarded', `${P}, "Again" (Closed → Executed)`]],
  },
  {
    title: 'a second transition of the same name, without rules',
    breakIt: adding({ name: 'Approve', from: ['Disapproved'], to: 'Approved' }),
    found: [['transition-unguarded', `${P}, "Approve" (Disapproved → Approved)`]],
  },
  {
    title: 'a transition from any status to Scheduled',
    breakIt: adding({ name: 'Plan', type: 'GLOBAL', from: [], to: 'Scheduled' }),
    found: [
      ['any-status-transition', `${P}, "Plan" (any status → Scheduled)`],
      ['transition-unguarded', `${P}, "Plan" (any status → Scheduled)`],
    ],
  },
  {
    title: 'Approve itself from any status, with all its rules',
    breakIt: inTransition('Approve', () => ({ type: 'GLOBAL', from: [] })),
    found: [['any-status-transition', `${P}, "Approve" (any status → Approved)`]],
  },
  {
    title: 'a reflexive transition of Approved without rules',
    breakIt: adding({ name: 'Touch', from: ['Approved'], to: 'Approved' }),
    found: [['transition-unguarded', `${P}, "Touch" (Approved → Approved)`]],
  },
  {
    title: 'new issues start as Approved',
    breakIt: inTransition('Create', () => ({ to: 'Approved' })),
    found: [['created-decided', `${P}, "Create" (created → Approved)`]],
  },
  {
    title: 'another status that may be taken for an approval',
    breakIt: (site) =>
      inWorkflow((workflow) => ({
        ...workflow,
        statuses: [...workflow.statuses, { id: 'Ready', name: 'Ready', statusId: 'id of Ready' }],
        transitions: [
          ...workflow.transitions,
          {
            id: '998',
            name: 'Wave through',
            type: 'DIRECTED',
            from: ['Proposed'],
            to: 'Ready',
            conditions: null,
            validators: [],
            actions: [],
          },
        ],
      }))(site),
    found: [['status-unknown', `${P}, status Ready`]],
    says: /"Wave through" \(Proposed → Ready\)/,
  },
  {
    title: 'Approved renamed, so that nothing is called Approved',
    breakIt: renamedStatus('Approved', 'Genehmigt'),
    found: [
      ['status-missing', `${P}, status Approved`],
      ['status-unknown', `${P}, status Genehmigt`],
    ],
  },
  // Rules
  {
    title: 'the condition of Approve removed',
    breakIt: withoutRule('Approve', isModule('security-reviewer-condition')),
    found: [['rule-missing', `${APPROVE}, the independent decider`]],
  },
  {
    title: 'the function validator of Execute removed',
    breakIt: withoutRule('Execute', isModule('change-validator')),
    found: [['rule-missing', `${EXECUTE}, the check of the step`]],
  },
  {
    title: 'the expression validator of Schedule removed',
    breakIt: withoutRule('Schedule', isModule('required-fields-validator')),
    found: [['rule-missing', `${SCHEDULE}, decisions that stand`]],
  },
  {
    title: 'the required texts of Approve removed, the other two validators left',
    breakIt: withoutRule('Approve', ({ config }) => config?.includes('"strip"') ?? false),
    found: [['rule-missing', `${APPROVE}, the required texts`]],
  },
  {
    title: 'the post function of Approve removed',
    breakIt: withoutRule('Approve', isModule('record-transition')),
    found: [['rule-missing', `${APPROVE}, the record of who moved it`]],
  },
  {
    title: 'who may withdraw removed',
    breakIt: withoutRule('Withdraw', isModule('security-reviewer-condition')),
    found: [['rule-missing', `${P}, "Withdraw" (Approved, Proposed and Scheduled → Withdrawn), who may withdraw`]],
  },
  {
    title: 'a rule switched off',
    breakIt: inTransition('Execute', ({ validators }) => ({
      validators: validators.map((rule) => (rule.module === 'change-validator' ? { ...rule, disabled: true } : rule)),
    })),
    found: [['rule-disabled', `${EXECUTE}, the check of the step`]],
  },
  {
    title: 'any condition is enough',
    breakIt: inTransition('Approve', ({ conditions }) => ({
      conditions: conditions === null ? null : { ...conditions, operation: 'ANY' },
    })),
    found: [
      ['jira-rule-missing', `${P}, Jira's own rule "separation of duties" before Approved {"toStatusId":"7"}`],
      ['rule-optional', `${APPROVE}, the independent decider`],
    ],
  },
  {
    title: 'the condition put into a group of which any is enough',
    breakIt: inTransition('Approve', ({ conditions }) => ({
      conditions: {
        operation: 'ALL',
        rules: (conditions?.rules ?? []).filter(({ module }) => module === null),
        groups: [
          {
            operation: 'ANY',
            rules: [
              ...(conditions?.rules ?? []).filter(({ module }) => module !== null),
              jiraRule('system:check-permission-validator', { permissionKey: 'BROWSE_PROJECTS' }),
            ],
            groups: [],
          },
        ],
      },
    })),
    found: [['rule-optional', `${APPROVE}, the independent decider`]],
  },
  {
    title: 'an expression altered to allow everybody',
    breakIt: inConfig('Approve', 'roles', (config) => ({ ...config, expression: 'true' })),
    found: [['rule-altered', `${APPROVE}, the independent decider`]],
    says: /expression.*not one that change control writes/,
  },
  {
    title: 'an expression altered in its middle',
    breakIt: inConfig('Execute', 'expression', (config) => ({
      ...config,
      expression: `${String(config['expression'])} || true`,
    })),
    found: [['rule-altered', `${EXECUTE}, decisions that stand`]],
  },
  {
    title: 'the list of fields whose edit bars emptied',
    breakIt: inConfig('Approve', 'roles', (config) => ({ ...config, fields: [] })),
    found: [['rule-weakened', `${APPROVE}, the independent decider`]],
    says: /although they edited .*Scope/,
  },
  {
    title: 'a group changed',
    breakIt: inConfig('Approve', 'roles', (config) => ({
      ...config,
      roles: (config['roles'] as { part: string; group: string }[]).map((role, i) =>
        i === 0 ? { ...role, group: 'jira-users' } : role,
      ),
    })),
    found: [['rule-altered', `${APPROVE}, the independent decider`]],
    says: /group of the role security-reviewer is "jira-users" instead of "security-reviewers"/,
  },
  {
    title: 'all placeholders allowed',
    breakIt: inConfig('Approve', 'placeholder', (config) => ({ ...config, placeholder: '^never$' })),
    found: [['rule-altered', `${APPROVE}, the required texts`]],
    says: /"placeholder"/,
  },
  {
    title: 'one required text less',
    breakIt: inConfig('Approve', 'placeholder', (config) => ({
      ...config,
      expression: String(config['expression']).replace(`{n: 'Test plan', v: issue.${IDS.testPlan}}, `, ''),
    })),
    found: [['rule-weakened', `${APPROVE}, the required texts`]],
    says: /no longer asks for Test plan/,
  },
  {
    title: 'the validator of Approve set to check another step',
    breakIt: inConfig('Approve', 'step', (config) => ({ ...config, step: 'close' })),
    found: [['rule-weakened', `${APPROVE}, the check of the step`]],
    says: /the step close instead of approve/,
  },
  {
    title: 'a configuration that is no JSON',
    breakIt: inTransition('Execute', ({ validators }) => ({
      validators: validators.map((rule) => (rule.module === 'change-validator' ? { ...rule, config: '{' } : rule)),
    })),
    found: [['rule-altered', `${EXECUTE}, the check of the step`]],
  },
  {
    title: 'another app’s rule with the same module name in the place of ours',
    breakIt: inTransition('Execute', ({ validators }) => ({
      validators: validators.map((rule) => (rule.module === 'change-validator' ? { ...rule, module: null } : rule)),
    })),
    found: [['rule-missing', `${EXECUTE}, the check of the step`]],
  },
  {
    title: 'rules saved under an earlier policy: to be saved again, not altered',
    breakIt: (site) => ({
      ...site,
      policy: { seen: OTHER_GROUPS },
      earlierPolicies: [DEFAULT_POLICY],
      groups: groupsOf(OTHER_GROUPS),
    }),
    found: [
      ['rule-outdated', `${APPROVE}, the independent decider`],
      ['rule-outdated', `${P}, "Disapprove" (Approved, Proposed and Scheduled → Disapproved), the independent decider`],
    ],
    says: /saved under the default policy/,
  },
  {
    title: 'rules saved before the policy had an outside provider: they do not let its engineers through',
    breakIt: (site) => ({
      ...site,
      policy: { seen: WITH_PROVIDER },
      earlierPolicies: [DEFAULT_POLICY],
      groups: groupsOf(WITH_PROVIDER),
    }),
    found: [
      ['rule-outdated', `${APPROVE}, the independent decider`],
      ['rule-outdated', `${P}, "Disapprove" (Approved, Proposed and Scheduled → Disapproved), the independent decider`],
    ],
    says: /the default policy, and does not let through engineer of Acme MSP \(group msp-acme\)/,
  },
  {
    title: 'the outside provider chosen out of a rule, and no policy was ever without it: a note',
    breakIt: (site) => ({
      ...site,
      policy: { seen: WITH_PROVIDER },
      earlierPolicies: [],
      groups: groupsOf(WITH_PROVIDER),
    }),
    found: [
      ['rule-customised', `${APPROVE}, the independent decider`],
      [
        'rule-customised',
        `${P}, "Disapprove" (Approved, Proposed and Scheduled → Disapproved), the independent decider`,
      ],
    ],
  },
  {
    title: 'rules saved while there was an outside provider who is gone',
    breakIt: (site) => ({
      ...inPlace(() => ({ workflow: { seen: healthyWorkflow(WITH_PROVIDER) } }))(site),
      earlierPolicies: [WITH_PROVIDER],
    }),
    found: [
      ['rule-outdated', `${APPROVE}, the independent decider`],
      ['rule-outdated', `${P}, "Disapprove" (Approved, Proposed and Scheduled → Disapproved), the independent decider`],
    ],
    says: /version 3 of the policy/,
  },
  {
    title: 'a message of our own wording is a note',
    breakIt: inConfig('Approve', 'placeholder', (config) => ({ ...config, message: 'Bitte ausfüllen: ' })),
    found: [['rule-customised', `${APPROVE}, the required texts`]],
  },
  {
    title: 'Jira’s own rule under Approve removed',
    breakIt: withoutRule('Approve', ({ ruleKey }) => ruleKey === 'system:separation-of-duties'),
    found: [['jira-rule-missing', `${P}, Jira's own rule "separation of duties" before Approved {"toStatusId":"7"}`]],
  },
  {
    title: 'Jira’s own rules that set-up writes were never there: found without an earlier check',
    on: heldById,
    breakIt: (site) => site,
    found: SET_UP_RULES.map((rule) => ['jira-rule-missing', `${P}, Jira's own rule ${rule}`]),
  },
  {
    title: 'Jira’s own rules as set-up writes them, in Jira’s order of groups',
    on: setUp,
    breakIt: (site) => site,
    found: [],
  },
  {
    title: 'one of Jira’s own rules that set-up writes removed, before anybody checked',
    on: heldById,
    breakIt: withJirasRules(({ parameters }) => !('denyUserCustomFields' in parameters)),
    found: [['jira-rule-missing', `${P}, Jira's own rule ${SET_UP_RULES[1]}`]],
  },
  // Another workflow
  {
    title: 'the workflow scheme switched to one without rules',
    breakIt: inPlace(() => ({ workflow: { seen: OPERATIONS }, versions: [] })),
    found: [
      ['jira-rule-missing', `${P}, Jira's own rule "separation of duties" before Approved {"toStatusId":"7"}`],
      ['workflow-replaced', P],
      ['workflow-unguarded', `${P}, workflow "Operations workflow"`],
    ],
    says: /"Operations workflow" now; it had "Change control workflow"/,
  },
  {
    title: 'the issue type mapped to a copy that has all the rules',
    breakIt: inPlace(() => ({ workflow: { seen: { ...healthyWorkflow(), id: 'w9', name: 'Copy' } }, versions: [] })),
    found: [['workflow-replaced', P]],
  },
  {
    title: 'a draft of the workflow scheme is a note',
    breakIt: inPlace(() => ({ draft: { seen: true } })),
    found: [['draft-pending', P]],
  },
  {
    title: 'the project is gone or hidden',
    breakIt: inPlace(() => ({ workflow: { seen: 'no-project' } })),
    found: [['project-missing', 'project CHG']],
  },
  {
    title: 'the issue type renamed',
    breakIt: inPlace(() => ({ workflow: { seen: 'no-issue-type' } })),
    found: [['issue-type-missing', P]],
  },
  // Fields and screens
  {
    title: 'a field in the trash',
    breakIt: fieldList(FIELD_LIST.filter(({ name }) => name !== 'Backout plan')),
    found: [['field-missing', 'field Backout plan']],
  },
  {
    title: 'a field renamed',
    breakIt: fieldList(FIELD_LIST.map((one) => (one.name === 'Scope' ? { ...one, name: 'Umfang' } : one))),
    found: [['field-renamed', 'field Scope']],
    says: /"Umfang"/,
  },
  {
    title: 'a second field of the same name',
    breakIt: fieldList([...FIELD_LIST, { id: 'customfield_66666', name: 'Scope' }]),
    found: [['field-ambiguous', 'field Scope']],
  },
  {
    title: 'the read-only field taken off the screens',
    breakIt: (site) => ({
      ...site,
      screens: site.screens.map((screen) => ({
        ...screen,
        shown: { seen: FIELD_LIST.map(({ id }) => id).filter((id) => id !== IDS.decisionState) },
      })),
    }),
    found: [['field-off-screen', `${P}, field Change decision state`]],
  },
  // People
  {
    title: 'nobody active in a deciding group',
    breakIt: inGroup(
      'security-reviewers',
      members('security-reviewers', person('gone', { active: false }), person('robot', { accountType: 'app' })),
    ),
    found: [['role-empty', 'role security reviewer, group security-reviewers']],
  },
  {
    title: 'a deciding group renamed that the policy has by its name',
    breakIt: inGroup('change-authority', { seen: null }),
    found: [['role-group-missing', 'role change authority, group change-authority']],
  },
  {
    title: 'a deciding group renamed that the policy has by its id: not empty, and the rules know the old name',
    on: setUp,
    breakIt: inGroup('change-authority', members('cab', person('a'), person('b'))),
    found: [
      ['role-group-renamed', 'group change-authority'],
      ['rule-outdated', `${APPROVE}, the independent decider`],
      ['rule-outdated', `${P}, "Disapprove" (Approved, Proposed and Scheduled → Disapproved), the independent decider`],
    ],
    says: /group change-authority is called cab now.*save the conditions/,
  },
  {
    title: 'a deciding group renamed, and the rules saved again: a note is left until the policy has the new name',
    on: setUp,
    breakIt: (site) =>
      withJirasRules(() => true)(
        inPlace(() => ({ workflow: { seen: healthyWorkflow(OTHER_GROUPS) } }))(
          inGroup('change-authority', members('cab-members', person('a'), person('b')))(site),
        ),
      ),
    found: [['role-group-renamed', 'group change-authority']],
  },
  {
    title: 'a deciding group deleted that the policy has by its id',
    on: setUp,
    breakIt: inGroup('change-authority', { seen: null }),
    found: [['role-group-missing', 'role change authority, group change-authority']],
    says: /does not exist in Jira any more/,
  },
  {
    title: 'everything renamed that the policy has by its id: no harm',
    on: setUp,
    breakIt: (site) =>
      fieldList(FIELD_LIST.map((one) => ({ ...one, name: `${one.name} neu` })))(
        renamedStatus('Approved', 'Genehmigt')(site),
      ),
    found: [],
  },
  {
    title: 'a field in the trash that the policy has by its id, and another of its name',
    on: setUp,
    breakIt: fieldList([
      ...FIELD_LIST.filter(({ name }) => name !== 'Scope'),
      { id: 'customfield_66666', name: 'Scope' },
    ]),
    found: [['field-missing', 'field Scope']],
  },
  {
    title: 'another status of the name in place of the one that the policy has by its id',
    on: setUp,
    breakIt: inWorkflow((workflow) => ({
      ...workflow,
      statuses: workflow.statuses.map((one) => (one.name === 'Approved' ? { ...one, statusId: 'another' } : one)),
    })),
    found: [
      ['status-missing', `${P}, status Approved`],
      ['status-unknown', `${P}, status Approved (another one of this name)`],
    ],
  },
  {
    title: 'one person alone holds a role',
    breakIt: inGroup('change-authority', members('change-authority', person('solo'))),
    found: [['role-sole', 'change authority']],
  },
  // The app and its senders
  {
    title: 'a secret of half a year',
    breakIt: (site) => ({
      ...site,
      senders: [
        { source: 'github', name: 'GitHub', live: { seen: [{ label: 'old', addedAt: '2025-08-01T00:00:00.000Z' }] } },
      ],
    }),
    found: [['secret-old', 'github, secret old']],
  },
  {
    title: 'a secret of nobody knows when',
    breakIt: (site) => ({
      ...site,
      senders: [{ source: 'github', name: 'GitHub', live: { seen: [{ label: 'first' }] } }],
    }),
    found: [['secret-old', 'github, secret first']],
  },
  {
    title: 'the only secret retired',
    breakIt: (site) => ({ ...site, senders: [{ source: 'github', name: 'GitHub', live: { seen: [] } }] }),
    found: [['secret-missing', 'github']],
  },
  {
    title: 'deliveries of a sender that were too large, in two hours',
    breakIt: (site) => ({ ...site, refusals: { seen: [refusal('too-large'), refusal('too-large')] } }),
    found: [['delivery-lost', 'github, too-large']],
    says: /A delivery of GitHub could not be taken in .* the matter with too-large/,
  },
  {
    title: 'deliveries that somebody signed with another key, and strangers’ to no sender of ours',
    breakIt: (site) => ({
      ...site,
      refusals: { seen: [refusal('signature-wrong'), refusal('source-not-taken-in', 'unknown')] },
    }),
    found: [['delivery-refused', 'github, signature-wrong']],
  },
  {
    title: 'runs that the sender numbered and that never came',
    breakIt: (site) => ({
      ...site,
      gaps: { seen: [{ sender: 'GitHub', repository: 'acme/fw', series: 'build.yml', numbers: [12, 14, 15] }] },
    }),
    found: [['delivery-missing', 'GitHub, build.yml in acme/fw']],
    says: /GitHub numbered runs 12, 14 to 15 of build.yml in acme\/fw, and nothing came of them within a day/,
  },
  {
    title: 'a permission taken from the app',
    breakIt: (site) => ({ ...site, permissions: [{ project: 'CHG', missing: { seen: ['BROWSE_PROJECTS'] } }] }),
    found: [['permission-missing', 'CHG, permission BROWSE_PROJECTS']],
  },
  {
    title: 'an app access rule keeps the project from the app',
    breakIt: (site) => ({ ...site, blocked: [{ project: 'CHG', byRule: { seen: true } }] }),
    found: [['app-access-rule', 'project CHG']],
  },
  {
    title: 'known changes hidden from the app',
    breakIt: (site) => ({ ...site, hidden: { seen: ['CHG-9', 'CHG-7'] } }),
    found: [['changes-hidden', 'known changes']],
    says: /2 of the changes.*CHG-7 and CHG-9/,
  },
  {
    title: 'an administrator sees more than the app',
    breakIt: (site) => ({ ...site, counts: [{ project: 'CHG', seen: { seen: [12, 0] } }] }),
    found: [['project-hidden', 'project CHG']],
  },
  {
    title: 'a rule that Jira could not evaluate',
    breakIt: (site) => ({
      ...site,
      failedExpressions: {
        seen: [
          { workflow: 'Change control workflow', rule: 'r1', at: '2026-03-02T07:00:00.000Z' },
          { workflow: 'Change control workflow', rule: 'r1', at: '2026-03-02T08:00:00.000Z' },
        ],
      },
    }),
    found: [['expression-failing', 'workflow "Change control workflow", rule r1']],
    says: /2026-03-02 08:00 UTC/,
  },
  {
    title: 'the hourly run is late',
    breakIt: (site) => ({ ...site, lastRun: { seen: '2026-03-02T05:00:00.000Z' } }),
    found: [['reconciler-late', 'the hourly run']],
  },
  {
    title: 'the policy cannot be read',
    breakIt: (site) => ({ ...site, policy: { unseen: 'What is stored is no policy.' } }),
    found: [
      ['policy-unreadable', 'the policy'],
      ['not-checked', 'the workflows'],
      ['not-checked', 'who can decide'],
    ],
  },
  // Nobody could look
  ...(
    [
      ['the workflow', inPlace(() => ({ workflow: { unseen: 'Jira answered 403.' } })), `the workflow of ${P}`],
      [
        'the draft',
        inPlace(() => ({ draft: { unseen: 'Jira answered 403.' } })),
        `drafts of the workflow scheme of ${P}`,
      ],
      ['the fields', (site) => ({ ...site, fieldList: { unseen: 'Jira answered 403.' } }), 'the fields of a change'],
      [
        'the screens',
        (site) => ({
          ...site,
          screens: site.screens.map((screen) => ({ ...screen, shown: { unseen: 'Jira answered 403.' } })),
        }),
        `the screens of ${P}`,
      ],
      [
        'a group',
        inGroup('security-reviewers', { unseen: 'Jira answered 403.' }),
        'role security reviewer, group security-reviewers',
      ],
      [
        'the secrets',
        (site) => ({
          ...site,
          senders: [{ source: 'github', name: 'GitHub', live: { unseen: 'Storage did not answer.' } }],
        }),
        'the secrets of GitHub',
      ],
      [
        'what was refused',
        (site) => ({ ...site, refusals: { unseen: 'Storage did not answer.' } }),
        'whether deliveries were refused',
      ],
      [
        'the numbers of runs',
        (site) => ({ ...site, gaps: { unseen: 'Storage did not answer.' } }),
        'whether every numbered run came',
      ],
      [
        'the permissions',
        (site) => ({ ...site, permissions: [{ project: 'CHG', missing: { unseen: 'Jira answered 403.' } }] }),
        'what the app may do in CHG',
      ],
      [
        'app access rules',
        (site) => ({ ...site, blocked: [{ project: 'CHG', byRule: { unseen: 'Jira answered 403.' } }] }),
        'whether an app access rule keeps the app from CHG',
      ],
      ['what is hidden', (site) => ({ ...site, hidden: { unseen: 'No.' } }), 'whether the app still sees every change'],
      [
        'what people see',
        (site) => ({ ...site, counts: [{ project: 'CHG', seen: { unseen: 'No.' } }] }),
        'whether the app sees what people see in CHG',
      ],
      [
        'failed expressions',
        (site) => ({ ...site, failedExpressions: { unseen: 'No.' } }),
        'whether rules could not be evaluated',
      ],
      ['the last run', (site) => ({ ...site, lastRun: { unseen: 'No.' } }), 'whether the hourly run came'],
    ] as const satisfies readonly (readonly [string, Sabotage['breakIt'], string])[]
  ).map(([what, breakIt, subject]): Sabotage => ({
    title: `nobody could look at ${what}`,
    breakIt,
    found: [['not-checked', subject]],
  })),
];
