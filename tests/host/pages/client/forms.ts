import { refreshParts } from './refresh';

interface Refused {
  readonly messages: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

function refusedOf(body: unknown, status: number): Refused {
  const given = typeof body === 'object' && body !== null ? body : {};
  const fields = 'fields' in given && typeof given.fields === 'object' && given.fields !== null ? given.fields : {};
  const messages = strings('messages' in given ? given.messages : []);
  const byField = Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const nothing = messages.length + Object.keys(byField).length === 0;
  return { messages: nothing ? [`The site answered ${status}. Nothing was saved.`] : messages, fields: byField };
}

function showRefused(form: HTMLFormElement, refused: Refused): void {
  const alert = form.querySelector<HTMLElement>('[data-errors]');
  for (const line of form.querySelectorAll<HTMLElement>('.field-error:not([data-errors])')) line.hidden = true;
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
  const homeless: string[] = [];
  for (const [id, message] of Object.entries(refused.fields)) {
    const line = document.getElementById(`error-${id}`);
    if (line === null) homeless.push(message);
    else {
      line.textContent = message;
      line.hidden = false;
      document.getElementById(`field-${id}`)?.setAttribute('aria-invalid', 'true');
    }
  }
  if (alert === null) return;
  const all = [...refused.messages, ...homeless];
  const inFields = Object.keys(refused.fields).length - homeless.length;
  if (inFields > 0)
    all.push(inFields === 1 ? 'One field needs another look.' : `${inFields} fields need another look.`);
  const title = Object.assign(document.createElement('strong'), {
    textContent: 'This was not accepted. What you typed is still here.',
  });
  alert.replaceChildren(title, ...grouped(all));
  alert.hidden = false;
  alert.focus();
  alert.scrollIntoView({ block: 'nearest' });
}

/** "1. Scope is empty. 2. Test plan is empty." as its sentences; null for a message that does not number them. */
function numbered(message: string): string[] | null {
  if (!message.startsWith('1. ')) return null;
  const sentences: string[] = [];
  let rest = message.slice(3);
  for (let next = 2; rest !== ''; next += 1) {
    const at = rest.indexOf(` ${next}. `);
    sentences.push(at === -1 ? rest : rest.slice(0, at));
    rest = at === -1 ? '' : rest.slice(at + ` ${next}. `.length);
  }
  return sentences.length > 1 ? sentences : null;
}

function listOf(tag: 'ol' | 'ul', messages: readonly string[]): HTMLElement {
  const list = document.createElement(tag);
  list.append(...messages.map((message) => Object.assign(document.createElement('li'), { textContent: message })));
  return list;
}

/**
 * Every message, none hidden. A rule that numbers what it found comes first, as a list; the other rules each stand
 * alone and may name the same things, so they follow under a line that says so.
 */
function grouped(messages: readonly string[]): HTMLElement[] {
  const whole = messages.flatMap((message) => {
    const sentences = numbered(message);
    return sentences === null ? [] : [listOf('ol', sentences)];
  });
  const others = messages.filter((message) => numbered(message) === null);
  if (whole.length === 0) return [listOf('ul', others)];
  if (others.length === 0) return whole;
  const apart = document.createElement('div');
  apart.className = 'other-rules';
  const heading = document.createElement('p');
  heading.textContent = 'Other rules of this transition, each by itself:';
  apart.append(heading, listOf('ul', others));
  return [...whole, apart];
}

function busy(form: HTMLFormElement, on: boolean): void {
  form.toggleAttribute('aria-busy', on);
  for (const button of form.querySelectorAll<HTMLButtonElement>('button[type=submit]')) button.disabled = on;
}

/** Says what happened to somebody who cannot see it. */
export function say(text: string): void {
  const live = document.getElementById('live');
  if (live !== null) live.textContent = text;
}

async function succeed(form: HTMLFormElement, body: unknown): Promise<void> {
  const given = typeof body === 'object' && body !== null ? body : {};
  if ('location' in given && typeof given.location === 'string') {
    window.location.assign(given.location);
    return;
  }
  form.closest('dialog')?.close();
  form.reset();
  await refreshParts();
  say('said' in given && typeof given.said === 'string' ? given.said : 'Saved.');
}

/** Sends a form in the background. On a refusal nothing typed is touched: only the messages appear. */
export async function send(form: HTMLFormElement): Promise<void> {
  busy(form, true);
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      body: new FormData(form),
      headers: { accept: 'application/json' },
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok) await succeed(form, body);
    else showRefused(form, refusedOf(body, response.status));
  } catch {
    showRefused(form, { messages: ['The site could not be reached. Nothing is lost: try again.'], fields: {} });
  } finally {
    busy(form, false);
  }
}
