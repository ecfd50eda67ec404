import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as z from 'zod/mini';
import type { Html } from './html';
import { page } from './layout';
import { JiraAs } from './jira-calls';
import { PageRefusal } from './parts';
import type { PageParts, Viewer } from './parts';
import { colorMode, requestUserName } from './session';

const profile = z.object({ displayName: z.optional(z.string()), timeZone: z.optional(z.string()) });

/** What every page does: know who is looking, and put the shell around the content. */
export class Pages {
  constructor(readonly parts: PageParts) {}

  /** The person in front, or undefined when nobody has chosen yet. An unknown name counts as nobody. */
  async visitor(c: Context): Promise<Viewer | undefined> {
    const userName = requestUserName(c);
    const accountId = userName === undefined ? undefined : this.parts.jira.accountIdOf(userName);
    if (userName === undefined || accountId === undefined) return undefined;
    const { displayName, timeZone } = await new JiraAs(this.parts.jira, accountId).get('/rest/api/3/myself', profile);
    return {
      userName,
      accountId,
      displayName: displayName ?? userName,
      isAdmin: this.parts.jira.isAdmin(accountId),
      timeZone: timeZone ?? 'UTC',
    };
  }

  async viewer(c: Context): Promise<Viewer> {
    const visitor = await this.visitor(c);
    if (visitor === undefined) throw new PageRefusal(401, 'Choose who you are first.', 'Who are you?');
    return visitor;
  }

  async admin(c: Context): Promise<Viewer> {
    const viewer = await this.viewer(c);
    if (!viewer.isAdmin)
      throw new PageRefusal(403, 'Only Jira administrators can open this page.', 'You need to be an administrator');
    return viewer;
  }

  as(viewer: Viewer): JiraAs {
    return new JiraAs(this.parts.jira, viewer.accountId);
  }

  async show(
    c: Context,
    title: string,
    main: Html,
    options: { readonly status?: ContentfulStatusCode; readonly project?: string } = {},
  ): Promise<Response> {
    const url = new URL(c.req.url);
    const markup = await page({
      title,
      viewer: await this.visitor(c),
      people: this.parts.jira.people(),
      colorMode: colorMode(c),
      here: url.pathname + url.search,
      ...(options.project === undefined ? {} : { project: options.project }),
      main,
    });
    return c.newResponse(String(markup), {
      status: options.status ?? 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
  }
}

/** A fragment for a dialog; a page of its own when the address was opened directly. */
export async function showDialog(pages: Pages, c: Context, title: string, main: Html): Promise<Response> {
  if (c.req.header('x-dialog') === '1') return c.html(main);
  return pages.show(
    c,
    title,
    html`<h1 class="visually-hidden">${title}</h1>
      ${main}`,
  );
}

const STATUSES: readonly ContentfulStatusCode[] = [
  400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 502, 503, 504,
];

/** The status that an error stands for: its own when it has one that HTTP knows, else 500. */
export function statusOf(error: Error): ContentfulStatusCode {
  if (error instanceof z.core.$ZodError) return 400;
  const own = 'status' in error ? error.status : 500;
  return STATUSES.find((known) => known === own) ?? 500;
}
