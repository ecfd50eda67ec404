/** The page's half of the bridge: connects each frame on the page, answers its commands, tells it what happens. */
import { commands } from './commands';
import type { HostedFrame } from './hosted';
import { OPEN, READY, Rpc } from './rpc';
import { bridgeGet } from './server';
import { currentTheme, onThemeChange } from './theme';

const frames = new Map<HTMLIFrameElement, HostedFrame>();

/** Connects the frames that are on the page and not yet connected, and lets go of those that are gone. */
export function connectFrames(): void {
  for (const [element, frame] of frames) {
    if (element.isConnected) continue;
    frame.rpc.close();
    frames.delete(element);
  }
  for (const element of document.querySelectorAll<HTMLIFrameElement>('iframe[data-frame]')) {
    if (!frames.has(element)) connect(element);
  }
}

/** `closed` is called once with what the frame passed to `view.close`; a frame on the page itself cannot be closed. */
export function connect(element: HTMLIFrameElement, closed?: (payload: unknown) => void): HostedFrame {
  const origin = new URL(element.src).origin;
  const rpc: Rpc = new Rpc(
    (message) => element.contentWindow?.postMessage(message, origin),
    (command, payload) => {
      const run = commands[command];
      // Fails closed: a command this stand-in does not have is an error in the frame, never a silent success.
      if (run === undefined || !Object.hasOwn(commands, command))
        throw new Error(`Unknown bridge command "${command}".`);
      return run(frame, payload);
    },
  );
  const token = element.dataset['frame'] ?? '';
  const context = bridgeGet(token, 'context');
  // Whoever asks for it is told; nobody has to.
  context.catch(() => undefined);
  const frame: HostedFrame = {
    element,
    rpc,
    closed,
    token,
    context,
    moduleKey: element.dataset['module'] ?? '',
    basePath: element.dataset['base'] || undefined,
    listeners: new Map(),
    onClose: undefined,
    onConfigure: undefined,
  };
  frames.set(element, frame);
  window.addEventListener('message', (event) => {
    if (event.source === null || event.source !== element.contentWindow || event.origin !== origin) return;
    if (event.data === READY) element.contentWindow.postMessage(OPEN, origin);
    else rpc.receive(event.data);
  });
  return frame;
}

export const frameOf = (element: HTMLIFrameElement): HostedFrame | undefined => frames.get(element);

/** Tells every frame of the app that listens, as Jira's front-end events do. */
export function emitToFrames(event: string, payload: unknown): void {
  for (const frame of frames.values()) for (const listener of frame.listeners.get(event) ?? []) void listener(payload);
}

onThemeChange(() => {
  for (const frame of frames.values()) void frame.rpc.call('theme', currentTheme()).catch(() => undefined);
});
