import * as z from '#zod';
import type { BuiltRule, RuleView } from '../contract/rules';
import { FieldSetupError } from '../change/field-ids';
import { ourWord } from '../change/site-ids';
import { EXPRESSION_LIMITS, expressionUse } from '../gate/expression-cost';
import { configurationOf, savedAlike, settingsFrom, type RuleConfiguration } from '../gate/rule-configuration';
import { ruleProblems } from '../gate/rule-problems';
import {
  decidingGroups,
  controlledFields,
  peopleFields,
  RULE_MODULES,
  siteFromFields,
  type RuleSettings,
  type RuleSite,
} from '../gate/rule-settings';
import { STEP_PASSES } from '../gate/rule-summary';
import { STEPS } from '../gate/transition-check';
import {
  defaultSettings,
  startingSettings,
  TRANSITIONS,
  transitionTo,
  type TransitionName,
} from '../gate/workflow-rules';
import { heldGroupIds, withNamesOfToday } from '../policy/group-names';
import type { Policy } from '../policy/policy';
import type { Ports } from '../ports/ports';
import { policyInForce } from './policy/store';
import { refuse } from './refusal';
import { parsed, type ResolverCall } from './resolver-call';

const id = z.lazy(() => z.string().check(z.regex(/^[\w-]{1,64}$/)));
const ids = z.lazy(() => z.array(id).check(z.maxLength(200)));
const message = z.lazy(() => z.string().check(z.maxLength(2_000)));

const settingsShape = z.lazy(() =>
  z.discriminatedUnion('rule', [
    z.object({ rule: z.literal('step'), step: z.nullable(z.enum(STEPS)) }),
    z.object({ rule: z.literal('written'), fields: ids, message }),
    z.object({ rule: z.literal('chosen'), fields: ids, message }),
    z.object({ rule: z.literal('last-decider') }),
    z.object({ rule: z.literal('still-open'), message }),
    z.object({ rule: z.literal('independent'), roles: ids, barring: ids }),
    z.object({ rule: z.literal('people'), people: ids }),
  ]),
);

const readPayload = z.lazy(() =>
  z.object({
    module: z.enum(RULE_MODULES),
    /** As Jira keeps it: text or already parsed; absent for a new rule. */
    config: z.optional(z.unknown()),
    /** The id of the status that the transition leads to. */
    to: z.optional(z.nullable(z.string())),
  }),
);

const buildPayload = z.lazy(() =>
  z.object({ settings: settingsShape, transition: z.optional(z.nullable(z.enum(TRANSITIONS))) }),
);

/**
 * `rule.read`: a saved configuration as settings, with everything that may be chosen by the names it has now. Writes
 * nothing. Jira administrators only, asked of Jira as the viewer.
 */
export async function readRule(ports: Ports, call: ResolverCall): Promise<RuleView> {
  const { module, config, to } = parsed(readPayload, call.payload);
  const site = await siteForAdmin(ports);
  const status = to === undefined || to === null ? undefined : await ports.jira.statusName(to);
  const transition =
    status === undefined ? undefined : transitionTo(ourWord(site.policy.statuses, { id: to, name: status }));
  const saved = savedConfiguration(config);
  const starts = startingSettings(module, transition, site);
  const recognised = saved.found === 'some' ? settingsFrom(module, saved.configuration, site) : undefined;
  const settings =
    recognised ?? (transition === undefined ? undefined : defaultSettings(module, transition, site)[0]) ?? starts[0];
  if (settings === undefined) throw refuse(400, 'no-rule', `${module} has nothing to configure.`);
  return {
    transition: transition ?? null,
    found: recognised !== undefined ? 'ours' : saved.found === 'none' ? 'new' : 'foreign',
    current:
      saved.found === 'some' && savedAlike(saved.configuration, configurationOf(settings, site, transition ?? null)),
    settings,
    starts,
    ...choices(site),
    built: builtRule(settings, site, transition ?? null),
    savedExpression: saved.found === 'some' ? expressionOf(saved.configuration) : null,
  };
}

/** `rule.build`: what settings come to. The text to save is given only when nothing keeps it from being saved. */
export async function buildRule(ports: Ports, call: ResolverCall): Promise<BuiltRule> {
  const { settings, transition } = parsed(buildPayload, call.payload);
  return builtRule(settings, await siteForAdmin(ports), transition ?? null);
}

async function siteForAdmin(ports: Ports): Promise<RuleSite> {
  if (!(await ports.jira.mayAdminister()))
    throw refuse(403, 'not-an-admin', 'Only a Jira administrator may configure this rule. Nothing was saved.');
  try {
    return siteFromFields(await ports.jira.fieldList(), await policyOfToday(ports));
  } catch (failure) {
    if (!(failure instanceof FieldSetupError)) throw failure;
    throw refuse(409, failure.code, `${failure.message} Nothing was saved.`, failure.fields);
  }
}

/** A condition knows groups by name only, so it is made from the names that they have now. */
async function policyOfToday(ports: Ports): Promise<Policy> {
  const policy = await policyInForce(ports);
  const ids = heldGroupIds(policy);
  return ids.length === 0 ? policy : withNamesOfToday(policy, await ports.jira.groupNames(ids));
}

function builtRule(settings: RuleSettings, site: RuleSite, transition: TransitionName | null): BuiltRule {
  const configuration = configurationOf(settings, site, transition);
  const expression = expressionOf(configuration);
  const problems = ruleProblems(settings, site);
  const use = expression === null ? null : expressionUse(expression);
  return {
    config: problems.length === 0 ? JSON.stringify(configuration) : null,
    expression,
    summary: String(configuration['summary']),
    use:
      use === null
        ? null
        : (['characters', 'leaves', 'operations'] as const).map((of) => ({
            of,
            used: use[of],
            limit: EXPRESSION_LIMITS[of],
          })),
    problems,
  };
}

function choices(site: RuleSite): Pick<RuleView, 'steps' | 'fields' | 'roles' | 'people' | 'barring'> {
  const plain = ({ id, name }: { readonly id: string; readonly name: string }) => ({ id, name, hint: null });
  return {
    steps: STEPS.map((step, at) => ({ id: step, name: TRANSITIONS[at] ?? step, hint: STEP_PASSES[step] })),
    fields: site.fields.filter(({ use }) => use !== 'other').map((field) => ({ ...field, hint: null })),
    roles: decidingGroups(site.policy).map(({ key, name, group }) => ({
      id: key,
      name,
      hint: `members of the group ${group}`,
    })),
    people: peopleFields(site).map(plain),
    barring: controlledFields(site).map(plain),
  };
}

type Saved =
  { readonly found: 'none' | 'unreadable' } | { readonly found: 'some'; readonly configuration: RuleConfiguration };

function savedConfiguration(config: unknown): Saved {
  if (config === undefined || config === null || config === '') return { found: 'none' };
  const value = typeof config === 'string' ? jsonOf(config) : config;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { found: 'unreadable' };
  return Object.keys(value).length === 0
    ? { found: 'none' }
    : { found: 'some', configuration: value as RuleConfiguration };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const expressionOf = ({ expression }: RuleConfiguration): string | null =>
  typeof expression === 'string' ? expression : null;
