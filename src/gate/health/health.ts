import { canonicalJson } from '../../ledger/canonical';
import { sha256Hex } from '../../ledger/hash';
import { ourWord } from '../../change/site-ids';
import { groupWords, withNamesOfToday } from '../../policy/group-names';
import type { Policy } from '../../policy/policy';
import { siteOf } from '../rule-settings';
import { workflowRules } from '../workflow-rules';
import {
  expressionFindings,
  permissionFindings,
  runFindings,
  secretFindings,
  visibilityFindings,
} from './app-findings';
import { deliveryFindings } from './delivery-findings';
import { attributed } from './attribution';
import { fieldFindings, screenFindings, type FieldsFound } from './field-findings';
import { finding, inOrder, notChecked, type Finding, type HealthCode } from './finding';
import { jiraRuleFindings, jiraRulesOf, jiraRulesOfSetUp } from './jira-rules';
import type { ObservedPlace, ObservedSite, ObservedWorkflow, Remembered, RememberedPlace } from './observed';
import { placeName } from './observed';
import { namesOfToday, peopleFindings } from './people-findings';
import { workflowFindings } from './workflow-findings';

/** What is looked at, in the words of the screen. What can not be read at all is said where the checks are listed. */
export const HEALTH_CHECKS = [
  { check: 'policy', name: 'The policy can be read and is the one that was saved' },
  { check: 'workflows', name: 'Every way to Approved, Scheduled and Executed carries the rules of change control' },
  { check: 'fields', name: 'The fields of a change are there, under their names' },
  { check: 'screens', name: 'The fields are on the screens of the issues' },
  { check: 'people', name: 'Every role has somebody who can decide' },
  { check: 'secrets', name: 'Senders have a live secret, changed within 180 days' },
  {
    check: 'deliveries',
    name: 'What senders delivered in the last 24 hours was taken in, and every run that they number came',
  },
  { check: 'permissions', name: 'The app may do what it needs' },
  { check: 'visibility', name: 'The app sees every change' },
  { check: 'expressions', name: 'Jira could evaluate every rule' },
  { check: 'runs', name: 'The hourly run comes' },
] as const;
export type HealthCheckName = (typeof HEALTH_CHECKS)[number]['check'];

/** Which check finds what: a check that could not look says nothing about what it found before. */
const CODES: Readonly<Record<HealthCheckName, readonly HealthCode[]>> = {
  policy: ['policy-unreadable'],
  workflows: [
    'workflow-unguarded',
    'workflow-replaced',
    'draft-pending',
    'transition-unguarded',
    'any-status-transition',
    'created-decided',
    'status-unknown',
    'status-missing',
    'rule-missing',
    'rule-disabled',
    'rule-optional',
    'rule-altered',
    'rule-weakened',
    'rule-outdated',
    'rule-customised',
    'jira-rule-missing',
    'project-missing',
    'issue-type-missing',
  ],
  fields: ['field-missing', 'field-ambiguous', 'field-renamed'],
  screens: ['field-off-screen'],
  people: ['role-group-missing', 'role-group-renamed', 'role-empty', 'role-sole'],
  secrets: ['secret-old', 'secret-missing'],
  deliveries: ['delivery-lost', 'delivery-refused', 'delivery-missing'],
  permissions: ['permission-missing'],
  visibility: ['app-access-rule', 'changes-hidden', 'project-hidden'],
  expressions: ['expression-failing'],
  runs: ['reconciler-late'],
};

export interface Health {
  /** In one order: alarms, what nobody can say, notes. */
  readonly findings: readonly Finding[];
  readonly checks: readonly { readonly check: HealthCheckName; readonly findings: number }[];
  /** Codes that this check could not look for everywhere: what is open of them stays open. */
  readonly unsettled: readonly HealthCode[];
  /** What the next check starts from. */
  readonly remembered: Remembered;
}

export const NOTHING_REMEMBERED = (now: Date): Remembered => ({
  since: now.toISOString(),
  places: {},
  fieldIds: null,
  projectIds: {},
  senders: [],
});

/**
 * Judges the controls themselves: is everything still as it has to be for the rules to be asked at all? Pure; nothing is
 * opened or closed by it. What could not be looked at is a finding.
 */
