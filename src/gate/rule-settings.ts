import * as z from '#zod';
import { appFieldIds, fieldIdsFromList, type AppFieldIds } from '../change/field-ids';
import { FIELDS, type FieldIds } from '../change/fields';
import { BARRING_FIELDS, REVIEWER_FIELDS } from '../change/participants';
import type { Policy } from '../policy/policy';
import { OUTSIDE_PART } from './decision-state';
import type { NamedField } from './expressions';
import type { Step } from './transition-check';

/** The modules of the manifest whose rules are configured; the post function has nothing to configure. */
export const RULE_MODULES = ['change-validator', 'required-fields-validator', 'security-reviewer-condition'] as const;
export type RuleModule = (typeof RULE_MODULES)[number];

/**
 * What an admin chooses for one rule. Fields are held by Jira's id and roles by the policy's key, so that renaming
 * either does no harm. `message` is what Jira says first when the rule refuses.
 */
export type RuleSettings =
  | { readonly rule: 'step'; readonly step: Step | null }
  /** Paragraphs that hold a real answer. */
  | { readonly rule: 'written'; readonly fields: readonly string[]; readonly message: string }
  /** Fields that are set; impacted systems and the window's ends are also checked against themselves. */
  | { readonly rule: 'chosen'; readonly fields: readonly string[]; readonly message: string }
  | { readonly rule: 'last-decider' }
  | { readonly rule: 'still-open'; readonly message: string }
  /** Members of these roles who took no part; an edit of a field of `barring` is taking part. */
  | { readonly rule: 'independent'; readonly roles: readonly string[]; readonly barring: readonly string[] }
  /** Only the people in these user fields. */
  | { readonly rule: 'people'; readonly people: readonly string[] };

export type RuleName = RuleSettings['rule'];

/** Which rules a module can be. */
export const RULES_OF: Readonly<Record<RuleModule, readonly RuleName[]>> = {
  'change-validator': ['step'],
  'required-fields-validator': ['written', 'chosen', 'last-decider', 'still-open'],
  'security-reviewer-condition': ['independent', 'people'],
};

/** How a field may be used in a rule. */
export type FieldUse = 'paragraph' | 'choice' | 'other';

export interface SiteField extends NamedField {
  readonly use: FieldUse;
  /** One of the change request's own fields. */
  readonly own: boolean;
}

/** What a rule's expression is made of on this site. */
export interface RuleSite {
  readonly ids: FieldIds;
  readonly appIds: AppFieldIds;
  readonly policy: Policy;
  readonly fields: readonly SiteField[];
}

/** People that Jira keeps on every issue; the others are in custom fields. */
export const SYSTEM_PEOPLE: readonly NamedField[] = [
  { id: 'reporter', name: 'Reporter' },
  { id: 'creator', name: 'Creator' },
  { id: 'assignee', name: 'Assignee' },
];

/**
 * The site as its own fields alone make it: what the rules of a new workflow are made from.
 *
 * @param names what fields are called now, by id, for the messages; one that is not there has the name it is set up with.
 */
export function siteOf(
  ids: FieldIds,
  appIds: AppFieldIds,
  policy: Policy,
  names: ReadonlyMap<string, string> = new Map(),
): RuleSite {
  const fields = FIELDS.map(({ key, name, kind }): SiteField => {
    const id = ids[key];
    return { id, name: names.get(id) ?? name, use: USE[kind], own: true };
  });
  return { ids, appIds, policy, fields };
}

const USE: Readonly<Record<(typeof FIELDS)[number]['kind'], FieldUse>> = {
  line: 'other',
  paragraph: 'paragraph',
  select: 'choice',
  'multi-select': 'choice',
  user: 'choice',
  'date-time': 'choice',
};

const listShape = z.lazy(() =>
  z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      schema: z.optional(z.nullable(z.looseObject({ custom: z.optional(z.string()) }))),
    }),
  ),
);

/** Jira's ordinary custom fields; those of apps are shaped as they like. */
const ORDINARY = 'com.atlassian.jira.plugin.system.customfieldtypes:';

/**
 * The site with every ordinary custom field that it has, by the answer of `GET /rest/api/3/field`.
 *
 * @throws FieldSetupError as in ../change/field-ids.
 */
export function siteFromFields(list: unknown, policy: Policy): RuleSite {
  const ids = fieldIdsFromList(list, policy.fields);
  const known = listShape.parse(list);
  const names = new Map(known.map(({ id, name }) => [id, name]));
  const own = siteOf(ids, appFieldIds(list), policy, names);
  const others = known.flatMap(({ id, name, schema }): SiteField[] => {
    const type = schema?.custom ?? '';
    if (!/^customfield_\d+$/.test(id) || !type.startsWith(ORDINARY)) return [];
    if (own.fields.some((field) => field.id === id)) return [];
    return [{ id, name, use: type === `${ORDINARY}textarea` ? 'paragraph' : 'choice', own: false }];
  });
  return { ...own, fields: [...own.fields, ...others.sort((a, b) => (a.name < b.name ? -1 : 1))] };
}

/** The groups that a condition can admit: one for each role, and the outside provider's. */
export const decidingGroups = ({ roles, outsideProvider }: Policy) => [
  ...roles.map(({ key, name, group }): DecidingGroup => ({ key, name, group })),
  ...(outsideProvider === null
    ? []
    : [{ key: OUTSIDE_PART, name: `engineer of ${outsideProvider.organisation}`, group: outsideProvider.group }]),
];

interface DecidingGroup {
  readonly key: string;
  readonly name: string;
  readonly group: string;
}

/** The controlled fields, whose edits can bar; a reviewer's field bars only where an admin says so. */
export const controlledFields = ({ ids, fields }: RuleSite): readonly SiteField[] =>
  [...BARRING_FIELDS, ...REVIEWER_FIELDS].flatMap((key) => fields.filter(({ id }) => id === ids[key]));

/** The user fields that a rule can name people by. */
export const peopleFields = ({ ids, fields }: RuleSite): readonly NamedField[] => [
  ...SYSTEM_PEOPLE,
  ...fields.filter(({ id }) => id === ids.owner || id === ids.implementer),
];
