import { CHANGE_TYPES } from '../change/fields';
import { canonicalJson } from '../ledger/canonical';
import {
  independentDecider,
  lastNeededDecider,
  madeChoices,
  NONE_OPTION,
  onlyPeople,
  PLACEHOLDER,
  stillOpen,
  STRIP,
  writtenParagraphs,
  type NamedField,
} from './expressions';
import {
  decidingGroups,
  RULES_OF,
  type RuleModule,
  type RuleName,
  type RuleSettings,
  type RuleSite,
} from './rule-settings';
import { ruleSummary } from './rule-summary';
import { PANEL, STEPS } from './transition-check';

/** What Jira saves with a rule. `expression` in it replaces the manifest's own (Forge, "Jira workflow validator"). */
export type RuleConfiguration = Readonly<Record<string, unknown>>;

/**
 * The configuration that does what the settings say. `summary` is the sentence that the workflow shows for the rule;
 * nothing is judged by it.
 *
 * @param transition the transition's name in our words, for the summary; null when it is none of ours.
 */
export function configurationOf(
  settings: RuleSettings,
  site: RuleSite,
  transition: string | null = null,
): RuleConfiguration {
  return { ...judgingPart(settings, site), summary: ruleSummary(settings, site, transition) };
}

function judgingPart(settings: RuleSettings, site: RuleSite): RuleConfiguration {
  const { appIds, ids, policy } = site;
  switch (settings.rule) {
    case 'step':
      return settings.step === null ? {} : { step: settings.step };
    case 'written': {
      const expression = writtenParagraphs(settings.fields.map((id) => named(site, id)));
      return { expression, strip: STRIP, placeholder: PLACEHOLDER, message: apart(settings.message) };
    }
    case 'chosen':
      return {
        expression: choices(settings.fields, site),
        none: NONE_OPTION,
        message: apart(settings.message),
        ...(later(settings.fields, site).length === 0 ? {} : { later: later(settings.fields, site) }),
      };
    case 'last-decider':
      return { expression: lastNeededDecider(appIds.decisionState), ...LAST_DECIDER };
    case 'still-open':
      return { expression: stillOpen(appIds.decisionState), message: apart(settings.message) };
    case 'independent':
      return {
        expression: independentDecider({
          state: appIds.decisionState,
          participants: appIds.participants,
          owner: ids.owner,
          implementer: ids.implementer,
        }),
        roles: decidingGroups(policy)
          .filter(({ key }) => settings.roles.includes(key))
          .map(({ key, group }) => ({ part: `${key}=`, group })),
        fields: settings.barring,
      };
    case 'people':
      return { expression: onlyPeople(settings.people) };
  }
}

/** Names are put behind a message, so it ends in a space. */
const apart = (message: string): string => (/\s$/.test(message) ? message : `${message} `);

/** A field with the name it has now; one that is gone keeps its id for a name, so that the rule goes on refusing. */
export const named = ({ fields }: RuleSite, id: string): NamedField => ({
  id,
  name: fields.find((field) => field.id === id)?.name ?? id,
});

/** Impacted systems and a window with both ends are checked by more than being set. */
function choices(fields: readonly string[], site: RuleSite): string {
  const { impactedSystems, windowStart, windowEnd } = site.ids;
  const window = fields.includes(windowStart) && fields.includes(windowEnd);
  const special = [impactedSystems, ...(window ? [windowStart, windowEnd] : [])];
  return madeChoices({
    set: fields.filter((id) => !special.includes(id)).map((id) => named(site, id)),
    systems: fields.includes(impactedSystems) ? named(site, impactedSystems) : null,
    window: window
      ? {
          start: named(site, windowStart),
          end: named(site, windowEnd),
          unlessType:
            later(fields, site).length === 0
              ? null
              : { id: site.ids.changeType, by: byOptionId(site) ? 'id' : 'value' },
        }
      : null,
  });
}

const byOptionId = ({ policy: { changeTypes } }: RuleSite): boolean =>
  CHANGE_TYPES.every((type) => changeTypes[type] !== null);

