import { canonicalJson } from '../../ledger/canonical';
import type { Policy } from '../../policy/policy';
import { configurationOf, judgesAlike, settingsFrom, type RuleConfiguration } from '../rule-configuration';
import { decidingGroups, RULE_MODULES, type RuleModule, type RuleSettings, type RuleSite } from '../rule-settings';
import type { WorkflowRule } from '../workflow-rules';
import { listed, versionWords } from '../words';
import { finding, type Finding } from './finding';
import type { ObservedRule } from './observed';

/** What the rules of a transition are compared with. */
export interface RuleBasis {
  readonly site: RuleSite;
  readonly earlier: readonly Policy[];
}

/** A rule of ours as it stands on a transition. */
export interface StandingRule {
  readonly rule: ObservedRule;
  /** False for a condition that others can stand in for, in a group of which any is enough. */
  readonly binding: boolean;
}

const SAVE_AGAIN = 'Open the workflow, and put the rule back as the set-up wizard has it; then publish the workflow.';

/**
 * Compares the rules of a transition with those that it needs. Each needed rule is found as it should be, found
 * otherwise (and it is said how), or missing; further rules only restrict, so they are nobody's fault.
 */
export function ruleFindings(
  needed: readonly WorkflowRule[],
  standing: readonly StandingRule[],
  place: string,
  basis: RuleBasis,
): Finding[] {
  // Of two that are the same, the one that counts: a copy that does not is nobody's fault.
  const left = new Set([...standing].sort((a, b) => Number(counts(b)) - Number(counts(a))));
  const found: Finding[] = [];
  const open = needed.filter((rule) => {
    const same = [...left].find((one) => isOf(one, rule) && alike(one, rule));
    if (same === undefined) return true;
    left.delete(same);
    found.push(...usable(same, rule, place, basis));
    return false;
  });
  // Those that are recognisably the same rule first, so that what was altered is compared with what it was.
  const missing = open.filter((rule) => !pair(rule, (one) => sameRule(one, rule, basis)));
  for (const rule of missing) {
    if (!pair(rule, (one) => recognised(one, basis) === undefined)) found.push(gone(rule, place, basis));
  }
  return found;

  function pair(rule: WorkflowRule, fits: (one: StandingRule) => boolean): boolean {
    const one = [...left].find((each) => isOf(each, rule) && fits(each));
    if (one === undefined) return false;
    left.delete(one);
    found.push(...usable(one, rule, place, basis), ...differences(one, rule, place, basis));
    return true;
  }
}

const counts = ({ rule, binding }: StandingRule): boolean => binding && !rule.disabled;
const isOf = ({ rule }: StandingRule, { moduleKey }: WorkflowRule): boolean => rule.module === moduleKey;

/** The post function has nothing to configure. */
function alike({ rule }: StandingRule, needed: WorkflowRule): boolean {
  if (needed.kind === 'post-function') return true;
  const config = configurationIn(rule);
  return config !== undefined && judgesAlike(config, needed.config);
}

/** A rule may be there and still not count. */
function usable({ rule, binding }: StandingRule, needed: WorkflowRule, place: string, basis: RuleBasis): Finding[] {
  const subject = subjectOf(needed, place, basis);
  return [
    ...(rule.disabled
      ? [finding('rule-disabled', subject, `${subject}: the rule is switched off.`, 'Switch it on in the workflow.')]
      : []),
    ...(binding
      ? []
      : [
          finding(
            'rule-optional',
            subject,
            `${subject}: another condition can stand in for it, because any of its group is enough.`,
            'Set the group of conditions to "all" in the workflow, or put the rule outside of it.',
          ),
        ]),
  ];
}

function gone(needed: WorkflowRule, place: string, basis: RuleBasis): Finding {
  const subject = subjectOf(needed, place, basis);
  return finding('rule-missing', subject, `${subject}: the rule is not there.`, SAVE_AGAIN);
}

