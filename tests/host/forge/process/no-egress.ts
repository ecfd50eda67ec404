import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import workers from 'node:worker_threads';

/** As on Forge, where an address missing from `permissions.external.fetch.backend` is refused with this code. */
export class EgressRefused extends Error {
  readonly code = 'REQUEST_EGRESS_ALLOWLIST_ERR';
  constructor(target: string) {
    super(`URL not included in the external fetch backend permissions: ${target}. The app declares no egress.`);
    this.name = 'EgressRefused';
  }
}

/**
 * Closes every way to the network. Files, child processes and native code are closed by Node's own permission model,
 * with which the process is started; sockets are not part of it in Node 24, so they are closed here.
 */
export function refuseEgress(): void {
  globalThis.fetch = (input) => Promise.reject(new EgressRefused(input instanceof Request ? input.url : String(input)));
  for (const name of ['WebSocket', 'EventSource']) Reflect.deleteProperty(globalThis, name);
  const refuse = (): never => {
    throw new EgressRefused('a socket');
  };
  Object.defineProperty(net.Socket.prototype, 'connect', { value: refuse });
  Object.defineProperty(net.Server.prototype, 'listen', { value: refuse });
  for (const [module, names] of [
    [dgram, ['createSocket']],
    [dns, ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveTxt']],
    [workers, ['Worker']],
  ] as const) {
    for (const name of names) Object.defineProperty(module, name, { value: refuse, configurable: true });
  }
}
