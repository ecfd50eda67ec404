import { Refusal } from '../refusal';
import type { JiraStore } from '../store';
import { readDate } from './dates';
import { jqlField, type Candidate, type JqlField } from './fields';
import { comparison, splitKey } from './order';
import { parseJql, type Clause, type Operand, type Operator } from './parser';
import { matchesWords } from './words';

export interface Searcher {
  readonly store: JiraStore;
  /** Who asks, for currentUser(). */
  readonly accountId: string;
  /** Ids of the projects that the searcher may browse: nothing else is found, and no other project has a name. */
  readonly projects: ReadonlySet<string>;
}

type Test = (candidate: Candidate) => boolean;
type TestClause = Extract<Clause, { kind: 'test' }>;

/**
 * The issues that a query finds, in the order it asks for; without one, newest first.
 * @throws Refusal 400 for a query that cannot be read, restricts nothing, or names what is not there.
 */
export function runJql(searcher: Searcher, jql: string): readonly Candidate[] {
  const query = parseJql(jql);
  if (query.where === undefined) {
    throw new Refusal(
      400,
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    );
  }
  const test = compile(searcher, query.where);
  const compare = comparison(searcher.store, query.orderBy);
  return [...searcher.projects]
    .flatMap((id) => searcher.store.issues.inProject(id))
    .map((issue) => ({ issue, values: searcher.store.issues.values(issue.id) }))
    .filter(test)
    .sort(compare);
}

function compile(searcher: Searcher, clause: Clause): Test {
  if (clause.kind === 'test') return compileTest(searcher, clause, jqlField(searcher.store, clause.field));
  const tests = clause.clauses.map((each) => compile(searcher, each));
  return clause.kind === 'and'
    ? (candidate) => tests.every((test) => test(candidate))
    : (candidate) => tests.some((test) => test(candidate));
}

const EQUALITY = ['=', '!=', 'in', 'not in'] as const satisfies readonly Operator[];
const ORDER = ['<', '<=', '>', '>='] as const satisfies readonly Operator[];
const WORDS = ['~', '!~'] as const satisfies readonly Operator[];
const EMPTINESS = ['is', 'is not'] as const satisfies readonly Operator[];

const isOf = <T extends Operator>(list: readonly T[], operator: Operator): operator is T =>
  list.some((each) => each === operator);

function compileTest(searcher: Searcher, { operator, operands, field: name }: TestClause, field: JqlField): Test {
  const empty = operands.some(({ kind }) => kind === 'empty');
  if (isOf(EMPTINESS, operator)) {
    if (!empty)
      throw new Refusal(
        400,
        `The operator '${operator.toUpperCase()}' takes EMPTY or NULL only, for the field '${name}'.`,
      );
    return (candidate) => (field.read(candidate).length === 0) === (operator === 'is');
  }
  if (empty && isOf(EQUALITY, operator)) {
    const rest = operands.filter(({ kind }) => kind !== 'empty');
    const positive = operator === '=' || operator === 'in';
    const others =
      rest.length === 0
        ? undefined
        : compileTest(searcher, { kind: 'test', field: name, operator, operands: rest }, field);
    return (candidate) =>
      field.read(candidate).length === 0 ? positive : others === undefined ? !positive : others(candidate);
  }
  return compileValueTest(searcher, operator, operands, field);
}

function compileValueTest(searcher: Searcher, operator: Operator, operands: readonly Operand[], field: JqlField): Test {
  if (isOf(WORDS, operator)) return compileWords(operator, operands, field);
  if (isOf(ORDER, operator)) return compileOrder(searcher, operator, operands, field);
  if (!isOf(EQUALITY, operator)) throw unsupported(operator, field);
  const negative = operator === '!=' || operator === 'not in';
  // As in Jira, "is not this" leaves out issues where the field is empty.
  const among =
    (wanted: ReadonlySet<string | number>): Test =>
    (candidate) => {
      const there = field.read(candidate);
      return there.length > 0 && there.some((value) => wanted.has(value)) !== negative;
    };
  switch (field.kind) {
    case 'choice':
      return among(new Set(operands.flatMap((operand) => choices(searcher, field, operand))));
    case 'key':
      return among(new Set(operands.map((operand) => knownKey(searcher, field, operand))));
    case 'date':
      return among(new Set(operands.map((operand) => readDate(field.name, operand, searcher.store.clock.now()))));
    case 'number':
      return among(new Set(operands.map((operand) => readNumber(field, operand))));
    case 'words':
      throw unsupported(operator, field);
  }
}