function differences({ rule }: StandingRule, needed: WorkflowRule, place: string, basis: RuleBasis): Finding[] {
  const subject = subjectOf(needed, place, basis);
  const config = configurationIn(rule);
  if (config === undefined)
    return [finding('rule-altered', subject, `${subject}: what is saved with the rule cannot be read.`, SAVE_AGAIN)];
  const settings = settingsFrom(needed.moduleKey as RuleModule, config, basis.site);
  if (settings === undefined)
    return [
      finding(
        'rule-altered',
        subject,
        `${subject}: the expression saved with the rule is not one that change control writes.`,
        SAVE_AGAIN,
      ),
    ];
  const today = configurationOf(settings, basis.site);
  if (judgesAlike(config, today)) return settingsDiffer(settings, needed, subject, basis);
  const outdated = basis.earlier.find((policy) =>
    judgesAlike(config, configurationOf(settings, { ...basis.site, policy })),
  );
  if (outdated !== undefined)
    return [
      finding(
        'rule-outdated',
        subject,
        `${subject}: the rule was saved under ${versionWords(outdated.version)}, and still says what that policy said.`,
        'Save the rules again: open the workflow, save the rule as it is shown, and publish the workflow.',
      ),
    ];
  return [
    finding('rule-altered', subject, `${subject}: ${membersThatDiffer(config, today)}.`, SAVE_AGAIN),
    ...settingsDiffer(settings, needed, subject, basis).filter(({ code }) => code === 'rule-weakened'),
  ];
}

/** The settings are ours and the configuration says what they say; are they also what the policy gives? */
function settingsDiffer(settings: RuleSettings, needed: WorkflowRule, subject: string, basis: RuleBasis): Finding[] {
  const wanted = settingsOf(needed, basis);
  if (wanted === undefined || canonicalJson(wanted) === canonicalJson(settings)) return [];
  const missed = admittedSince(settings, wanted, basis);
  if (missed !== undefined)
    return [
      finding(
        'rule-outdated',
        subject,
        `${subject}: the rule was saved under ${versionWords(missed.policy)}, and does not let through ${listed(missed.groups)}, who decide since.`,
        SAVE_AS_SET_UP,
      ),
    ];
  const weaker = weaknesses(settings, wanted, basis.site);
  return weaker.length > 0
    ? [finding('rule-weakened', subject, `${subject}: ${listed(weaker)}.`, SAVE_AGAIN)]
    : [
        finding(
          'rule-customised',
          subject,
          `${subject}: set otherwise than the set-up has it, and not weaker.`,
          'Nothing has to be done. To have it as the set-up has it, open the rule in the workflow and reset it.',
          'note',
        ),
      ];
}

const SAVE_AS_SET_UP =
  'Save the rules again: open the workflow, reset the rule to what the set-up has, save it, and publish the workflow.';

/** Groups that decide by today's policy and are not in a rule that has exactly those of an earlier one. */
function admittedSince(
  settings: RuleSettings,
  wanted: RuleSettings,
  { site, earlier }: RuleBasis,
): { readonly policy: string; readonly groups: readonly string[] } | undefined {
  if (settings.rule !== 'independent' || wanted.rule !== 'independent') return undefined;
  const groups = decidingGroups(site.policy)
    .filter(({ key }) => wanted.roles.includes(key) && !settings.roles.includes(key))
    .map(({ name, group }) => `${name} (group ${group})`);
  const then = earlier.find((policy) => {
    const roles = decidingGroups(policy).map(({ key }) => key);
    return canonicalJson({ ...wanted, roles }) === canonicalJson(settings);
  });
  return then === undefined || groups.length === 0 ? undefined : { policy: then.version, groups };
}

