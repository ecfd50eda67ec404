import { frameOf } from './frame-host';
import { bridgePost } from './server';

function refuse(form: HTMLFormElement, message: string): void {
  const alert = form.querySelector<HTMLElement>('[data-errors]');
  if (alert === null) return;
  alert.textContent = message;
  alert.hidden = false;
  alert.focus();
}

/** The workflow editor's "Update": asks the rule's screen for its configuration and saves it. */
export async function saveRule(form: HTMLFormElement): Promise<void> {
  const element = form.querySelector<HTMLIFrameElement>('iframe[data-frame]');
  const frame = element === null ? undefined : frameOf(element);
  if (frame?.onConfigure === undefined) {
    refuse(form, "The rule's screen has not said how it is configured. Nothing was saved.");
    return;
  }
  try {
    const config = await frame.onConfigure();
    if (typeof config !== 'string') throw new Error("The rule's screen gave no configuration. Nothing was saved.");
    await bridgePost(frame.token, 'rule-configuration', { config });
    window.location.reload();
  } catch (error) {
    refuse(form, error instanceof Error ? error.message : 'The rule was not saved.');
  }
}