const unsupported = (operator: Operator, { name }: JqlField): Refusal =>
  new Refusal(400, `The operator '${operator.toUpperCase()}' is not supported by the '${name}' field.`);

function compileWords(operator: '~' | '!~', operands: readonly Operand[], field: JqlField): Test {
  const read = field.kind === 'words' ? field.read : field.kind === 'choice' ? field.words : undefined;
  const [operand] = operands;
  if (read === undefined || operand?.kind !== 'value') throw unsupported(operator, field);
  return (candidate) => {
    const texts = read(candidate);
    return texts.length > 0 && matchesWords(texts, operand.text) === (operator === '~');
  };
}

function compileOrder(
  searcher: Searcher,
  operator: (typeof ORDER)[number],
  operands: readonly Operand[],
  field: JqlField,
): Test {
  const [operand] = operands;
  if (operand === undefined || field.kind === 'choice' || field.kind === 'words') throw unsupported(operator, field);
  const holds = (difference: number): boolean =>
    ({ '<': difference < 0, '<=': difference <= 0, '>': difference > 0, '>=': difference >= 0 })[operator];
  if (field.kind === 'key') {
    const [project, number] = splitKey(knownKey(searcher, field, operand));
    return ({ issue }) => splitKey(issue.key)[0] === project && holds(splitKey(issue.key)[1] - number);
  }
  const bound =
    field.kind === 'date' ? readDate(field.name, operand, searcher.store.clock.now()) : readNumber(field, operand);
  return (candidate) => field.read(candidate).some((value) => holds(value - bound));
}

function choices(
  searcher: Searcher,
  field: Extract<JqlField, { kind: 'choice' }>,
  operand: Operand,
): readonly string[] {
  if (operand.kind === 'function') return peopleOf(searcher, field, operand);
  if (operand.kind === 'empty') return [];
  const found = field.find(operand.text);
  const hidden = field.name.toLowerCase() === 'project' && found?.some((id) => !searcher.projects.has(id)) === true;
  if (found === undefined || hidden) {
    throw new Refusal(400, `The value '${operand.text}' does not exist for the field '${field.name}'.`);
  }
  return found;
}

function peopleOf(
  searcher: Searcher,
  field: Extract<JqlField, { kind: 'choice' }>,
  { name, arguments: given }: Extract<Operand, { kind: 'function' }>,
): readonly string[] {
  if (field.people === true && name.toLowerCase() === 'currentuser') return [searcher.accountId];
  if (field.people === true && name.toLowerCase() === 'membersof') {
    const group = searcher.store.people.group({ name: given[0] ?? '' });
    if (group === undefined)
      throw new Refusal(
        400,
        `Function 'membersOf' can not generate a list of usernames for group '${given[0] ?? ''}'; the group does not exist.`,
      );
    return searcher.store.people.members(group.groupId).map(({ accountId }) => accountId);
  }
  throw new Refusal(400, `Unable to find JQL function '${name}(${given.join(', ')})'.`);
}

function knownKey(searcher: Searcher, field: JqlField, operand: Operand): string {
  const wanted = operand.kind === 'value' ? operand.text : '';
  const issue = searcher.store.issues.find(wanted);
  if (issue === undefined || !searcher.projects.has(issue.projectId)) {
    throw new Refusal(400, `An issue with key '${wanted}' does not exist for field '${field.name}'.`);
  }
  return issue.key;
}

function readNumber(field: JqlField, operand: Operand): number {
  const value = operand.kind === 'value' && operand.text.trim() !== '' ? Number(operand.text) : NaN;
  if (Number.isNaN(value)) throw new Refusal(400, `The value for the field '${field.name}' is not a number.`);
  return value;
}
