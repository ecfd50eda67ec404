/**
 * The Jira-expression language: evaluate, judge and analyse. Written from Atlassian's public texts; where they leave a
 * question open the reading that refuses is taken. A stand-in of ours: what passes here is no proof for Jira Cloud.
 */
export { ExpressionError, type ErrorKind, type Place } from './error';
export { evaluate, type EvaluateOptions, type Evaluation } from './evaluate';
export { fromJson, restDate, toJson } from './json';
export { JIRA_LIMITS, type Complexity, type Limits } from './limits';
export {
  CalendarDate,
  FunctionValue,
  Instant,
  JiraObject,
  type Context,
  type Entities,
  type ListValue,
  type MapValue,
  type Value,
} from './model';
export { plainText, RichText } from './rich-text';
export { judgeCondition, judgeValidator, type Judgement } from './rule';
export { analyse, type Analysis, type AnalysisError, type Check } from './analyse';
