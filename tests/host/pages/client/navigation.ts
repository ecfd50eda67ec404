import { textOf } from './hosted';
import { confirmDialog } from './dialog';

type Target = Readonly<Record<string, unknown>>;

const PAGES: Readonly<Record<string, string>> = { 'change-control-admin': '/admin/change-control' };

/** The page's address for a navigation target of the bridge; undefined for what this site does not have. */
function addressOf(target: Target): string | undefined {
  const url = textOf(target['url']);
  if (url !== '') return new URL(url, window.location.origin).href;
  const at = (path: string): string => new URL(path, window.location.origin).href;
  switch (target['target']) {
    case 'issue':
      return at(`/browse/${encodeURIComponent(textOf(target['issueKey']))}`);
    case 'module': {
      const moduleKey = textOf(target['moduleKey']);
      if (moduleKey === 'change-register')
        return at(`/projects/${encodeURIComponent(textOf(target['projectKey']))}/register${textOf(target['path'])}`);
      const page = PAGES[moduleKey];
      return page === undefined ? undefined : at(page + textOf(target['path']));
    }
    default:
      return undefined;
  }
}

export function getUrl(target: Target): string {
  const address = addressOf(target);
  if (address === undefined) throw new Error('This site has no such page.');
  return address;
}

/** Follows a link of the app. Leaving the site is asked about first, as Jira does. */
export async function navigate(target: Target): Promise<void> {
  const url = new URL(getUrl(target));
  if (!/^(https?|mailto):$/.test(url.protocol)) throw new Error(`Links to ${url.protocol} are not followed.`);
  const outside = url.origin !== window.location.origin;
  if (
    outside &&
    !(await confirmDialog('You are leaving this site', `The app links to ${url.href}. Open it?`, 'Open link'))
  )
    return;
  if (target['type'] === 'new-tab' || outside) window.open(url.href, '_blank', 'noopener,noreferrer');
  else window.location.assign(url.href);
}
