import { fieldsOf, textOf } from './hosted';
import type { HostedFrame, Run } from './hosted';

interface Location {
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
  readonly state: unknown;
  readonly key: string;
}

/**
 * `view.createHistory()`: the `history` package's interface over the page's address, below the page's own path. Only an
 * app's pages have one, as on Jira.
 */
export function pageHistory(frame: HostedFrame): Readonly<Record<string, unknown>> {
  const base = frame.basePath;
  if (base === undefined) throw new Error('createHistory is only there for an app page.');
  const listeners = new Set<Run>();
  const here = (): Location => ({
    pathname: window.location.pathname.slice(base.length) || '/',
    search: window.location.search,
    hash: window.location.hash,
    state: fieldsOf(window.history.state)['state'] ?? null,
    key: textOf(fieldsOf(window.history.state)['key']) || 'default',
  });
  const tell = (action: 'POP' | 'PUSH' | 'REPLACE'): void => {
    for (const listener of listeners) void listener(here(), action);
  };
  const go = (action: 'PUSH' | 'REPLACE', to: unknown, state: unknown): void => {
    const target =
      typeof to === 'string'
        ? to
        : `${textOf(fieldsOf(to)['pathname'])}${textOf(fieldsOf(to)['search'])}${textOf(fieldsOf(to)['hash'])}`;
    const url = new URL(window.location.origin + base + (target.startsWith('/') ? target : `/${target}`));
    if (url.pathname !== base && !url.pathname.startsWith(`${base}/`))
      throw new Error('That address is outside of this page.');
    const entry = { state: state ?? null, key: Math.random().toString(36).slice(2, 8) };
    if (action === 'PUSH') window.history.pushState(entry, '', url);
    else window.history.replaceState(entry, '', url);
    tell(action);
  };
  window.addEventListener('popstate', () => tell('POP'));
  return {
    action: 'POP',
    location: here(),
    length: window.history.length,
    push: (to: unknown, state: unknown) => go('PUSH', to, state),
    replace: (to: unknown, state: unknown) => go('REPLACE', to, state),
    go: (by: unknown) => window.history.go(Number(by)),
    goBack: () => window.history.back(),
    goForward: () => window.history.forward(),
    listen: (listener: Run) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