export function healthOf(observed: ObservedSite, remembered: Remembered, now: Date): Health {
  const fields = fieldFindings(observed, remembered);
  const policy = 'seen' in observed.policy ? observed.policy.seen : undefined;
  const policies = policiesOf(observed);
  const places = observed.places.map((place) => judgedPlace(place, policies, fields, remembered));
  const byCheck: Readonly<Record<HealthCheckName, readonly Finding[]>> = {
    policy: policyFindings(observed),
    workflows: policy === undefined ? [withoutPolicy('the workflows')] : places.flatMap(({ findings }) => findings),
    fields: fields.findings,
    screens: screenFindings(observed.screens, fields.ids),
    people: policy === undefined ? [withoutPolicy('who can decide')] : peopleFindings(policy, observed.groups),
    secrets: secretFindings(observed, remembered, now),
    deliveries: deliveryFindings(observed),
    permissions: permissionFindings(observed),
    visibility: visibilityFindings(observed),
    expressions: expressionFindings(observed),
    runs: runFindings(observed, remembered, now),
  };
  const live = observed.senders.filter(({ live: secrets }) => 'seen' in secrets && secrets.seen.length > 0);
  return {
    findings: inOrder(Object.values(byCheck).flat()),
    checks: HEALTH_CHECKS.map(({ check }) => ({ check, findings: byCheck[check].length })),
    unsettled: [
      ...HEALTH_CHECKS.flatMap(({ check }) =>
        byCheck[check].some(({ level }) => level === 'unchecked') ? CODES[check] : [],
      ),
      ...(observed.counts.length === 0 ? (['project-hidden'] as const) : []),
    ],
    remembered: {
      since: remembered.since,
      places: Object.fromEntries([
        ...Object.entries(remembered.places),
        ...places.flatMap(({ name, keep }) => (keep === undefined ? [] : [[name, keep] as const])),
      ]),
      fieldIds: fields.ids,
      projectIds: { ...remembered.projectIds, ...observed.projectIds },
      senders: [...new Set([...remembered.senders, ...live.map(({ source }) => source)])].sort(),
    },
  };
}

const withoutPolicy = (what: string): Finding =>
  notChecked(what, 'The policy that says which they are cannot be relied on.');

function policyFindings({ policy }: ObservedSite): Finding[] {
  if ('seen' in policy) return [];
  return [
    finding(
      'policy-unreadable',
      'the policy',
      `The policy cannot be relied on, so nothing is decided and the rules cannot be checked. ${policy.unseen}`,
      'Open Policy on this page: it says what is wrong with what is stored.',
    ),
  ];
}

interface JudgedPlace {
  readonly name: string;
  readonly findings: readonly Finding[];
  readonly keep?: RememberedPlace;
}

/**
 * What the findings of a workflow are judged from: the version that Jira counts, and the rules that it is compared with.
 * As long as it is the same, the findings are. Null while nobody can say what the rules should be.
 */
export function basisOf(
  workflow: Pick<ObservedWorkflow, 'id' | 'version'>,
  site: Pick<ObservedSite, 'policy' | 'earlierPolicies' | 'fieldList' | 'groups'>,
  remembered: Remembered,
): string | null {
  const { ids } = fieldFindings(site, remembered);
  const policies = policiesOf(site);
  return policies === undefined || ids === null ? null : basis(workflow, policies, ids);
}

interface Policies {
  /** With the names that its groups have now: what a rule that is saved today says. */
  readonly today: Policy;
  readonly earlier: readonly Policy[];
}

function policiesOf({
  policy,
  earlierPolicies,
  groups,
}: Pick<ObservedSite, 'policy' | 'earlierPolicies' | 'groups'>): Policies | undefined {
  if ('unseen' in policy) return undefined;
  const today = withNamesOfToday(policy.seen, namesOfToday(groups));
  const renamed = canonicalJson(groupWords(today)) !== canonicalJson(groupWords(policy.seen));
  return { today, earlier: renamed ? [policy.seen, ...earlierPolicies] : earlierPolicies };
}

function basis(
  { id, version }: Pick<ObservedWorkflow, 'id' | 'version'>,
  { today, earlier }: Policies,
  ids: NonNullable<FieldsFound['ids']>,
): string {
  const rules = workflowRules(ids, ids, today);
  const { statuses } = today;
  return sha256Hex(canonicalJson({ id, version, rules, statuses, earlier: earlier.map((one) => one.version) }));
}

