/** Modal dialogs: the browser's own <dialog> keeps the focus inside and gives it back on closing. */

/** Opens markup of the server in a modal dialog; Escape and every [data-close] button close it. */
export function openDialog(content: string | HTMLElement, label?: string): HTMLDialogElement {
  const opener = document.activeElement;
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  if (typeof content === 'string') dialog.innerHTML = content;
  else dialog.append(content);
  const title = dialog.querySelector('#dialog-title');
  if (title !== null) dialog.setAttribute('aria-labelledby', 'dialog-title');
  else dialog.setAttribute('aria-label', label ?? 'Dialog');
  dialog.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-close]') !== null) dialog.close();
  });
  dialog.addEventListener('keydown', keepFocusInside);
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  const first = dialog.querySelector<HTMLElement>('.dialog-body :is(input:not([type=hidden]), select, textarea)');
  (first ?? dialog.querySelector<HTMLElement>('footer .primary') ?? dialog).focus();
  return dialog;
}

/** A native dialog lets Tab leave to the browser's own controls; within the page it goes round. */
function keepFocusInside(event: KeyboardEvent): void {
  if (event.key !== 'Tab' || !(event.currentTarget instanceof HTMLDialogElement)) return;
  const stops = [
    ...event.currentTarget.querySelectorAll<HTMLElement>(
      'a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex="0"]',
    ),
  ].filter((stop) => stop.offsetParent !== null && !stop.hasAttribute('disabled'));
  const [first, last] = [stops[0], stops.at(-1)];
  const leaving = event.shiftKey ? document.activeElement === first : document.activeElement === last;
  if (!leaving) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Asks; false for Cancel and Escape. */
export function confirmDialog(title: string, message: string, yes: string): Promise<boolean> {
  const form = element('form', 'dialog-form');
  form.method = 'dialog';
  const heading = element('h2', '', title);
  heading.id = 'dialog-title';
  const [header, body, footer] = [element('header', ''), element('div', 'dialog-body', message), element('footer', '')];
  header.append(heading);
  const cancel = element('button', 'button', 'Cancel');
  cancel.type = 'button';
  cancel.dataset['close'] = '';
  const go = element('button', 'button primary', yes);
  go.value = 'yes';
  footer.append(cancel, go);
  form.append(header, body, footer);
  return new Promise((resolve) => {
    const dialog = openDialog(form);
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'));
  });
}
