/**
 * `window.__bridge` inside a frame: what @forge/bridge and @forge/jira-bridge bind to when they are loaded. Stands in for
 * Atlassian's global bridge script; runs as a classic script before the app's modules. Every command goes to the page
 * around, except theming, which is about this document alone.
 */
import { OPEN, READY, Rpc } from './rpc';

interface Theme {
  readonly colorMode: 'light' | 'dark';
}

const isTheme = (value: unknown): value is Theme =>
  typeof value === 'object' &&
  value !== null &&
  'colorMode' in value &&
  (value.colorMode === 'light' || value.colorMode === 'dark');

const KNOCK_MS = 40;

function start(hostOrigin: string): void {
  let themed = false;
  const applyTheme = (theme: unknown): void => {
    if (!themed || !isTheme(theme)) return;
    const root = document.documentElement;
    root.dataset['theme'] = 'light:light dark:dark spacing:spacing shape:shape typography:typography';
    root.dataset['colorMode'] = theme.colorMode;
  };
  const post = (message: unknown): void => window.parent.postMessage(message, hostOrigin);
  const early: unknown[] = [];
  let open = false;
  const knock = window.setInterval(() => post(READY), KNOCK_MS);
  post(READY);
  const rpc: Rpc = new Rpc(
    (message) => (open ? post(message) : void early.push(message)),
    (command, payload) => {
      if (command !== 'theme') throw new Error(`The frame knows no command ${command}.`);
      applyTheme(payload);
    },
  );
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== hostOrigin) return;
    if (event.data !== OPEN) rpc.receive(event.data);
    else if (!open) {
      open = true;
      window.clearInterval(knock);
      early.forEach(post);
    }
  });

  const enableTheming = async (): Promise<void> => {
    const theme = await rpc.call('readTheme');
    await new Promise<void>((loaded) => {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = new URL('./bridge/theme.css', document.baseURI).href;
      link.onload = () => loaded();
      link.onerror = () => loaded();
      document.head.append(link);
    });
    themed = true;
    applyTheme(theme);
  };

  const callBridge = (command: string, payload?: unknown): Promise<unknown> =>
    command === 'enableTheming' ? enableTheming() : rpc.call(command, payload);
  Object.defineProperty(window, '__bridge', { value: Object.freeze({ callBridge }), writable: false });

  const report = (): void => {
    const height = document.documentElement.offsetHeight;
    void rpc.call('resize', { height }).catch(() => undefined);
  };
  document.addEventListener('DOMContentLoaded', () => {
    new ResizeObserver(report).observe(document.documentElement);
    report();
  });
}

const host = document.currentScript instanceof HTMLScriptElement ? document.currentScript.dataset['host'] : undefined;
if (host !== undefined && window.parent !== window) start(host);