/** The change types that need no window, as the expression tells them: an option's id is a number there. */
function later(fields: readonly string[], site: RuleSite): readonly (string | number)[] {
  const { ids, policy } = site;
  if (!fields.includes(ids.windowStart) || !fields.includes(ids.windowEnd)) return [];
  return CHANGE_TYPES.filter((type) => !policy.types[type].required.includes('windowEnd')).map((type) =>
    byOptionId(site) ? Number(policy.changeTypes[type]) : type,
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const ELSEWHERE = `They sign off in ${PANEL}, or use Approve as the last one.`;
const LAST_DECIDER = {
  preparing: 'Change control is still being prepared for this change. Try again in a minute.',
  objection: `Somebody else has disapproved or deferred this change. ${capital(PANEL)} says who; it stays closed until they decide otherwise.`,
  others: `. Approve is one person's decision: all but the last sign off in ${PANEL}.`,
  signed: `. You have signed off already. ${ELSEWHERE}`,
  role: `. Your role is not needed any more. ${ELSEWHERE}`,
};

/**
 * The settings behind a saved configuration, or undefined when it is none that `configurationOf` writes: read only where
 * the expression built again from them is the saved one, but for the ids and names of fields.
 */
export function settingsFrom(
  module: RuleModule,
  configuration: RuleConfiguration,
  site: RuleSite,
): RuleSettings | undefined {
  const saved = textOf(configuration['expression']);
  return RULES_OF[module]
    .map((rule) => read(rule, configuration, saved))
    .find((settings): settings is RuleSettings => {
      if (settings === undefined) return false;
      return [site, beforeTypes(site)].some(
        (one) => shape(textOf(judgingPart(settings, one)['expression'])) === shape(saved),
      );
    });
}

/** A rule that was saved while every type needed the same is one of ours too. */
const beforeTypes = (site: RuleSite): RuleSite => {
  const { Normal } = site.policy.types;
  const types = { Standard: Normal, Normal, Emergency: Normal, Discovered: Normal };
  return { ...site, policy: { ...site.policy, types } };
};

/** Whether two configurations judge alike; the summary and the names of fields, which messages say, judge nothing. */
export function judgesAlike(one: RuleConfiguration, other: RuleConfiguration): boolean {
  return canonicalJson(judging(one)) === canonicalJson(judging(other));
}

/** As `judgesAlike`, and with the same names in the messages. */
export function savedAlike(one: RuleConfiguration, other: RuleConfiguration): boolean {
  return canonicalJson({ ...one, summary: '' }) === canonicalJson({ ...other, summary: '' });
}

/** A configuration without what it only says. */
export const judging = (configuration: RuleConfiguration): RuleConfiguration => {
  const { expression } = configuration;
  const bare = { ...configuration, summary: '' };
  return typeof expression === 'string' ? { ...bare, expression: nameless(expression) } : bare;
};

function read(rule: RuleName, configuration: RuleConfiguration, saved: string): RuleSettings | undefined {
  const message = textOf(configuration['message']);
  switch (rule) {
    case 'step': {
      const step = STEPS.find((one) => one === configuration['step']);
      return step === undefined || saved !== '' ? undefined : { rule, step };
    }
    case 'written':
      return { rule, fields: all(saved, /\bv: issue\.(\w+)\}/g), message };
    case 'chosen': {
      const set = all(saved, /\bok: issue\.(\w+) != null\}/g);
      return { rule, fields: [...set, ...all(saved, /\blet [yab] = issue\.(\w+)/g)], message };
    }
    case 'last-decider':
      return { rule };
    case 'still-open':
      return { rule, message };
    case 'independent':
      return { rule, roles: partsOf(configuration['roles']), barring: textsOf(configuration['fields']) };
    case 'people':
      return { rule, people: all(saved, /\bissue\.(\w+)\?\.accountId/g) };
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].flatMap(([, id = '']) => id);

const partsOf = (roles: unknown): string[] =>
  Array.isArray(roles)
    ? roles.flatMap((role: unknown) =>
        typeof role === 'object' && role !== null && 'part' in role ? textOf(role.part).replace(/=$/, '') : [],
      )
    : [];

/** An expression without the ids and the names of custom fields: what is left is what it does. */
const shape = (expression: string): string => nameless(expression.replaceAll(/customfield_\d+/g, 'F'));

const nameless = (expression: string): string => expression.replaceAll(/\{n: '(?:[^'\\]|\\.)*'/g, "{n: ''");
