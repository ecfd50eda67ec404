import { NO_CUI_SYSTEM } from '../change/fields';
import { PLACEHOLDER_PHRASES } from '../change/placeholder';
import { PART_SEPARATOR } from './decision-state';

/**
 * The Jira expressions of the workflow rules: they fail closed even when the app's functions are down or the app is
 * removed. Jira's limits are 1,000 characters, 100 leaves, 10 expensive operations (each custom field is one) and
 * 10,000 steps, so lists live in the rule's `config`, which does not count. No lambda is called by name and no property
 * is computed: Atlassian's analyser has to be able to count what they cost.
 */

/** Positions of the parts of the decision state, see ./decision-state: an expression finds them by number. */
const HEADLINE = 0;
const MISSING = 1;
const OPEN = 2;
const NEED = 3;
const SIGNED = 4;
const OBJECTED = 5;

/** A changelog entry costs seven steps: a thousand stay within Jira's ten thousand, however long the history is. */
const NEWEST = 1000;

/**
 * Entries whose every item is looked at: who was reporter or assignee a moment ago and is not any more, before the app
 * has heard of it and named them in the read-only field. An entry has any number of items, so only the newest are read.
 */
const UNHEARD = 12;

/**
 * Condition: the person is on a role's allow-list and in its group now, and took no part in the change. `config`: `roles`
 * [{part, group}], `fields` (ids whose editors took part). A read-only field that was never written denies.
 */
export function independentDecider(ids: {
  readonly state: string;
  readonly participants: string;
  readonly owner: string;
  readonly implementer: string;
}): string {
  const took = ['creator', 'reporter', 'assignee', ids.owner, ids.implementer].map((one) => `issue.${one}`).join(', ');
  return [
    `let me = user?.accountId; let k = ',' + me + ','; let p = issue.${ids.participants} ?? ''; let h = issue.changelogs;`,
    `me != null && p.indexOf(',') == 0 && !p.includes(k)`,
    `&& (issue.${ids.state} ?? '').split('${PART_SEPARATOR}').some(x => x.includes(k)`,
    `&& config.roles.some(r => x.indexOf(r.part) == 0 && (user?.groups ?? []).includes(r.group)))`,
    `&& ![${took}].some(x => x?.accountId == me)`,
    `&& !h.slice(0, ${NEWEST}).some(c => c.author?.accountId == me && c.items.some(i => config.fields.includes(i.fieldId)))`,
    `&& !h.slice(0, ${UNHEARD}).some(c => c.items.some(i => i.from == me && ['reporter', 'assignee'].includes(i.fieldId)))`,
  ].join('\n');
}

/** Condition: only these people, by the user fields given. */
export function onlyPeople(fields: readonly string[]): string {
  const people = fields.map((field) => `issue.${field}?.accountId`).join(', ');
  return `let me = user?.accountId; me != null && [${people}].includes(me)`;
}

/**
 * Validator of Approve: true when nobody is missing, or when this person is the last one who is needed; otherwise says
 * who is. `config`: `preparing`, `objection`, `others`, `signed`, `role`: sentences, the headline is put in front.
 */
export function lastNeededDecider(state: string): string {
  return [
    `let q = (issue.${state} ?? '').split('${PART_SEPARATOR}'); let k = ',' + user?.accountId + ',';`,
    `q.length <= ${OBJECTED} ? config.preparing`,
    `: q[${OBJECTED}].split(k).join(',') != 'objected=,' ? config.objection`,
    `: q[${MISSING}] == 'missing=0' ? true`,
    `: q[${MISSING}] != 'missing=1' ? q[${HEADLINE}] + config.others`,
    `: q[${SIGNED}].includes(k) ? q[${HEADLINE}] + config.signed`,
    `: q[${NEED}].slice(5).split(',').some(n => q.some(x => x.indexOf(n + '=') == 0 && x.includes(k))) ? true`,
    `: q[${HEADLINE}] + config.role`,
  ].join('\n');
}

/** Validator of Schedule and Execute: the decisions stand. `config`: `message`, the headline is put behind. */
export function stillOpen(state: string): string {
  return [
    `let q = (issue.${state} ?? '').split('${PART_SEPARATOR}');`,
    `q.length > ${OPEN} && q[${OPEN}] == 'open=yes' ? true : config.message + q[${HEADLINE}]`,
  ].join('\n');
}

