import * as z from '#zod';
import { contentFromFields, textFromField } from './content';
import { FIELDS } from './fields';
import type { FieldIds, FieldKey } from './fields';
import { compareHistoryIds } from './history';
import { instant, JiraShapeError } from './jira-values';
import { BY_NAME, ourWord } from './site-ids';
import type { SiteIds } from './site-ids';
import type { AccountId, ChangeSnapshot, HistoryEntry, HistoryItem } from './snapshot';

export { contentFromFields } from './content';
export { JiraShapeError } from './jira-values';

export interface IssueRead {
  /** Answer of `GET /rest/api/3/issue/{key}` with at least the fields asked for. */
  readonly issue: unknown;
  /** Changelog entries in any order, from `expand=changelog` or `GET …/changelog`. */
  readonly histories: readonly unknown[];
  /** Whether `histories` is the whole changelog. */
  readonly complete: boolean;
}

const person = z.lazy(() => z.nullish(z.looseObject({ accountId: z.string(), displayName: z.optional(z.string()) })));
type JiraPerson = z.infer<typeof person>;

const issueShape = z.lazy(() =>
  z.looseObject({
    id: z.string(),
    key: z.string(),
    fields: z.looseObject({
      project: z.looseObject({ key: z.string(), id: z.optional(z.string()) }),
      issuetype: z.looseObject({ name: z.string(), id: z.optional(z.string()) }),
      status: z.looseObject({ name: z.string(), id: z.optional(z.string()) }),
      created: z.string(),
      updated: z.optional(z.string()),
      creator: person,
      reporter: person,
      assignee: person,
    }),
  }),
);

const historyShape = z.lazy(() =>
  z.looseObject({
    id: z.string().check(z.regex(/^\d+$/)),
    created: z.string(),
    author: person,
    items: z.array(z.record(z.string(), z.unknown())),
  }),
);

/**
 * Jira's answer as the app understands it. Relies on as little as possible: unset and hidden fields are empty, members
 * not named here are ignored, an entry of the changelog handed in twice counts once. What the site holds by id (project,
 * issue type, statuses, options) is told by our own words, also in the changelog, whatever Jira calls it.
 *
 * @throws JiraShapeError naming every place where the answer is not what Jira's documentation says.
 */
export function snapshotFromIssue(read: IssueRead, ids: FieldIds, site: SiteIds = BY_NAME): ChangeSnapshot {
  const issue = parsed(issueShape, read.issue, 'issue');
  const histories = read.histories.map((entry) => parsed(historyShape, entry, 'changelog entry'));
  const { fields } = issue;
  return {
    issueId: issue.id,
    key: issue.key,
    project: ourWord(site.projectIds, { id: fields.project.id, name: fields.project.key }),
    issueType: ourWord(site.issueTypeIds, fields.issuetype),
    status: ourWord(site.statuses, fields.status),
    createdAt: instant(fields.created, 'created'),
    ...(fields.updated === undefined ? {} : { updatedAt: instant(fields.updated, 'updated') }),
    content: contentFromFields(fields, ids, site),
    creator: fields.creator?.accountId ?? null,
    reporter: fields.reporter?.accountId ?? null,
    assignee: fields.assignee?.accountId ?? null,
    history: inOrder(histories.map((entry) => historyEntry(entry, ids, site))),
    historyComplete: read.complete,
    names: namesIn(fields, ids, histories),
    disposition: {
      decisionBasis: textFromField(fields[ids.decisionBasis]),
      requiredActions: textFromField(fields[ids.requiredActions]),
    },
  };
}

/** What a transition screen does to a change. */
export interface ModifiedChange {
  /** The change as it would be after the transition's screen. */
  readonly snapshot: ChangeSnapshot;
  /** Controlled fields whose value the screen changes. A value typed again is no change. */
  readonly edited: readonly FieldKey[];
  /** Which of the fields of a decision were handed in on the screen. */
  readonly handedIn: readonly ('decisionBasis' | 'requiredActions')[];
}

/**
 * Lays the values of a transition screen over the stored ones, as a function validator must: `modifiedFields` has the
 * format of "get issue", a user is `{accountId}` alone, a cleared list is null (Forge, "Jira workflow validator").
 * Jira never reports the summary there.
 *
 * @throws JiraShapeError when a value is not what its field holds.
 */
