import { isObject } from '../adf';
import type { FieldRecord } from '../field-store';
import type { IssueRecord } from '../issue-store';
import { noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import { visibleIssue } from '../rest/access';
import { barredField } from '../rest/issue';
import { listOf } from '../rest/paging';
import { fieldsMeta } from '../rest/screen-meta';
import type { JiraStore } from '../store';
import type { TransitionRecord } from './model';
import { transitionIdOf, type Transitions } from './transition';
import { offeredJson } from './workflow-json';

/** Get transitions, do transition. */
export function transitionRoutes(store: JiraStore, transitions: Transitions): readonly Route[] {
  const path = '/rest/api/3/issue/{issueIdOrKey}/transitions';
  return [
    { method: 'GET', path, handle: (call, params) => list(store, transitions, call, params) },
    { method: 'POST', path, handle: (call, params) => perform(transitions, call, params) },
  ];
}

function list(store: JiraStore, transitions: Transitions, call: RestCall, params: PathParams): RestAnswer {
  const issue = visibleIssue(store, call.actor, params.get('issueIdOrKey'));
  const wanted = call.query.get('transitionId');
  const withFields = listOf(call.query, 'expand').includes('transitions.fields');
  const offered = transitions.offered(issue, call.actor).filter(({ id }) => wanted === null || id === wanted);
  return ok({
    expand: 'transitions',
    transitions: offered.map((transition) =>
      offeredJson(
        store,
        transition,
        issue.statusId,
        withFields ? screenFields(store, call, issue, transition) : undefined,
      ),
    ),
  });
}

function screenFields(
  store: JiraStore,
  call: RestCall,
  issue: IssueRecord,
  { screenId }: TransitionRecord,
): Readonly<Record<string, unknown>> {
  const barred = (field: FieldRecord) => barredField(store, call, issue.projectId, field) !== undefined;
  return screenId === null ? {} : fieldsMeta(store, issue, store.screens.fields(screenId), barred);
}

async function perform(transitions: Transitions, call: RestCall, params: PathParams): Promise<RestAnswer> {
  const body = call.json();
  await transitions.perform(params.get('issueIdOrKey'), transitionIdOf(body), isObject(body) ? body : {}, call.actor);
  return noContent;
}
