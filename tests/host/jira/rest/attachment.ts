import { parseBody } from 'hono/utils/body';
import { addAttachments, removeAttachment } from '../issue-changes';
import { attachmentJson } from '../issue-json';
import type { AttachmentRecord } from '../note-store';
import { Refusal } from '../refusal';
import { noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { issueFor, mayInProject } from './access';
import { originOf } from './issue';

/** Attachments: add, read, content, settings, delete. */
export function attachmentRoutes(store: JiraStore): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/rest/api/3/issue/{issueIdOrKey}/attachments',
      handle: (call, params) => add(store, call, params),
    },
    {
      method: 'GET',
      path: '/rest/api/3/attachment/meta',
      handle: () => ok({ enabled: true, uploadLimit: UPLOAD_LIMIT }),
    },
    {
      method: 'GET',
      path: '/rest/api/3/attachment/{id}',
      handle: (call, params) => ok(metadata(store, visible(store, call, params))),
    },
    {
      method: 'GET',
      path: '/rest/api/3/attachment/content/{id}',
      handle: (call, params) => content(store, visible(store, call, params)),
    },
    { method: 'DELETE', path: '/rest/api/3/attachment/{id}', handle: (call, params) => remove(store, call, params) },
  ];
}

/** Bytes of one file, and files of one call: what the OpenAPI document and a Jira Cloud site allow. */
const UPLOAD_LIMIT = 1_073_741_824;
const FILES_LIMIT = 60;

async function add(store: JiraStore, call: RestCall, params: PathParams): Promise<RestAnswer> {
  const sentence = 'You do not have permission to create attachments for this issue.';
  const issue = issueFor(store, call.actor, params.get('issueIdOrKey'), 'CREATE_ATTACHMENTS', sentence);
  if (call.headers['x-atlassian-token'] !== 'no-check') throw new Refusal(403, 'XSRF check failed');
  const files = await readFiles(call);
  if (files.length === 0) throw new Refusal(400, "No file was given: name the part of the form 'file'.");
  if (files.length > FILES_LIMIT) throw new Refusal(413, `At most ${FILES_LIMIT} files can be added at once.`);
  return ok(addAttachments(store, originOf(call), issue, files).map((file) => attachmentJson(store, file)));
}

async function readFiles(call: RestCall) {
  const type = call.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) throw new Refusal(415, 'Attachments are sent as multipart/form-data.');
  let form: Awaited<ReturnType<typeof parseBody>>;
  try {
    const request = new Request('http://site.invalid', {
      method: 'POST',
      body: call.bytes,
      headers: { 'content-type': type },
    });
    form = await parseBody(request, { all: true });
  } catch {
    throw new Refusal(400, 'The form could not be read.');
  }
  const parts = [form.file].flat().filter((part): part is File => part instanceof File);
  return Promise.all(
    parts.map(async (part) => ({
      fileName: part.name,
      mimeType: part.type === '' ? 'application/octet-stream' : part.type,
      content: new Uint8Array(await part.arrayBuffer()),
    })),
  );
}

function visible(store: JiraStore, call: RestCall, params: PathParams): AttachmentRecord {
  const id = params.get('id');
  const file = store.notes.attachment(id);
  const issue = file === undefined ? undefined : store.issues.find(file.issueId);
  if (
    file === undefined ||
    issue === undefined ||
    !mayInProject(store, call.actor, 'BROWSE_PROJECTS', issue.projectId)
  ) {
    throw new Refusal(404, `The attachment with id '${id}' does not exist`);
  }
  return file;
}

/** The document and recorded answers have the id here as a number, and as text within an issue. */
function metadata(store: JiraStore, file: AttachmentRecord): unknown {
  return { ...attachmentJson(store, file), id: Number(file.id) };
}

function content(store: JiraStore, file: AttachmentRecord): RestAnswer {
  const body = store.notes.attachmentContent(file.id) ?? new Uint8Array();
  const headers = {
    'content-type': file.mimeType,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
  };
  return { status: 200, raw: { body, headers } };
}

function remove(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const file = visible(store, call, params);
  const projectId = store.issues.find(file.issueId)?.projectId ?? '';
  const own = file.author === call.accountId && mayInProject(store, call.actor, 'DELETE_OWN_ATTACHMENTS', projectId);
  if (!own && !mayInProject(store, call.actor, 'DELETE_ALL_ATTACHMENTS', projectId)) {
    throw new Refusal(403, `You do not have permission to delete attachment with id: ${file.id}`);
  }
  removeAttachment(store, originOf(call), file);
  return noContent;
}
