/**
 * Calls between a page and a frame, the same on both sides. Payloads and results may hold functions, as the bridge's
 * do: a function crosses as an id, and calling it on the other side is a message back.
 */

/** A frame says READY until the page, which may be slower, answers OPEN; before that nothing is sent. */
export const READY = 'bridge:ready';
export const OPEN = 'bridge:open';

type Handler = (command: string, payload: unknown) => unknown;

interface Message {
  readonly bridge: 1;
  readonly id: number;
  readonly command?: string;
  /** The function of ours that the other side calls. */
  readonly run?: number;
  readonly payload?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
  readonly kind: 'call' | 'run' | 'answer';
}

const isFunction = (value: unknown): value is (...given: unknown[]) => unknown => typeof value === 'function';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A plain object of whatever realm; a Blob or a list of bytes is none and crosses as it is. */
const isPlain = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && Object.prototype.toString.call(value) === '[object Object]';

function isMessage(value: unknown): value is Message {
  return (
    isRecord(value) && value['bridge'] === 1 && typeof value['id'] === 'number' && typeof value['kind'] === 'string'
  );
}

const FUNCTION = '$function';
const PLAIN = '$plain';

export class Rpc {
  readonly #functions: ((...given: unknown[]) => unknown)[] = [];
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #next = 0;
  #closed = false;

  /** `post` sends one structured-clone message to the other side; `receive` is to be given each message from there. */
  constructor(
    private readonly post: (message: unknown) => void,
    private readonly handle: Handler,
  ) {}

  /** Runs a command on the other side. Rejects with its error, or when the other side is gone. */
  call(command: string, payload?: unknown): Promise<unknown> {
    return this.#send({ kind: 'call', command, payload: this.#pack(payload) });
  }

  receive(message: unknown): void {
    if (!isMessage(message)) return;
    if (message.kind === 'answer') this.#settle(message);
    else void this.#answer(message);
  }

  /** The other side is gone: whoever still waits is told. */
  close(): void {
    this.#closed = true;
    for (const { reject } of this.#waiting.values()) reject(new Error('The frame was closed.'));
    this.#waiting.clear();
  }

  #send(message: Pick<Message, 'kind' | 'command' | 'run' | 'payload'>): Promise<unknown> {
    if (this.#closed) return Promise.reject(new Error('The frame was closed.'));
    const id = (this.#next += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.post({ ...message, bridge: 1, id });
    });
  }

  #settle({ id, result, error }: Message): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(this.#unpack(result));
    else waiting?.reject(Object.assign(new Error(error.message), { name: error.name }));
  }

  async #answer(message: Message): Promise<void> {
    try {
      const result: unknown = await this.#perform(message);
      this.post({ bridge: 1, kind: 'answer', id: message.id, result: this.#pack(result) });
    } catch (cause) {
      const error =
        cause instanceof Error
          ? { name: cause.name, message: cause.message }
          : { name: 'Error', message: String(cause) };
      this.post({ bridge: 1, kind: 'answer', id: message.id, error });
    }
  }

  #perform(message: Message): unknown {
    const payload = this.#unpack(message.payload);
    if (message.kind === 'call') return this.handle(message.command ?? '', payload);
    const run = this.#functions[message.run ?? -1];
    if (run === undefined) throw new Error('There is no such function.');
    return run(...(Array.isArray(payload) ? (payload as readonly unknown[]) : []));
  }

  /** A function becomes its id; an object that only looks like one of ours is wrapped, so that data stays data. */
  #pack(value: unknown): unknown {
    if (isFunction(value)) {
      const run = value;
      return { [FUNCTION]: this.#functions.push((...given) => run(...given)) - 1 };
    }
    if (Array.isArray(value)) return value.map((each) => this.#pack(each));
    if (!isPlain(value)) return value;
    const packed = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.#pack(each)]));
    return FUNCTION in value || PLAIN in value ? { [PLAIN]: packed } : packed;
  }

  #unpack(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#unpack(each));
    if (!isPlain(value)) return value;
    const [run, plain] = [value[FUNCTION], value[PLAIN]];
    if (typeof run === 'number')
      return (...given: unknown[]) => this.#send({ kind: 'run', run, payload: this.#pack(given) });
    const inner = isPlain(plain) ? plain : value;
    return Object.fromEntries(Object.entries(inner).map(([name, each]) => [name, this.#unpack(each)]));
  }
}
