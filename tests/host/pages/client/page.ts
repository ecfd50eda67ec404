/** Brings the pages to life: dialogs, forms sent in the background, tabs, the app's frames. */
import { openDialog } from './dialog';
import { send } from './forms';
import { connectFrames } from './frame-host';
import { refreshParts, watchIssue } from './refresh';
import { saveRule } from './rule-editor';

async function openFrom(url: string): Promise<void> {
  const response = await fetch(url, { headers: { accept: 'text/html', 'x-dialog': '1' } });
  const markup = await response.text();
  openDialog(markup);
  connectFrames();
}

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const opener = target?.closest<HTMLElement>('[data-dialog]');
  const url = opener?.dataset['dialog'];
  // Opened as a page of its own, a form has no dialog to close: its Cancel leads back.
  const closing = target?.closest('[data-close]') ?? null;
  if (closing !== null && closing.closest('dialog') === null) window.history.back();
  if (url === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void openFrom(url);
});

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  if (form.dataset['rule'] !== undefined) {
    event.preventDefault();
    void saveRule(form);
  } else if (form.dataset['async'] !== undefined) {
    event.preventDefault();
    void send(form);
  }
});

document.addEventListener('change', (event) => {
  const select = event.target;
  if (select instanceof HTMLSelectElement && select.form?.dataset['autoSubmit'] !== undefined)
    select.form.requestSubmit();
  if (select instanceof HTMLSelectElement && select.id === 'create-type') void changeType(select);
});

/** Another work type asks for other fields; the dialog is built anew. */
async function changeType(select: HTMLSelectElement): Promise<void> {
  const form = select.form;
  const dialog = form?.closest('dialog');
  if (form === null || dialog === null || dialog === undefined) return;
  const url = new URL(form.action);
  url.searchParams.set('type', select.value);
  dialog.close();
  await openFrom(url.pathname + url.search);
}

function chooseTab(tab: HTMLElement): void {
  const list = tab.closest('[role=tablist]');
  for (const each of list?.querySelectorAll<HTMLElement>('[role=tab]') ?? []) {
    const chosen = each === tab;
    each.setAttribute('aria-selected', String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    const panel = document.getElementById(each.getAttribute('aria-controls') ?? '');
    if (panel !== null) panel.hidden = !chosen;
  }
}

document.addEventListener('click', (event) => {
  const tab = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=tab]') : null;
  if (tab !== null) chooseTab(tab);
});

document.addEventListener('keydown', (event) => {
  const tab = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=tab]') : null;
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (tab === null || step === 0) return;
  const tabs = [...(tab.closest('[role=tablist]')?.querySelectorAll<HTMLElement>('[role=tab]') ?? [])];
  const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
  if (next === undefined) return;
  chooseTab(next);
  next.focus();
});

document.documentElement.dataset['script'] = 'on';
document.addEventListener('site:refresh', () => void refreshParts());
connectFrames();
watchIssue();
