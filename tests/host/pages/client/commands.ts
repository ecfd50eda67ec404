/** The bridge's commands as the page answers them (@forge/bridge 7.2.0, @forge/jira-bridge 0.40.1). */
import { closeFlag, showFlag } from './flags';
import { fieldsOf, isRun, textOf } from './hosted';
import type { HostedFrame, Run } from './hosted';
import { pageHistory } from './history';
import { openModal } from './modal';
import { getUrl, navigate } from './navigation';
import { bridgePost } from './server';
import { currentTheme } from './theme';

type Command = (frame: HostedFrame, payload: unknown) => unknown;

const events = new EventTarget();

function listen(frame: HostedFrame, payload: unknown): { unsubscribe: () => void } {
  const { event, callback } = fieldsOf(payload);
  if (!isRun(callback)) throw new Error('The callback of events.on is a function.');
  const listeners = frame.listeners.get(textOf(event)) ?? new Set<Run>();
  frame.listeners.set(textOf(event), listeners.add(callback));
  const relay = (happened: Event): void => {
    if (happened instanceof CustomEvent && frame.element.isConnected) void callback(happened.detail);
  };
  events.addEventListener(textOf(event), relay);
  return {
    unsubscribe: () => {
      listeners.delete(callback);
      events.removeEventListener(textOf(event), relay);
    },
  };
}

function emit(_frame: HostedFrame, payload: unknown): void {
  const { event, payload: detail } = fieldsOf(payload);
  events.dispatchEvent(new CustomEvent(textOf(event), { detail }));
}

/** `false` is how the bridge says that this surface cannot be closed. */
function close(frame: HostedFrame, payload: unknown): boolean {
  if (frame.closed === undefined) return false;
  if (frame.onClose !== undefined) void frame.onClose();
  frame.closed(payload);
  return true;
}

export const commands: Readonly<Record<string, Command>> = {
  async getContext(frame) {
    return { ...(await frame.context), theme: currentTheme() };
  },
  async invoke(frame, payload) {
    const { functionKey, payload: given, metadata } = fieldsOf(payload);
    const { value } = await bridgePost(frame.token, 'invoke', { functionKey, payload: given });
    return metadata === undefined ? value : { body: value, metadata: {} };
  },
  fetchProduct: (frame, payload) => bridgePost(frame.token, 'fetch-product', payload),
  readTheme: () => currentTheme(),
  resize(frame, payload) {
    const { height } = fieldsOf(payload);
    if (typeof height === 'number' && height >= 0)
      frame.element.style.height = `${Math.ceil(Math.min(height, 40_000))}px`;
  },
  submit: close,
  close,
  onClose(frame, payload) {
    frame.onClose = isRun(payload) ? payload : undefined;
  },
  open: () => false,
  refresh() {
    document.dispatchEvent(new CustomEvent('site:refresh'));
  },
  createHistory: (frame) => pageHistory(frame),
  changeWindowTitle(frame, payload) {
    if (frame.basePath === undefined) throw new Error('Only a page of its own can change the title.');
    document.title = `${textOf(payload)} - Jira`;
  },
  showFlag: (_frame, payload) => showFlag(fieldsOf(payload)),
  closeFlag: (_frame, payload) => closeFlag(textOf(fieldsOf(payload)['id'])),
  navigate: (_frame, payload) => navigate(fieldsOf(payload)),
  getUrl: (_frame, payload) => getUrl(fieldsOf(payload)),
  reload() {
    window.location.reload();
  },
  openModal: (frame, payload) => openModal(frame, fieldsOf(payload)),
  emit,
  on: listen,
  setWorkflowRuleConfigurationCallback(frame, payload) {
    // Two shapes are known: {data: {onConfigure}} of the documentation, {onConfigure} of older packages.
    const given = fieldsOf(payload);
    const run = fieldsOf(given['data'])['onConfigure'] ?? given['onConfigure'];
    if (!isRun(run)) throw new Error('onConfigure is a function.');
    frame.onConfigure = run;
  },
  emitReadyEvent: () => undefined,
};
