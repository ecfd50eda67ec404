import { route } from '@forge/api';
import * as z from '#zod';
import type { ShownPart, ShownRecord } from '../../evidence/jira/shown';
import { jira } from '../jira-http';
import { read } from '../looking';
import { instantOrNull, jiraPerson, personOf, shownPages } from './part';

const date = z.lazy(() =>
  z.nullish(z.looseObject({ iso8601: z.optional(z.string()), epochMillis: z.optional(z.number()) })),
);
const approval = z.lazy(() =>
  z.looseObject({
    id: z.union([z.string(), z.number()]),
    name: z.optional(z.string()),
    finalDecision: z.optional(z.string()),
    createdDate: date,
    completedDate: date,
    approvers: z.optional(z.array(z.looseObject({ approver: jiraPerson, approverDecision: z.optional(z.string()) }))),
  }),
);
const page = z.lazy(() =>
  z.looseObject({ start: z.number(), size: z.number(), isLastPage: z.boolean(), values: z.array(approval) }),
);

const PAGE = 50;

/** Approvals of a request (Jira Service Management REST API, "Get approvals"; scope read:servicedesk-request). */
export const approvals = (issueId: string): Promise<ShownPart> =>
  shownPages(async (start) => {
    const answer = await jira(route`/rest/servicedeskapi/request/${issueId}/approval?start=${start}&limit=${PAGE}`, {
      as: 'app',
    });
    const { values, isLastPage } = read(page, answer);
    return { items: values.map(approved), next: isLastPage || values.length === 0 ? null : start + values.length };
  });

function approved({
  id,
  name,
  finalDecision,
  createdDate,
  completedDate,
  approvers,
}: z.infer<typeof approval>): ShownRecord {
  const completed = instantOf(completedDate);
  return {
    record: 'approval',
    id: String(id),
    attributes: {
      decision: (finalDecision ?? 'unknown').toLowerCase(),
      ...(completed === null ? {} : { completed }),
    },
    what: {
      title: name ?? 'Approval',
      people: (approvers ?? []).flatMap(({ approver, approverDecision }) => {
        const person = personOf(approver);
        return person === null ? [] : [{ ...person, did: (approverDecision ?? 'unknown').toLowerCase() }];
      }),
    },
    by: null,
    at: instantOf(createdDate),
  };
}

function instantOf(value: z.infer<typeof date>): string | null {
  const millis = value?.epochMillis;
  return millis === undefined ? instantOrNull(value?.iso8601) : new Date(millis).toISOString();
}