export function applyModifiedFields(
  snapshot: ChangeSnapshot,
  modifiedFields: unknown,
  ids: FieldIds,
  site: SiteIds = BY_NAME,
): ModifiedChange {
  const modified = parsed(z.nullish(z.record(z.string(), z.unknown())), modifiedFields, 'modifiedFields') ?? {};
  const screen = contentFromFields(modified, ids, site);
  const touched = FIELDS.filter(({ key }) => Object.hasOwn(modified, ids[key]));
  const controlled = touched.filter((field) => field.controlled).map(({ key }) => key);
  const changes = Object.entries(screen).filter(([key]) => controlled.some((touchedKey) => touchedKey === key));
  const content = { ...snapshot.content, ...Object.fromEntries(changes) };
  const before: Readonly<Record<string, unknown>> = { ...snapshot.content };
  const edited = controlled.filter((key) => {
    const after: Readonly<Record<string, unknown>> = content;
    return JSON.stringify(before[key]) !== JSON.stringify(after[key]);
  });
  const handedIn = (['decisionBasis', 'requiredActions'] as const).filter((key) => Object.hasOwn(modified, ids[key]));
  const stored = snapshot.disposition ?? { decisionBasis: '', requiredActions: '' };
  const onScreen = Object.fromEntries(handedIn.map((key) => [key, textFromField(modified[ids[key]])]));
  return { snapshot: { ...snapshot, content, disposition: { ...stored, ...onScreen } }, edited, handedIn };
}

function historyEntry(entry: z.infer<typeof historyShape>, ids: FieldIds, site: SiteIds): HistoryEntry {
  return {
    id: entry.id,
    author: entry.author?.accountId ?? null,
    at: instant(entry.created, `changelog entry ${entry.id}`),
    items: entry.items.map((item) => inOurWords(historyItem(item, ids), site)),
  };
}

/** `toString` is data here: a plain member access would find every object's own method where Jira left it out. */
function historyItem(item: Readonly<Record<string, unknown>>, ids: FieldIds): HistoryItem {
  const text = (name: string): string | null => {
    const value = Object.hasOwn(item, name) ? item[name] : null;
    return typeof value === 'string' ? value : null;
  };
  const fieldId = text('fieldId') ?? '';
  const name = text('field') ?? '';
  return {
    field: fieldOf(fieldId, name, ids),
    fieldId: fieldId === '' ? name : fieldId,
    from: text('from'),
    fromText: text('fromString'),
    to: text('to'),
    toText: text('toString'),
  };
}

/** Statuses and options held by id have our words in the changelog too: what was moved where is asked by word. */
function inOurWords(item: HistoryItem, site: SiteIds): HistoryItem {
  const words = item.field === 'status' ? site.statuses : item.field === 'changeType' ? site.changeTypes : undefined;
  if (words === undefined) return item;
  const word = (id: string | null, name: string | null): string | null =>
    name === null ? null : ourWord(words, { id, name });
  return { ...item, fromText: word(item.from, item.fromText), toText: word(item.to, item.toText) };
}

/** Old entries carry no `fieldId`; their field is known by its name then, which errs towards "controlled". */
function fieldOf(fieldId: string, name: string, ids: FieldIds): HistoryItem['field'] {
  const own = FIELDS.find(({ key, name: ownName }) =>
    fieldId === '' ? ownName.toLowerCase() === name.toLowerCase() : ids[key] === fieldId,
  );
  if (own !== undefined) return own.key;
  const system = fieldId === '' ? name : fieldId;
  return system === 'status' || system === 'reporter' || system === 'assignee' ? system : 'other';
}

function inOrder(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return [...byId.values()].sort((a, b) => compareHistoryIds(a.id, b.id));
}

function namesIn(
  fields: z.infer<typeof issueShape>['fields'],
  ids: FieldIds,
  histories: readonly z.infer<typeof historyShape>[],
): Readonly<Record<AccountId, string>> {
  const picked = [fields[ids.owner], fields[ids.implementer]].map((value) => person.safeParse(value).data);
  const people: readonly JiraPerson[] = [
    ...histories.map(({ author }) => author),
    ...picked,
    fields.creator,
    fields.reporter,
    fields.assignee,
  ];
  const named = people.flatMap((one): [AccountId, string][] =>
    one?.displayName === undefined ? [] : [[one.accountId, one.displayName]],
  );
  // The newest name wins: those read with the issue over those that the changelog remembers.
  return Object.fromEntries([...histories.flatMap(({ items }) => items.flatMap(formerPeople)), ...named]);
}

/** The changelog names former reporters and assignees by id and by the name they had. */
function formerPeople(item: Readonly<Record<string, unknown>>): [AccountId, string][] {
  if (item['fieldId'] !== 'reporter' && item['fieldId'] !== 'assignee') return [];
  const texts = new Map(Object.entries(item));
  return [
    [texts.get('from'), texts.get('fromString')],
    [texts.get('to'), texts.get('toString')],
  ].flatMap(([id, name]): [AccountId, string][] =>
    typeof id === 'string' && typeof name === 'string' ? [[id, name]] : [],
  );
}

function parsed<T extends z.ZodMiniType>(shape: T, value: unknown, what: string): z.output<T> {
  const result = shape.safeParse(value);
  if (!result.success) throw new JiraShapeError(`${what}: ${z.prettifyError(result.error)}`);
  return result.data;
}
