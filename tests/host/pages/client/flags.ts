import { isRun, textOf } from './hosted';

const LOOKS = new Set(['info', 'success', 'warning', 'error']);
const AUTO_DISMISS_MS = 8000;

const region = (): HTMLElement => document.getElementById('flags') ?? document.body;

const cssId = (id: string): string => `flag-${encodeURIComponent(id)}`;

function button(label: string, run: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button subtle compact';
  made.textContent = label;
  made.addEventListener('click', run);
  return made;
}

function actions(given: unknown, id: string): HTMLElement[] {
  if (!Array.isArray(given)) return [];
  return given.flatMap((action: unknown) => {
    if (typeof action !== 'object' || action === null || !('text' in action)) return [];
    const run = 'onClick' in action ? action.onClick : undefined;
    return [
      button(textOf(action.text), () => {
        if (isRun(run)) void run();
        closeFlag(id);
      }),
    ];
  });
}

/** Shows a flag of the app on the page; the live region reads it out. A second one with the same id takes its place. */
export function showFlag(flag: Readonly<Record<string, unknown>>): void {
  const id = textOf(flag['id']);
  closeFlag(id);
  const look = textOf(flag['appearance']) || textOf(flag['type']);
  const box = document.createElement('section');
  box.id = cssId(id);
  box.className = `flag ${LOOKS.has(look) ? look : 'info'}`;
  const title = document.createElement('h2');
  title.textContent = textOf(flag['title']);
  const text = document.createElement('p');
  text.textContent = textOf(flag['description']);
  const close = button('✕', () => closeFlag(id));
  close.setAttribute('aria-label', `Dismiss: ${title.textContent}`);
  close.classList.add('flag-close');
  const row = document.createElement('div');
  row.className = 'flag-actions';
  row.append(...actions(flag['actions'], id));
  box.append(title, close, ...(text.textContent === '' ? [] : [text]), ...(row.childElementCount === 0 ? [] : [row]));
  region().append(box);
  if (flag['isAutoDismiss'] === true) window.setTimeout(() => closeFlag(id), AUTO_DISMISS_MS);
}

export function closeFlag(id: string): boolean {
  const flag = document.getElementById(cssId(id));
  flag?.remove();
  return flag !== null;
}
