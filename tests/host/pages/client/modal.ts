import { isRun, textOf } from './hosted';
import type { HostedFrame } from './hosted';
import { openDialog } from './dialog';
import { connect } from './frame-host';
import { bridgePost } from './server';

const NAMED = new Set(['small', 'medium', 'large', 'xlarge', 'max', 'fullscreen', 'resizable']);

/** `new Modal(...).open()`: another frame of the same app over the page, bound like the one that asked for it. */
export async function openModal(frame: HostedFrame, options: Readonly<Record<string, unknown>>): Promise<boolean> {
  const { token, src } = await bridgePost(frame.token, 'modal', {
    resource: options['resource'],
    context: options['context'],
  });
  if (typeof token !== 'string' || typeof src !== 'string') return false;
  const element = document.createElement('iframe');
  element.className = 'app-frame';
  element.title = textOf(options['title']) || frame.element.title;
  element.dataset['frame'] = token;
  element.dataset['module'] = frame.moduleKey;
  element.setAttribute('sandbox', frame.element.getAttribute('sandbox') ?? '');
  element.src = src;
  const dialog = openDialog(element, element.title);
  const size = textOf(options['size']);
  dialog.classList.add('modal', NAMED.has(size) ? size : 'medium');
  if (options['closeOnEscape'] === false) dialog.addEventListener('cancel', (event) => event.preventDefault());
  let answer: unknown;
  const hosted = connect(element, (payload) => {
    answer = payload;
    dialog.close();
  });
  dialog.addEventListener('close', () => {
    hosted.rpc.close();
    const onClose = options['onClose'];
    if (isRun(onClose)) void onClose(answer);
  });
  return true;
}
