import { isDocument, isEmptyDocument, isObject, plainText } from './adf';
import type { FieldRecord } from './field-store';
import type { ChangeItem } from './history-store';
import { jiraInstant, readInstant, shownInstant } from './instants';
import { optionJson, priorityJson, userJson } from './json';
import { FieldProblem } from './refusal';
import type { JiraStore } from './store';

/**
 * What is kept of a field: text for a line, a document for a paragraph, ids for options, people and priorities (a list
 * for those that hold several), UTC ISO 8601 for a date-time, JSON as given for a field of an app. Empty is null.
 */
export type FieldValue = unknown;

const SUMMARY_LIMIT = 255;
const PARAGRAPH_LIMIT = 32_767;

/**
 * Reads what a call wants a field to be. Messages are Jira's own where they are known.
 * @throws FieldProblem with the sentence for the `errors` map.
 */
export function readFieldValue(store: JiraStore, projectId: string, field: FieldRecord, given: unknown): FieldValue {
  switch (field.kind) {
    case 'line':
      return readLine(field, given);
    case 'paragraph':
      return readParagraph(given);
    case 'select':
      return given === null ? null : readOption(store, field, given);
    case 'multi-select':
      return readList(given).map((each) => readOption(store, field, each)) satisfies readonly string[];
    case 'user':
      return readUser(store, projectId, field, given);
    case 'date-time':
      return readDateTime(given);
    case 'labels':
      return readList(given).map(readLabel);
    case 'priority':
      return readPriority(store, given);
    case 'app':
    case 'system':
      throw new FieldProblem(notOnScreen(field.id));
  }
}

/** Jira's answer for a field that a call may not set, known or not. */
export const notOnScreen = (fieldId: string): string =>
  `Field '${fieldId}' cannot be set. It is not on the appropriate screen, or unknown.`;

function readLine(field: FieldRecord, given: unknown): string | null {
  if (given !== null && typeof given !== 'string') throw new FieldProblem('Operation value must be a string');
  const line = (given ?? '').trim();
  if (field.id === 'summary' && line === '') throw new FieldProblem('You must specify a summary of the issue.');
  if (/[\r\n]/.test(line)) throw new FieldProblem('The summary is invalid because it contains newline characters.');
  if (line.length > SUMMARY_LIMIT) throw new FieldProblem(`Summary can't exceed ${SUMMARY_LIMIT} characters.`);
  return line === '' ? null : line;
}

function readParagraph(given: unknown): FieldValue {
  if (given === null) return null;
  if (!isObject(given) || given.type !== 'doc') {
    throw new FieldProblem('Operation value must be an Atlassian Document (see the Atlassian Document Format)');
  }
  if (!isDocument(given))
    throw new FieldProblem('INVALID_INPUT: Operation value must be an Atlassian Document of version 1');
  if (plainText(given).length > PARAGRAPH_LIMIT) {
    throw new FieldProblem(
      `The entered text is too long. It exceeds the allowed limit of ${PARAGRAPH_LIMIT} characters.`,
    );
  }
  return isEmptyDocument(given) ? null : given;
}

function readList(given: unknown): readonly unknown[] {
  if (given === null) return [];
  if (!Array.isArray(given)) throw new FieldProblem('data was not an array');
  return given.filter((each, at) => given.findIndex((other) => JSON.stringify(other) === JSON.stringify(each)) === at);
}

function readOption(store: JiraStore, field: FieldRecord, given: unknown): string {
  const wanted = isObject(given) ? given : {};
  const options = store.fields.options(field.id);
  if (typeof wanted.id === 'string' || typeof wanted.id === 'number') {
    const byId = options.find(({ id }) => id === String(wanted.id));
    if (byId === undefined) throw new FieldProblem(`Option id '${wanted.id}' is not valid`);
    return byId.id;
  }
  if (typeof wanted.value !== 'string') throw new FieldProblem(`Specify a valid 'id' or 'value' for ${field.name}`);
  const byValue = options.find(({ value }) => value === wanted.value);
  if (byValue === undefined) throw new FieldProblem(`Option value '${wanted.value}' is not valid`);
  return byValue.id;
}

function readUser(store: JiraStore, projectId: string, field: FieldRecord, given: unknown): string | null {
  const wanted = isObject(given) ? (given.accountId ?? given.id ?? null) : given;
  if (wanted === null && (given === null || isObject(given))) {
    if (field.id === 'reporter') throw new FieldProblem('Reporter is required.');
    return null;
  }
  if (!isObject(given) || typeof wanted !== 'string')
    throw new FieldProblem('Operation value must be an object with an accountId');
  const user = store.people.byId(wanted);
  if (user?.active !== true) {
    throw new FieldProblem(
      field.id === 'reporter' ? 'The reporter specified is not a user.' : `User '${wanted}' does not exist.`,
    );
  }
  if (field.id === 'assignee' && !store.permissions.holds(wanted, 'ASSIGNABLE_USER', projectId)) {
    throw new FieldProblem(`User '${wanted}' cannot be assigned issues.`);
  }
  return wanted;
}

function readDateTime(given: unknown): string | null {
  if (given === null || given === '') return null;
  const instant = typeof given === 'string' ? readInstant(given) : undefined;
  if (instant === undefined) {
    throw new FieldProblem(
      `Error parsing time: ${typeof given === 'string' ? given : 'not a string'}. Expected "yyyy-MM-dd'T'HH:mm:ss.SSSZ", such as 2026-03-02T09:00:00.000+0000.`,
    );
  }
  return instant;
}

function readLabel(given: unknown): string {
  if (typeof given !== 'string') throw new FieldProblem('Operation value must be a string');
  if (/\s/.test(given)) throw new FieldProblem(`The label '${given}' contains spaces which is invalid.`);
  if (given === '' || given.length > SUMMARY_LIMIT) throw new FieldProblem('A label has between 1 and 255 characters.');
  return given;
}

function readPriority(store: JiraStore, given: unknown): string {
  const wanted = isObject(given) ? given : {};
  const found = store.projects.priorities().find(({ id, name }) => id === wanted.id || name === wanted.name);
  if (found === undefined) throw new FieldProblem("Specify a valid 'id' or 'name' for Priority");
  return found.id;
}

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
  const option = (id: string) => store.fields.option(id)?.value ?? id;
  switch (field.kind) {
    case 'select':
      return { id: words(value), words: option(words(value)) };
    case 'multi-select':
      return { id: `[${listOfIds(value).join(', ')}]`, words: listOfIds(value).map(option).join(',') };
    case 'user':
      return { id: words(value), words: store.people.byId(words(value))?.displayName ?? words(value) };
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
