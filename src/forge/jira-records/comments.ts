import { route } from '@forge/api';
import * as z from '#zod';
import { textOfAdf } from '../../change/adf';
import type { ShownPart, ShownRecord } from '../../evidence/jira/shown';
import { jira } from '../jira-http';
import { read } from '../looking';
import { instantOrNull, jiraPerson, personOf, shownPages, shownPart } from './part';

const comment = z.lazy(() =>
  z.looseObject({
    id: z.string(),
    author: jiraPerson,
    body: z.optional(z.unknown()),
    created: z.optional(z.string()),
    updated: z.optional(z.string()),
    visibility: z.nullish(z.looseObject({ type: z.optional(z.string()) })),
    jsdPublic: z.optional(z.boolean()),
  }),
);
const page = z.lazy(() => z.looseObject({ startAt: z.number(), total: z.number(), comments: z.array(comment) }));

const PAGE = 100;

/** Every comment that is shown to the app, oldest first. */
export const comments = (issueId: string): Promise<ShownPart> =>
  shownPages(async (start) => {
    const asked = await jira(
      route`/rest/api/3/issue/${issueId}/comment?startAt=${start}&maxResults=${PAGE}&orderBy=created`,
      { as: 'app' },
    );
    const answer = read(page, asked);
    const next = answer.startAt + answer.comments.length;
    return {
      items: answer.comments.map(commented),
      next: answer.comments.length === 0 || next >= answer.total ? null : next,
      total: answer.total,
    };
  });

function commented({
  id,
  author,
  body,
  created,
  updated,
  visibility,
  jsdPublic,
}: z.infer<typeof comment>): ShownRecord {
  const text = textOfAdf(body);
  const edited = instantOrNull(updated);
  return {
    record: 'comment',
    id,
    attributes: {
      length: String(text.length),
      ...(edited === null ? {} : { updated: edited }),
      ...((visibility ?? null) === null ? {} : { restricted: visibility?.type ?? 'yes' }),
      ...(jsdPublic === false ? { internal: 'yes' } : {}),
    },
    what: { title: `comment ${id}`, text },
    by: personOf(author),
    at: instantOrNull(created),
  };
}

const webLink = z.lazy(() =>
  z.looseObject({
    id: z.union([z.string(), z.number()]),
    application: z.nullish(z.looseObject({ name: z.optional(z.string()) })),
    relationship: z.optional(z.nullable(z.string())),
    object: z.looseObject({ title: z.optional(z.string()), url: z.string() }),
  }),
);

/** Links to pages outside. Jira answers them in one list. */
export const webLinks = (issueId: string): Promise<ShownPart> =>
  shownPart(async () => {
    const answer = await jira(route`/rest/api/3/issue/${issueId}/remotelink`, { as: 'app' });
    return read(z.array(webLink), answer).map(({ id, application, relationship, object }): ShownRecord => {
      const name = application?.name ?? '';
      return {
        record: 'web-link',
        id: String(id),
        attributes: {
          ...(name === '' ? {} : { application: name }),
          ...((relationship ?? '') === '' ? {} : { relationship: relationship ?? '' }),
        },
        what: { title: object.title ?? object.url, url: object.url },
        by: null,
        at: null,
      };
    });
  });
