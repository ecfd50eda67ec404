import { connectFrames, emitToFrames } from './frame-host';

const issueElement = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-issue]');

/** Resolves once no button of the pointer is down and the click that it was is over. */
let released: Promise<void> = Promise.resolve();
document.addEventListener(
  'pointerdown',
  () => {
    released = new Promise((resolve) => {
      const over = (): void => {
        window.setTimeout(resolve);
      };
      for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, over, { once: true });
    });
  },
  { capture: true },
);

/**
 * Reads the page anew and replaces its parts one by one: the app's frame, open dialogs, what is being typed and the focus
 * stay. Frames that listen are told that the issue changed.
 */
export async function refreshParts(): Promise<void> {
  const response = await fetch(window.location.href, { headers: { accept: 'text/html' } });
  if (!response.ok) {
    window.location.reload();
    return;
  }
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  // What is replaced between the press and the release of a button gets no click.
  await released;
  for (const part of document.querySelectorAll<HTMLElement>('[data-part]')) {
    const twin = fresh.querySelector(`[data-part="${part.dataset['part'] ?? ''}"]`);
    if (twin !== null && !part.contains(typing()) && part.innerHTML !== twin.innerHTML) keepTabs(part, twin);
  }
  const [issue, version] = [issueElement(), fresh.querySelector<HTMLElement>('[data-issue]')?.dataset['version']];
  if (issue !== null && version !== undefined) issue.dataset['version'] = version;
  connectFrames();
  emitToFrames('JIRA_ISSUE_CHANGED', { issueId: issue?.dataset['issueId'], issueKey: issue?.dataset['issue'] });
}

/** What somebody has typed and not sent: its part of the page is left alone until they have. */
function typing(): Element | null {
  const texts = [
    ...document.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>(
      '[data-part] textarea, [data-part] input[type=file]',
    ),
  ];
  return texts.find((text) => text.value !== '') ?? null;
}

function keepTabs(part: HTMLElement, twin: Element): void {
  const chosen = part.querySelector('[role=tab][aria-selected=true]')?.id;
  const focused =
    document.activeElement !== null && part.contains(document.activeElement) ? document.activeElement.id : '';
  part.replaceChildren(...twin.childNodes);
  if (chosen !== undefined) document.getElementById(chosen)?.click();
  if (focused !== '') document.getElementById(focused)?.focus();
}

const POLL_MS = 4000;

/** Notices what others, automation and the app do to the issue on show. */
export function watchIssue(): void {
  window.setInterval(() => {
    void (async () => {
      const issue = issueElement();
      if (issue === null || document.hidden) return;
      const response = await fetch(`/browse/${issue.dataset['issue'] ?? ''}/version`).catch(() => undefined);
      if (response?.ok === true && (await response.text()) !== issue.dataset['version']) await refreshParts();
    })();
  }, POLL_MS);
}
