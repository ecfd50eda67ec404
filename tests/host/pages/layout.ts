import { html, raw } from 'hono/html';
import type { Html } from './html';
import type { Viewer } from './parts';
import type { ColorMode } from './session';

export interface Shell {
  readonly title: string;
  readonly viewer: Viewer | undefined;
  readonly people: readonly { readonly userName: string; readonly displayName: string; readonly is: string }[];
  readonly colorMode: ColorMode;
  /** Path and query of this page: where the switchers lead back to. */
  readonly here: string;
  readonly project?: string;
  readonly main: Html;
}

const LOGO = raw(
  '<svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"><path fill="currentColor" d="M12 2 3 6v6c0 5 3.8 8.9 9 10 5.2-1.1 9-5 9-10V6l-9-4Zm-1.2 14.2-3.6-3.6 1.5-1.5 2.1 2.1 4.9-4.9 1.5 1.5-6.4 6.4Z"/></svg>',
);

const MODES: readonly { readonly mode: ColorMode; readonly label: string }[] = [
  { mode: 'auto', label: 'Colours: automatic' },
  { mode: 'light', label: 'Colours: light' },
  { mode: 'dark', label: 'Colours: dark' },
];

function switcher(shell: Shell): Html {
  const current = shell.viewer;
  return html`<form class="switcher" method="post" action="/session/user" data-auto-submit>
    <input type="hidden" name="back" value="${shell.here}" />
    <label class="visually-hidden" for="switch-user">Signed in as</label>
    <select id="switch-user" name="user">
      ${current === undefined ? html`<option value="" selected>Not signed in</option>` : ''}
      ${shell.people.map(
        (who) =>
          html`<option value="${who.userName}" ${who.userName === current?.userName ? 'selected' : ''}>
            ${who.displayName} – ${who.is}
          </option>`,
      )}
    </select>
    <button class="button subtle compact" type="submit">Switch</button>
  </form>`;
}

function colorSwitch(shell: Shell): Html {
  return html`<form class="switcher" method="post" action="/session/color" data-auto-submit>
    <input type="hidden" name="back" value="${shell.here}" />
    <label class="visually-hidden" for="switch-color">Colours</label>
    <select id="switch-color" name="mode">
      ${MODES.map(({ mode, label }) => html`<option value="${mode}" ${mode === shell.colorMode ? 'selected' : ''}>${label}</option>`)}
    </select>
    <button class="button subtle compact" type="submit">Set</button>
  </form>`;
}

function navigation(shell: Shell): Html {
  const key = shell.project ?? 'CHG';
  const links: readonly (readonly [string, string])[] = [
    [`/projects/${key}/issues`, `${key} work items`],
    ...(key === 'CHG' ? [['/projects/CHG/register', 'Change register'] as const] : []),
    ...(shell.viewer?.isAdmin === true
      ? [['/admin/change-control', 'App settings'] as const, ['/admin/workflows', 'Workflows'] as const]
      : []),
  ];
  return html`<nav aria-label="Main">
    ${links.map(([href, name]) => html`<a href="${href}" ${shell.here.split('?')[0] === href ? 'aria-current="page"' : ''}>${name}</a>`)}
    ${shell.viewer === undefined ? '' : html`<a class="button primary" href="/create?project=${key}" data-dialog="/create?project=${key}">Create</a>`}
  </nav>`;
}

/** A whole page. No inline script or style anywhere: the page's policy forbids both. */
export function page(shell: Shell): Html {
  return html`<!doctype html>
    <html
      lang="en"
      data-color-mode="${shell.colorMode}"
      data-theme="light:light dark:dark spacing:spacing typography:typography shape:shape"
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${shell.title} - Jira</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/tokens.css" />
        <link rel="stylesheet" href="/assets/site.css" />
        <script src="/assets/page.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
          <a class="home" href="/">${LOGO}<span>Jira</span><span class="stand-in">local stand-in</span></a>
          ${navigation(shell)}
          <div class="switchers">${colorSwitch(shell)} ${switcher(shell)}</div>
        </header>
        <main id="main" tabindex="-1">${shell.main}</main>
        <div id="flags" role="region" aria-label="Notifications" aria-live="polite"></div>
        <p id="live" class="visually-hidden" role="status"></p>
      </body>
    </html>`;
}

/** A calm full-page notice: nothing here for this person, or nobody signed in yet. */
export function notice(title: string, message: Html): Html {
  return html`<section class="notice">
    <h1>${title}</h1>
    ${message}
  </section>`;
}
