import * as z from 'zod/mini';
import {
  analyse,
  evaluate,
  ExpressionError,
  fromJson,
  JIRA_LIMITS,
  type Check,
  type Complexity,
  type Value,
} from '../../expressions';
import type { IssueRecord } from '../issue-store';
import { runJql } from '../jql/run';
import { account } from '../json';
import { ISSUE_NOT_FOUND, Refusal } from '../refusal';
import { mayInProject, visibleIssue, visibleProject, visibleProjects } from '../rest/access';
import { listOf } from '../rest/paging';
import { ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { EntityReader } from './entities';

/** Evaluate and analyse Jira expressions. */
export function expressionRoutes(store: JiraStore): readonly Route[] {
  return [
    { method: 'POST', path: '/rest/api/3/expression/evaluate', handle: (call) => evaluateRoute(store, call) },
    { method: 'POST', path: '/rest/api/3/expression/analyse', handle: analyseRoute },
  ];
}

const id = z.union([z.string(), z.number()]);
const idOrKey = z.object({ id: z.optional(id), key: z.optional(z.string()) });
const simpleVariable = z.union([
  z.object({ type: z.literal('user'), accountId: z.string() }),
  z.object({ type: z.literal('issue'), id: z.optional(id), key: z.optional(z.string()) }),
  z.object({ type: z.literal('json'), value: z.optional(z.unknown()) }),
]);
const variable = z.union([
  simpleVariable,
  z.array(simpleVariable),
  z.object({ type: z.literal('list'), value: z.array(simpleVariable) }),
]);

const evaluateRequest = z.object({
  expression: z.string(),
  context: z.optional(
    z.looseObject({
      issue: z.optional(idOrKey),
      project: z.optional(idOrKey),
      issues: z.optional(
        z.object({
          jql: z.object({
            query: z.string(),
            maxResults: z.optional(z.number()),
            nextPageToken: z.nullish(z.string()),
          }),
        }),
      ),
      custom: z.optional(z.record(z.string(), variable)),
    }),
  ),
});
type EvaluateContext = NonNullable<z.infer<typeof evaluateRequest>['context']>;

/** Parts of a context that this site has no such thing for. */
const NOT_HERE = ['sprint', 'board', 'serviceDesk', 'customerRequest'] as const;

/** "maxResults … up to 1,000" beans may come back, so no more issues than that are put into the context. */
const MOST_ISSUES = 1000;

function invalid(why: string): Refusal {
  return new Refusal(400, why);
}

function evaluateRoute(store: JiraStore, call: RestCall): RestAnswer {
  const parsed = evaluateRequest.safeParse(call.json());
  if (!parsed.success) throw invalid(`Invalid request payload: ${z.prettifyError(parsed.error)}`);
  const { expression, context = {} } = parsed.data;
  const absent = NOT_HERE.find((name) => context[name] !== undefined);
  if (absent !== undefined)
    throw new Refusal(404, `The ${absent} does not exist or you do not have permission to see it.`);
  const reader = new EntityReader(store, (projectId) => mayInProject(store, call.actor, 'BROWSE_PROJECTS', projectId));
  const found = issuesByJql(store, call, context);
  try {
    const options = { now: store.clock.now(), timeZone: 'UTC', entities: reader.entities() };
    const { json, complexity } = evaluate(expression, variables(store, call, reader, context, found.issues), options);
    const meta = {
      ...(listOf(call.query, 'expand').includes('meta.complexity') ? { complexity: complexityJson(complexity) } : {}),
      ...(context.issues === undefined ? {} : { issues: { jql: found.page } }),
    };
    return ok({ value: json, ...(Object.keys(meta).length === 0 ? {} : { meta }) });
  } catch (error) {
    if (error instanceof ExpressionError) throw invalid(error.report());
    throw error;
  }
}

function variables(
  store: JiraStore,
  call: RestCall,
  reader: EntityReader,
  context: EvaluateContext,
  issues: readonly IssueRecord[],
): Readonly<Record<string, Value>> {
  const batch = {};
  const entity = (issue: IssueRecord, list?: object): Value =>
    reader.issue({ issue, values: store.issues.values(issue.id) }, list);
  const custom = Object.entries(context.custom ?? {}).map(([name, given]): [string, Value] => [
    name,
    customVariable(store, call, reader, given),
  ]);
  return {
    user: reader.user(call.accountId),
    ...(context.issue === undefined ? {} : { issue: entity(visibleIssue(store, call.actor, one(context.issue))) }),
    ...(context.issues === undefined ? {} : { issues: issues.map((issue) => entity(issue, batch)) }),
    ...(context.project === undefined
      ? {}
      : { project: reader.project(visibleProject(store, call.actor, one(context.project)).id) }),
    ...Object.fromEntries(custom),
  };
}

/** @throws Refusal 400 unless exactly one of id and key is given. */
function one(given: { readonly id?: string | number | undefined; readonly key?: string | undefined }): string {
  const named = [given.id, given.key].filter((each) => each !== undefined);
  if (named.length !== 1) throw invalid('Exactly one of id and key must be given.');
  return String(named[0]);
}

function customVariable(
  store: JiraStore,
  call: RestCall,
  reader: EntityReader,
  given: z.infer<typeof variable>,
): Value {
  if (Array.isArray(given)) return given.map((each) => customVariable(store, call, reader, each));
  switch (given.type) {
    case 'list':
      return given.value.map((each) => customVariable(store, call, reader, each));
    case 'json':
      return fromJson(given.value);
    case 'user':
      if (account(store, given.accountId) === undefined)
        throw new Refusal(404, `User '${given.accountId}' does not exist.`);
      return reader.user(given.accountId);
    case 'issue': {
      const issue = store.issues.find(one(given));
      if (issue === undefined || !mayInProject(store, call.actor, 'BROWSE_PROJECTS', issue.projectId))
        throw new Refusal(404, ISSUE_NOT_FOUND);
      return reader.issue({ issue, values: store.issues.values(issue.id) });
    }
  }
}

interface Found {
  readonly issues: readonly IssueRecord[];
  readonly page: { readonly nextPageToken?: string; readonly isLast: boolean };
}

/** A page of a search; its token is the number of issues before it. */
function issuesByJql(store: JiraStore, call: RestCall, { issues }: EvaluateContext): Found {
  if (issues === undefined) return { issues: [], page: { isLast: true } };
  const { query, maxResults = MOST_ISSUES, nextPageToken } = issues.jql;
  const start = /^\d{1,9}$/.test(nextPageToken ?? '0') ? Number(nextPageToken ?? '0') : undefined;
  if (start === undefined) throw invalid('The provided next page token is invalid or expired.');
  const projects = new Set(visibleProjects(store, call.actor).map((project) => project.id));
  const all = runJql({ store, accountId: call.accountId, projects }, query);
  const end = start + Math.min(Math.max(0, maxResults), MOST_ISSUES);
  const isLast = end >= all.length;
  return {
    issues: all.slice(start, end).map(({ issue }) => issue),
    page: { nextPageToken: isLast ? '' : String(end), isLast },
  };
}

function complexityJson(complexity: Complexity): unknown {
  const { steps, expensiveOperations, beans, primitiveValues } = JIRA_LIMITS;
  return {
    steps: { value: complexity.steps, limit: steps },
    expensiveOperations: { value: complexity.expensiveOperations, limit: expensiveOperations },
    beans: { value: complexity.beans, limit: beans },
    primitiveValues: { value: complexity.primitiveValues, limit: primitiveValues },
  };
}

const CHECKS: readonly Check[] = ['syntax', 'type', 'complexity'];
const analyseRequest = z.object({
  expressions: z.array(z.string()),
  contextVariables: z.optional(z.record(z.string(), z.string())),
});

function analyseRoute(call: RestCall): RestAnswer {
  const parsed = analyseRequest.safeParse(call.json());
  if (!parsed.success) throw invalid(`Invalid request payload: ${z.prettifyError(parsed.error)}`);
  const wanted = call.query.get('check') ?? 'syntax';
  const check = CHECKS.find((known) => known === wanted);
  if (check === undefined) throw invalid(`The check '${wanted}' is none of ${CHECKS.join(', ')}.`);
  const { expressions, contextVariables } = parsed.data;
  return ok({ results: expressions.map((expression) => analyse(expression, check, contextVariables)) });
}
