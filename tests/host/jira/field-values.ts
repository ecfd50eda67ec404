import { plainText } from './adf';
import type { FieldRecord } from './field-store';
import type { ChangeItem } from './history-store';
import { jiraInstant, shownInstant } from './instants';
import { optionJson, priorityJson, userJson } from './json';
import type { JiraStore } from './store';

/**
 * What is kept of a field: text for a line, a document for a paragraph, ids for options, people and priorities (a list
 * for those that hold several), UTC ISO 8601 for a date-time, JSON as given for a field of an app. Empty is null.
 */
export type FieldValue = unknown;

/** Jira's answer for a field that a call may not set, known or not. */
export const notOnScreen = (fieldId: string): string =>
  `Field '${fieldId}' cannot be set. It is not on the appropriate screen, or unknown.`;

const listOfIds = (value: FieldValue): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

/** What is kept of a line, an option, a person or an instant. */
const words = (value: FieldValue): string => (typeof value === 'string' ? value : '');

/** A kept value as REST answers it. */
export function fieldJson(store: JiraStore, field: FieldRecord, value: FieldValue): unknown {
  if (value === undefined || value === null) return field.kind === 'labels' ? [] : null;
  switch (field.kind) {
    case 'select':
      return optionJson(store, words(value));
    case 'multi-select':
      return listOfIds(value).length === 0 ? null : listOfIds(value).map((id) => optionJson(store, id));
    case 'user':
      return userJson(store, words(value));
    case 'app-people':
      return listOfIds(value).map((id) => userJson(store, id));
    case 'priority':
      return priorityJson(store, words(value));
    case 'date-time':
      return jiraInstant(words(value));
    default:
      return value;
  }
}

interface Side {
  readonly id: string | null;
  readonly words: string | null;
}

const SYSTEM_CHANGE_NAMES: Readonly<Record<string, string>> = { status: 'status', attachment: 'Attachment' };

/**
 * The changelog item for a field that went from one value to another, in the form that recorded Jira Cloud answers have
 * (jira-webhooks: text has words only, options and people have an id and words; people in Jira's own fields twice).
 */
export function changeItem(store: JiraStore, field: FieldRecord, before: FieldValue, after: FieldValue): ChangeItem {
  const custom = field.id.startsWith('customfield_');
  const from = side(store, field, before);
  const to = side(store, field, after);
  return {
    field: custom ? field.name : (SYSTEM_CHANGE_NAMES[field.id] ?? field.id),
    fieldtype: custom ? 'custom' : 'jira',
    fieldId: field.id,
    from: from.id,
    fromString: from.words,
    to: to.id,
    toString: to.words,
    ...(field.kind === 'user' && !custom ? { tmpFromAccountId: from.id, tmpToAccountId: to.id } : {}),
  };
}

function side(store: JiraStore, field: FieldRecord, value: FieldValue): Side {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) {
    return field.kind === 'labels' ? { id: null, words: '' } : { id: null, words: null };
  }
  const option = (id: string) => store.options.find(id)?.value ?? id;
  switch (field.kind) {
    case 'select':
      return { id: words(value), words: option(words(value)) };
    case 'multi-select':
      return { id: `[${listOfIds(value).join(', ')}]`, words: listOfIds(value).map(option).join(',') };
    case 'user':
      return { id: words(value), words: store.people.byId(words(value))?.displayName ?? words(value) };
    case 'app-people':
      return {
        id: `[${listOfIds(value).join(', ')}]`,
        words: listOfIds(value)
          .map((id) => store.people.byId(id)?.displayName ?? id)
          .join(', '),
      };
    case 'priority':
      return {
        id: words(value),
        words: store.projects.priorities().find(({ id }) => id === value)?.name ?? words(value),
      };
    case 'date-time':
      return { id: jiraInstant(words(value)).replace('.000', ''), words: shownInstant(words(value)) };
    case 'paragraph':
      return { id: null, words: plainText(value) };
    case 'labels':
      return { id: null, words: listOfIds(value).join(' ') };
    default:
      return { id: null, words: typeof value === 'string' ? value : JSON.stringify(value) };
  }
}
