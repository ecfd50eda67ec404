import { route } from '@forge/api';
import * as z from '#zod';
import type { ShownRecord } from '../../evidence/jira/shown';
import type { OnIssue } from '../../ports/jira-records';
import { jira } from '../jira-http';
import { look, read } from '../looking';
import { instantOrNull, jiraPerson, personOf } from './part';

const attachment = z.lazy(() =>
  z.looseObject({
    id: z.union([z.string(), z.number()]),
    filename: z.string(),
    size: z.number(),
    mimeType: z.optional(z.string()),
    created: z.optional(z.string()),
    author: jiraPerson,
  }),
);
const other = z.lazy(() => z.optional(z.looseObject({ id: z.string(), key: z.string() })));
const link = z.lazy(() =>
  z.looseObject({
    id: z.string(),
    type: z.looseObject({ name: z.string(), inward: z.string(), outward: z.string() }),
    inwardIssue: other,
    outwardIssue: other,
  }),
);
const issue = z.lazy(() =>
  z.looseObject({
    fields: z.looseObject({
      attachment: z.optional(z.nullable(z.array(attachment))),
      issuelinks: z.optional(z.nullable(z.array(link))),
      project: z.looseObject({ projectTypeKey: z.optional(z.string()) }),
    }),
  }),
);

/** Attachments and links come whole with an issue (GET /issue, fields `attachment` and `issuelinks`), not in pages. */
export async function onIssue(issueId: string): Promise<OnIssue> {
  const seen = await look(async () => {
    const answer = await jira(route`/rest/api/3/issue/${issueId}?fields=attachment,issuelinks,project`, {
      as: 'app',
    });
    return read(issue, answer).fields;
  });
  if ('unseen' in seen) {
    const nothing = { items: [], because: seen.unseen };
    return { attachments: nothing, links: nothing, serviceDesk: false };
  }
  const { attachment: files, issuelinks, project } = seen.seen;
  return {
    attachments: hiddenOr(files, 'attachment', attached),
    links: hiddenOr(issuelinks, 'issuelinks', linked),
    serviceDesk: project.projectTypeKey === 'service_desk',
  };
}

/** A field that a field configuration hides is not in the answer at all: that is not "none". */
const hiddenOr = <T>(
  list: readonly T[] | null | undefined,
  field: string,
  shown: (one: T) => ShownRecord,
): OnIssue['links'] =>
  list === undefined || list === null
    ? { items: [], because: `Jira does not show the field ${field} of this change.` }
    : { items: list.map(shown), because: null };

const attached = (file: z.infer<typeof attachment>): ShownRecord => ({
  record: 'attachment',
  id: String(file.id),
  attributes: { size: String(file.size), ...(file.mimeType === undefined ? {} : { mimeType: file.mimeType }) },
  what: { title: file.filename },
  by: personOf(file.author),
  at: instantOrNull(file.created),
});

/**
 * Jira answers the issue at the other end alone, under the side that it is on. It hides a link from whoever may not browse
 * that issue, and what is kept is shown to everybody on the change and in its packs: so the issue is kept by its id, never
 * by the key, which names its project.
 */
function linked({ id, type, inwardIssue, outwardIssue }: z.infer<typeof link>): ShownRecord {
  const end = outwardIssue ?? inwardIssue;
  const words = outwardIssue === undefined ? type.inward : type.outward;
  return {
    record: 'link',
    id,
    attributes: {
      type: type.name,
      direction: outwardIssue === undefined ? 'inward' : 'outward',
      ...(end === undefined ? {} : { issueId: end.id }),
    },
    what: { title: `${words} ${end === undefined ? 'a work item that is not shown' : 'another work item'}` },
    by: null,
    at: null,
  };
}
