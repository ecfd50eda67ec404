import { isDocument, isEmptyDocument, isObject, plainText } from './adf';
import type { Place } from './context-store';
import type { FieldRecord } from './field-store';
import { notOnScreen, type FieldValue } from './field-values';
import { readInstant } from './instants';
import { FieldProblem } from './refusal';
import type { JiraStore } from './store';

const SUMMARY_LIMIT = 255;
const PARAGRAPH_LIMIT = 32_767;

/**
 * Reads what a call wants a field to be. Messages are Jira's own where they are known.
 * @throws FieldProblem with the sentence for the `errors` map.
 */
export function readFieldValue(store: JiraStore, place: Place, field: FieldRecord, given: unknown): FieldValue {
  switch (field.kind) {
    case 'line':
      return readLine(field, given);
    case 'paragraph':
      return readParagraph(given);
    case 'select':
      return given === null ? null : readOption(store, place, field, given);
    case 'multi-select':
      return readList(given).map((each) => readOption(store, place, field, each)) satisfies readonly string[];
    case 'user':
      return readUser(store, place.projectId, field, given);
    case 'date-time':
      return readDateTime(given);
    case 'labels':
      return readList(given).map(readLabel);
    case 'priority':
      return readPriority(store, given);
    case 'app':
    case 'app-people':
    case 'system':
      throw new FieldProblem(notOnScreen(field.id));
  }
}

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

function readOption(store: JiraStore, place: Place, field: FieldRecord, given: unknown): string {
  const wanted = isObject(given) ? given : {};
  const context = store.contexts.at(field.id, place);
  const all = context === undefined ? [] : store.options.ofContext(context.id);
  const options = all.filter(({ disabled }) => !disabled);
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
