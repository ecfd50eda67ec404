import { AsyncLocalStorage } from 'node:async_hooks';
import type { Descriptor, ExitAnswer, FromChild } from './messages';

/** What one invocation carries along every asynchronous step of its own, and of no other. */
export interface Carried {
  readonly token: string;
  readonly runtime: Readonly<Record<string, unknown>>;
}

export const carried = new AsyncLocalStorage<Carried>();

type Send = (message: FromChild) => void;

/**
 * The two globals through which the Forge SDKs reach the platform. `__forge_runtime__` is a getter, so that two
 * invocations in one process each see their own; `__forge_fetch__` is the only exit.
 */
export class Exit {
  readonly #waiting = new Map<number, (answer: ExitAnswer) => void>();
  #calls = 0;

  constructor(private readonly send: Send) {}

  install(): void {
    Object.defineProperty(globalThis, '__forge_runtime__', { get: () => carried.getStore()?.runtime });
    Object.defineProperty(globalThis, '__forge_fetch__', {
      value: (descriptor: Descriptor, path: string, init?: RequestInit) => this.#fetch(descriptor, path, init),
    });
  }

  answer(call: number, answer: ExitAnswer): void {
    this.#waiting.get(call)?.(answer);
    this.#waiting.delete(call);
  }

  async #fetch(descriptor: Descriptor, path: string, init: RequestInit = {}): Promise<Response> {
    const store = carried.getStore();
    if (store === undefined) throw new Error('Called outside of an invocation.');
    // Request turns every kind of body (text, form, blob, bytes) into bytes and sets the content type that goes with it.
    const request = new Request('http://platform.invalid/', { method: 'POST', ...init });
    const body = new Uint8Array(await request.arrayBuffer());
    this.#calls += 1;
    const call = this.#calls;
    const answered = new Promise<ExitAnswer>((resolve) => this.#waiting.set(call, resolve));
    this.send({
      kind: 'call',
      token: store.token,
      call,
      descriptor: { ...descriptor },
      path,
      method: init.method ?? 'GET',
      headers: Object.fromEntries(request.headers),
      body,
    });
    const { status, headers, body: bytes } = await answered;
    const empty = status === 204 || status === 304 || bytes.length === 0;
    return new Response(empty ? null : typeof bytes === 'string' ? bytes : new Uint8Array(bytes), { status, headers });
  }
}
