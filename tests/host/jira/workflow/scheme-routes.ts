import * as z from 'zod/mini';
import { requireAdministrator } from '../rest/access';
import { parsed } from '../rest/body';
import { originOf } from '../rest/issue';
import { pageBean, window } from '../rest/paging';
import { Refusal } from '../refusal';
import { created, noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { missingMapping, moveStranded, strandedIssues, unmapped } from './migration';
import { mappedTarget, namedContent, readSchemeInput, schemeName, under } from './scheme-input';
import { draftJson, schemeJson } from './scheme-json';
import type { SchemeDraft, SchemeRecord } from './scheme-store';
import { seeTask } from './task-routes';
import type { Workflows } from './workflow-store';

type Handler = (call: RestCall, params: PathParams) => RestAnswer;

/** Workflow schemes and their drafts. A scheme that a project uses is changed by way of a draft only. */
export function schemeRoutes(store: JiraStore, workflows: Workflows): readonly Route[] {
  const path = '/rest/api/3/workflowscheme';
  const one = `${path}/{id}`;
  const of =
    (work: (scheme: SchemeRecord, call: RestCall) => RestAnswer): Handler =>
    (call, params) =>
      work(schemeFor(store, workflows, call, params), call);
  return [
    { method: 'GET', path, handle: (call) => list(store, workflows, call) },
    { method: 'POST', path, handle: (call) => create(store, workflows, call) },
    { method: 'GET', path: one, handle: of((scheme, call) => read(store, workflows, scheme, call)) },
    { method: 'PUT', path: one, handle: of((scheme, call) => update(store, workflows, scheme, call)) },
    { method: 'DELETE', path: one, handle: of((scheme) => remove(store, workflows, scheme)) },
    {
      method: 'POST',
      path: `${one}/createdraft`,
      handle: of((scheme, call) => createDraft(store, workflows, scheme, call)),
    },
    {
      method: 'GET',
      path: `${one}/draft`,
      handle: of((scheme) => ok(draftJson(store, workflows, scheme, draftFor(workflows, scheme)))),
    },
    {
      method: 'PUT',
      path: `${one}/draft`,
      handle: of((scheme, call) => updateDraft(store, workflows, scheme, call, draftFor(workflows, scheme))),
    },
    { method: 'DELETE', path: `${one}/draft`, handle: of((scheme) => removeDraft(store, workflows, scheme)) },
    {
      method: 'POST',
      path: `${one}/draft/publish`,
      handle: of((scheme, call) => publish(store, workflows, scheme, call)),
    },
  ];
}

function schemeFor(store: JiraStore, workflows: Workflows, call: RestCall, params: PathParams): SchemeRecord {
  requireAdministrator(store, call.actor);
  const scheme = workflows.schemes.find(params.get('id'));
  if (scheme === undefined) throw new Refusal(404, 'The workflow scheme was not found.');
  return scheme;
}

const isActive = (workflows: Workflows, { id }: SchemeRecord): boolean => workflows.schemes.projectsOf(id).length > 0;

/** Who changes a scheme, and when. */
const stamp = (store: JiraStore, call: RestCall) => ({
  author: call.accountId,
  modified: store.clock.now().toISOString(),
});

function list(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const all = workflows.schemes.all().map((scheme) => schemeJson(store, workflows, scheme));
  return ok(pageBean(call, store.baseUrl, all, window(call.query, 50, 50)));
}

function create(store: JiraStore, workflows: Workflows, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const input = readSchemeInput(call.json());
  const made = store.transaction(() =>
    workflows.schemes.create({
      name: schemeName(workflows, input.name ?? ''),
      description: input.description ?? '',
      ...namedContent(store, workflows, input),
      ...stamp(store, call),
    }),
  );
  return created(schemeJson(store, workflows, made));
}

function read(store: JiraStore, workflows: Workflows, scheme: SchemeRecord, call: RestCall): RestAnswer {
  const draft = call.query.get('returnDraftIfExists') === 'true' ? workflows.schemes.draft(scheme.id) : undefined;
  return ok(draft ? draftJson(store, workflows, scheme, draft) : schemeJson(store, workflows, scheme));
}

/** What a scheme or draft becomes when only what was sent is changed. */
function merged(store: JiraStore, workflows: Workflows, id: string, before: SchemeDraft, call: RestCall): SchemeDraft {
  const input = readSchemeInput(call.json());
  return {
    name: input.name === undefined ? before.name : schemeName(workflows, input.name, id),
    description: input.description ?? before.description,
    ...namedContent(store, workflows, input, before),
    ...stamp(store, call),
  };
}

function update(store: JiraStore, workflows: Workflows, scheme: SchemeRecord, call: RestCall): RestAnswer {
  if (isActive(workflows, scheme)) {
    if (readSchemeInput(call.json()).updateDraftIfNeeded !== true)
      throw new Refusal(
        400,
        'The workflow scheme is active and cannot be edited. Edit its draft, or set updateDraftIfNeeded.',
      );
    return updateDraft(store, workflows, scheme, call, workflows.schemes.draft(scheme.id) ?? scheme);
  }
  store.transaction(() => {
    workflows.schemes.replace({ id: scheme.id, ...merged(store, workflows, scheme.id, scheme, call) });
  });
  return ok(schemeJson(store, workflows, workflows.schemes.find(scheme.id) ?? scheme));
}

function remove(store: JiraStore, workflows: Workflows, scheme: SchemeRecord): RestAnswer {
  if (isActive(workflows, scheme))
    throw new Refusal(400, 'The workflow scheme is used by at least one project and cannot be deleted.');
  store.transaction(() => {
    workflows.schemes.remove(scheme.id);
  });
  return noContent;
}

function createDraft(store: JiraStore, workflows: Workflows, scheme: SchemeRecord, call: RestCall): RestAnswer {
  if (!isActive(workflows, scheme)) throw new Refusal(400, 'Only an active workflow scheme has a draft.');
  if (workflows.schemes.draft(scheme.id) !== undefined)
    throw new Refusal(400, 'The workflow scheme has a draft already.');
  const { name, description, defaultWorkflowId, byIssueType } = scheme;
  const draft = { name, description, defaultWorkflowId, byIssueType, ...stamp(store, call) };
  store.transaction(() => {
    workflows.schemes.setDraft(scheme.id, draft);
  });
  return created(draftJson(store, workflows, scheme, draft));
}

function draftFor(workflows: Workflows, { id }: SchemeRecord): SchemeDraft {
  const draft = workflows.schemes.draft(id);
  if (draft === undefined) throw new Refusal(404, 'Draft workflow scheme was not found.');
  return draft;
}

function updateDraft(
  store: JiraStore,
  workflows: Workflows,
  scheme: SchemeRecord,
  call: RestCall,
  before: SchemeDraft,
): RestAnswer {
  const draft = merged(store, workflows, scheme.id, before, call);
  store.transaction(() => {
    workflows.schemes.setDraft(scheme.id, draft);
  });
  return ok(draftJson(store, workflows, scheme, draft));
}

function removeDraft(store: JiraStore, workflows: Workflows, scheme: SchemeRecord): RestAnswer {
  draftFor(workflows, scheme);
  store.transaction(() => {
    workflows.schemes.setDraft(scheme.id, undefined);
  });
  return noContent;
}

const publishRequest = z.object({
  statusMappings: z.optional(
    z.array(z.object({ issueTypeId: z.string(), statusId: z.string(), newStatusId: z.string() })),
  ),
});

/** Puts the draft in the place of its scheme, and moves the issues that it leaves without a status. */
function publish(store: JiraStore, workflows: Workflows, scheme: SchemeRecord, call: RestCall): RestAnswer {
  const draft = draftFor(workflows, scheme);
  const { statusMappings = [] } = parsed(publishRequest, call.bytes.byteLength === 0 ? {} : call.json());
  const target = mappedTarget(
    statusMappings.map(({ issueTypeId, statusId: oldStatusId, newStatusId }) => ({
      issueTypeId,
      statusMappings: [{ oldStatusId, newStatusId }],
    })),
  );
  const stranded = workflows.schemes
    .projectsOf(scheme.id)
    .flatMap((projectId) => strandedIssues(store, projectId, under(workflows, draft)));
  const left = unmapped(stranded, target);
  if (left.length > 0) throw new Refusal(400, { errorMessages: [...new Set(left.map(missingMapping))] });
  if (call.query.get('validateOnly') === 'true') return noContent;
  return store.transaction(() => {
    store.audit.record(call, 'Workflow scheme updated', 'workflows', {
      id: scheme.id,
      name: scheme.name,
      type: 'SCHEME',
    });
    workflows.schemes.replace({ ...draft, id: scheme.id, ...stamp(store, call) });
    workflows.schemes.setDraft(scheme.id, undefined);
    moveStranded(store, originOf(call), stranded, target);
    return seeTask(store, workflows, call, 'Publish workflow scheme draft');
  });
}