function judgedPlace(
  place: ObservedPlace,
  policies: Policies | undefined,
  { ids }: FieldsFound,
  remembered: Remembered,
): JudgedPlace {
  const name = placeName(place);
  const before = Object.hasOwn(remembered.places, name) ? remembered.places[name] : undefined;
  const draft = draftFindings(place, name);
  const { workflow } = place;
  if ('unseen' in workflow)
    return { name, findings: [notChecked(`the workflow of ${name}`, workflow.unseen), ...draft] };
  if (workflow.seen === 'no-project' || workflow.seen === 'no-issue-type')
    return { name, findings: [notThere(place, workflow.seen)] };
  if (workflow.seen === 'unchanged') return { name, findings: [...(before?.findings ?? []), ...draft] };
  if (policies === undefined || ids === null)
    return {
      name,
      findings: [
        notChecked(`the workflow of ${name}`, 'Without policy and fields nobody can say what its rules should be.'),
      ],
    };
  const seen = workflow.seen;
  const { today, earlier } = policies;
  const compared = { site: siteOf(ids, ids, today), earlier };
  const rules = workflowRules(ids, ids, today);
  const setUp = jiraRulesOfSetUp(today, ids);
  const judge = (one: ObservedWorkflow): Finding[] => {
    const named = inOurWords(one, today);
    return [
      ...workflowFindings(named, name, rules, compared),
      ...jiraRuleFindings(name, before?.jiraRules ?? [], setUp, named),
    ];
  };
  const found = attributed(judge(seen), place.versions, place.versionsComplete, judge);
  const replaced = replacedFindings(name, before, seen);
  const trusted = replaced.length === 0 || found.length === 0;
  return {
    name,
    findings: [...replaced, ...found, ...draft],
    keep: {
      workflow: trusted || before === undefined ? { id: seen.id, name: seen.name } : before.workflow,
      basis: basis(seen, policies, ids),
      findings: [...(trusted ? [] : replaced), ...found],
      jiraRules: [...new Set([...(before?.jiraRules ?? []), ...jiraRulesOf(inOurWords(seen, today))])].sort(),
    },
  };
}

/** A status that the policy holds by id keeps our word for it, whatever it is called now and in whatever language. */
const inOurWords = (workflow: ObservedWorkflow, { statuses }: Policy): ObservedWorkflow => ({
  ...workflow,
  statuses: workflow.statuses.map((status) => ({
    ...status,
    name: ourWord(statuses, { id: status.statusId, name: status.name }),
  })),
});

function replacedFindings(name: string, before: RememberedPlace | undefined, seen: ObservedWorkflow): Finding[] {
  if (before === undefined || before.workflow.id === seen.id) return [];
  return [
    finding(
      'workflow-replaced',
      name,
      `${name} has the workflow "${seen.name}" now; it had "${before.workflow.name}". Its workflow scheme was switched or changed.`,
      'If that was not meant, give the project its workflow scheme back under Project settings, Workflows.',
    ),
  ];
}

function draftFindings({ draft }: ObservedPlace, name: string): Finding[] {
  if ('unseen' in draft) return [notChecked(`drafts of the workflow scheme of ${name}`, draft.unseen)];
  return draft.seen
    ? [
        finding(
          'draft-pending',
          name,
          `The workflow scheme of ${name} has a draft that is not published. Nothing of it holds yet.`,
          'Publish or discard the draft; the next check looks at what is published.',
          'note',
        ),
      ]
    : [];
}

const notThere = (place: ObservedPlace, what: 'no-project' | 'no-issue-type'): Finding =>
  what === 'no-project'
    ? finding(
        'project-missing',
        `project ${place.project}`,
        `The policy controls the project ${place.project}, and Jira shows the app no project with this key. Its key was changed, or it was deleted or hidden.`,
        'Correct the projects under Policy, or let the app see the project again.',
      )
    : finding(
        'issue-type-missing',
        placeName(place),
        `The policy controls the issue type "${place.issueType}", and ${place.project} has none of this name. It was renamed or taken out of the project.`,
        'Give the issue type its name back, or correct the issue types under Policy.',
      );