export interface NamedField {
  readonly name: string;
  readonly id: string;
}

/**
 * Validator: these paragraphs hold more than nothing, a placeholder or the summary; otherwise names those that do not.
 * `config`: `strip`, `placeholder` (regular expressions), `message`.
 */
export function writtenParagraphs(fields: readonly NamedField[]): string {
  const list = fields.map(({ name, id }) => `{n: ${quoted(name)}, v: issue.${id}}`).join(', ');
  return [
    `let s = issue.summary.toLowerCase().replace(config.strip, '');`,
    `let bad = [${list}]`,
    `.map(x => ({n: x.n, t: (typeof x.v == 'String' ? x.v : x.v == null ? '' : x.v?.plainText ?? new RichText(x.v).plainText)`,
    `.toLowerCase().replace(config.strip, '')}))`,
    `.filter(x => x.t == s || x.t.match(config.placeholder) != null).map(x => x.n);`,
    `bad.length == 0 ? true : config.message + bad.join(', ')`,
  ].join('\n');
}

export interface ChoiceFields {
  /** Fields that only have to be set. */
  readonly set: readonly NamedField[];
  readonly systems: NamedField | null;
  /** The two ends of the change window. */
  readonly window: {
    readonly start: NamedField;
    readonly end: NamedField;
    /** The field Change type and how its options are told, where a change of some types needs no window. */
    readonly unlessType: { readonly id: string; readonly by: 'id' | 'value' } | null;
  } | null;
}

/** Validator: choices are made, systems do not contradict, the window has two ends in order. `config`: `none`, `message`, `later` (types without). */
export function madeChoices({ set, systems, window }: ChoiceFields): string {
  const later = window?.unlessType ?? null;
  const unless = later === null ? '' : 'w || ';
  const read = [
    ...(systems === null ? [] : [`let y = issue.${systems.id} ?? [];`]),
    ...(window === null ? [] : [`let a = issue.${window.start.id}; let b = issue.${window.end.id};`]),
    ...(later === null ? [] : [`let w = config.later.includes(issue.${later.id}?.${later.by});`]),
  ];
  const checks = [
    ...(set.length === 0 ? [] : [set.map((field) => ok(field, `issue.${field.id} != null`)).join(', ')]),
    ...(systems === null ? [] : [ok(systems, 'y.length == 1 || y.length > 1 && y.every(x => x.value != config.none)')]),
    ...(window === null
      ? []
      : [
          ok(window.start, `${unless}a != null`),
          ok(
            window.end,
            later === null
              ? 'b != null && (a == null || new Date(a) < new Date(b))'
              : '(w || b != null) && (a == null || b == null || new Date(a) < new Date(b))',
          ),
        ]),
  ];
  return [
    ...(read.length === 0 ? [] : [read.join(' ')]),
    `let bad = [${checks.join(',\n')}]`,
    `.filter(x => !x.ok).map(x => x.n);`,
    `bad.length == 0 ? true : config.message + bad.join(', ')`,
  ].join('\n');
}

const ok = ({ name }: NamedField, test: string): string => `{n: ${quoted(name)}, ok: ${test}}`;

/** A text of the expression language; an admin may name a field as they like. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&').replace(/[\r\n]+/g, ' ')}'`;

/**
 * White space, invisible characters and ASCII punctuation, spelt out so that it means the same in every dialect of
 * regular expressions: which one Jira uses is documented nowhere.
 */
export const STRIP = '[\\s\\u00a0\\u00ad\\u180e\\u200b-\\u200f\\u2010-\\u206f\\u3000\\ufeff!-/:-@\\[-\\x60{-~]+';

/** Nothing, or placeholders one after the other. Exactly as in the core, but on the text without spaces. */
export const PLACEHOLDER = `^(?:${[
  ...new Set([...PLACEHOLDER_PHRASES.map((phrase) => phrase.replaceAll(' ', '')), 'x']),
]
  .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  .join('|')})*$`;

export const NONE_OPTION = NO_CUI_SYSTEM;
