import type { ApprovalRecord } from '../development-store';
import { userJson } from '../json';
import { Refusal } from '../refusal';
import { ok, type RestAnswer, type RestCall, type PathParams, type Route } from '../router';
import type { JiraStore } from '../store';
import { visibleIssue } from './access';
import { count } from './paging';

/**
 * Approvals of a request, by the Jira Service Management Cloud REST API, "Get approvals" (a paged bean with `start`,
 * `limit`, `isLastPage`; decisions in lower case; dates in four forms). An issue of another project is no request: 404.
 */
export function approvalRoutes(store: JiraStore): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/rest/servicedeskapi/request/{issueIdOrKey}/approval',
      handle: (call, params) => list(store, call, params),
    },
  ];
}

const LIMIT = 50;

function list(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const issue = visibleIssue(store, call.actor, params.get('issueIdOrKey'));
  if (!store.others.isServiceDesk(issue.projectId))
    throw new Refusal(404, `The request with key ${issue.key} does not exist.`);
  const start = count(call.query, 'start', 0);
  const limit = Math.min(count(call.query, 'limit', LIMIT), LIMIT);
  const all = store.others.approvals(issue.id);
  const values = all.slice(start, start + limit);
  const self = `${store.baseUrl}/rest/servicedeskapi/request/${issue.id}/approval`;
  const isLastPage = start + values.length >= all.length;
  return ok({
    size: values.length,
    start,
    limit,
    isLastPage,
    _links: {
      self,
      base: store.baseUrl,
      context: '',
      ...(isLastPage ? {} : { next: `${self}?start=${start + limit}` }),
    },
    values: values.map((approval) => approvalJson(store, self, approval)),
  });
}

function approvalJson(store: JiraStore, self: string, approval: ApprovalRecord): unknown {
  const { id, name, finalDecision, created, completed, approvers } = approval;
  return {
    id,
    name,
    finalDecision,
    canAnswerApproval: false,
    approvers: approvers.map(({ accountId, decision }) => ({
      approver: userJson(store, accountId),
      approverDecision: decision,
    })),
    createdDate: dateJson(created),
    ...(completed === null ? {} : { completedDate: dateJson(completed) }),
    _links: { self: `${self}/${id}` },
  };
}

const dateJson = (instant: string) => ({
  iso8601: instant.replace(/\.\d{3}Z$/, '+0000'),
  jira: instant.replace('Z', '+0000'),
  friendly: instant.slice(0, 10),
  epochMillis: Date.parse(instant),
});