function weaknesses(settings: RuleSettings, wanted: RuleSettings, site: RuleSite): string[] {
  const name = (id: string): string => site.fields.find((field) => field.id === id)?.name ?? id;
  const without = (before: readonly string[], now: readonly string[]): string[] =>
    before.filter((one) => !now.includes(one)).map(name);
  const said = (lost: readonly string[], what: string): string[] =>
    lost.length === 0 ? [] : [`${what} ${listed(lost)}`];
  if (settings.rule === 'step' && wanted.rule === 'step')
    return [`it checks the step ${settings.step ?? 'none'} instead of ${wanted.step ?? 'none'}`];
  if (
    (settings.rule === 'written' && wanted.rule === 'written') ||
    (settings.rule === 'chosen' && wanted.rule === 'chosen')
  )
    return said(without(wanted.fields, settings.fields), 'it no longer asks for');
  if (settings.rule === 'independent' && wanted.rule === 'independent')
    return [
      ...said(without(wanted.barring, settings.barring), 'people may decide although they edited'),
      ...(settings.roles.length === 0 ? ['it lets nobody through, because no role is chosen'] : []),
    ];
  if (settings.rule === 'people' && wanted.rule === 'people')
    return said(without(settings.people, wanted.people), 'it also lets through the people in');
  return [];
}

/** Members of the configuration that judge and are not what these settings come to. */
function membersThatDiffer(config: RuleConfiguration, today: RuleConfiguration): string {
  const names = [...new Set([...Object.keys(config), ...Object.keys(today)])].filter((name) => name !== 'summary');
  const differing = names.filter((name) => text(config[name]) !== text(today[name])).sort();
  const groups = differing.includes('roles') ? groupsThatDiffer(config['roles'], today['roles']) : [];
  const others = differing.filter((name) => name !== 'roles' || groups.length === 0).map((name) => `"${name}"`);
  return listed([...groups, ...(others.length === 0 ? [] : [`${listed(others)} is not what change control saves`])]);
}

function groupsThatDiffer(config: unknown, today: unknown): string[] {
  const groupOf = (roles: unknown, part: string): string | undefined =>
    rolesIn(roles).find((one) => one.part === part)?.group;
  return rolesIn(config).flatMap(({ part, group }) => {
    const wanted = groupOf(today, part);
    if (wanted === undefined || wanted === group) return [];
    return [`the group of the role ${part.replace(/=$/, '')} is "${group}" instead of "${wanted}"`];
  });
}

function rolesIn(roles: unknown): { readonly part: string; readonly group: string }[] {
  if (!Array.isArray(roles)) return [];
  return roles.flatMap((role: unknown) => {
    if (typeof role !== 'object' || role === null || !('part' in role) || !('group' in role)) return [];
    return typeof role.part === 'string' && typeof role.group === 'string'
      ? [{ part: role.part, group: role.group }]
      : [];
  });
}

const text = (value: unknown): string => (value === undefined ? '' : canonicalJson(value));

function configurationIn({ config }: ObservedRule): RuleConfiguration | undefined {
  try {
    const value: unknown = JSON.parse(config ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as RuleConfiguration)
      : undefined;
  } catch {
    return undefined;
  }
}

function recognised({ rule }: StandingRule, { site }: RuleBasis): RuleSettings | undefined {
  const config = configurationIn(rule);
  const module = RULE_MODULES.find((one) => one === rule.module);
  return config === undefined || module === undefined ? undefined : settingsFrom(module, config, site);
}

const settingsOf = ({ moduleKey, config }: WorkflowRule, { site }: RuleBasis): RuleSettings | undefined =>
  moduleKey === 'record-transition' ? undefined : settingsFrom(moduleKey, config, site);

const sameRule = (one: StandingRule, needed: WorkflowRule, basis: RuleBasis): boolean =>
  recognised(one, basis)?.rule === settingsOf(needed, basis)?.rule;

const RULE_WORDS: Readonly<Record<RuleSettings['rule'], string>> = {
  step: 'the check of the step',
  written: 'the required texts',
  chosen: 'the required choices',
  'last-decider': 'the last decider',
  'still-open': 'decisions that stand',
  independent: 'the independent decider',
  people: 'who may withdraw',
};

function subjectOf(needed: WorkflowRule, place: string, basis: RuleBasis): string {
  const settings = settingsOf(needed, basis);
  return `${place}, ${settings === undefined ? 'the record of who moved it' : RULE_WORDS[settings.rule]}`;
}
