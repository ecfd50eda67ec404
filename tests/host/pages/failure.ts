import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Html } from './html';
import { JiraRefusal } from './jira-calls';
import { notice } from './layout';
import { statusOf } from './pages';
import type { Pages } from './pages';
import { PageRefusal } from './parts';

/** Everybody of the site, to choose from; shown instead of a page while nobody is signed in. */
function chooser(pages: Pages, c: Context): Html {
  const url = new URL(c.req.url);
  return html`<div class="sheet">
    <h1>Who are you today?</h1>
    <p class="lead">
      This is a local site: anybody can be anybody, no password. You can switch at the top right at any time.
    </p>
    <ul class="projects">
      ${pages.parts.jira.people().map(
        (who) =>
          html`<li class="card">
            <form method="post" action="/session/user">
              <input type="hidden" name="back" value="${url.pathname + url.search}" /><input
                type="hidden"
                name="user"
                value="${who.userName}"
              />
              <h2>${who.displayName}</h2>
              <p class="hint">${who.is}</p>
              <button class="button" type="submit" aria-label="Continue as ${who.displayName}">Continue</button>
            </form>
          </li>`,
      )}
    </ul>
  </div>`;
}

const HIDDEN =
  'It may have been deleted, or you do not have permission to see it. Ask whoever sent you here, or switch to somebody else at the top right.';

/** Every failure is a page, or for background calls a list of messages; nothing is answered with a blank. */
export async function failure(pages: Pages, error: Error, c: Context): Promise<Response> {
  const wantsJson = (c.req.header('accept') ?? '').includes('application/json');
  const status = statusOf(error);
  if (status >= 500) console.error(error);
  if (wantsJson) {
    const refusal =
      error instanceof JiraRefusal
        ? { messages: error.messages, fields: error.fieldErrors }
        : { messages: [error.message], fields: {} };
    return c.json(refusal, status);
  }
  if (c.req.header('x-dialog') === '1') {
    const title = error instanceof PageRefusal ? error.title : 'This did not work';
    return c.html(dialogNotice(title, error.message), status);
  }
  if (status === 401) return pages.show(c, 'Who are you?', chooser(pages, c), { status });
  if (status === 404 && error instanceof JiraRefusal)
    return pages.show(
      c,
      'Not found',
      notice("This work item does not exist, or you don't have permission to see it", html`<p>${HIDDEN}</p>`),
      { status },
    );
  const title = error instanceof PageRefusal ? error.title : 'Something went wrong';
  return pages.show(
    c,
    title,
    notice(
      title,
      html`<p>${error.message}</p>
        <p><a href="/">Go to the projects</a></p>`,
    ),
    { status },
  );
}

function dialogNotice(title: string, message: string): Html {
  return html`<div class="dialog-form">
    <header><h2 id="dialog-title">${title}</h2></header>
    <div class="dialog-body"><p>${message}</p></div>
    <footer><button class="button primary" type="button" data-close>Close</button></footer>
  </div>`;
}
