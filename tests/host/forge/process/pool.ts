import { fork, type ChildProcess } from 'node:child_process';
import { dirname } from 'node:path';
import type { ExitAnswer, ExitCall, FromChild, ThrownError, ToChild } from './messages';

/** How an invocation ended. Only `returned` is an answer; `crashed` and `timed-out` are the platform's errors. */
export type Outcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: ThrownError }
  | { readonly kind: 'crashed'; readonly reason: string }
  | { readonly kind: 'timed-out'; readonly seconds: number };

export interface Invocation {
  readonly token: string;
  readonly handler: string;
  readonly args: readonly unknown[];
  readonly runtime: Readonly<Record<string, unknown>>;
  readonly limitMillis: number;
  /** Answers a call of the app; returning `'kill'` ends the process instead, the call undone. */
  readonly onCall: (call: ExitCall) => Promise<ExitAnswer | 'kill'>;
  readonly onLog: (line: string) => void;
}

export interface PoolOptions {
  /** The app's bundle, `index.cjs`. */
  readonly bundle: string;
  /** The built child.ts. */
  readonly childScript: string;
  readonly memoryMB: number;
  readonly offset: () => number;
}

const MOST_IDLE = 3;

/**
 * The app's processes. Each loads the bundle once and serves one invocation at a time, as a Forge container does; idle
 * ones are used again (warm start). More are started when all are busy, so an invocation that makes Jira call another
 * function never waits for itself. A process that crashed or overran its time is gone, the next call gets a new one.
 */
export class HandlerPool {
  readonly #all = new Set<HandlerProcess>();
  #stopped = false;

  constructor(private readonly options: PoolOptions) {}

  /** Runs one invocation to its end; never rejects. Time limits are in real time. */
  async run(invocation: Invocation): Promise<Outcome> {
    if (this.#stopped) return { kind: 'crashed', reason: 'the site is stopping' };
    const idle = [...this.#all].find((process) => process.idle);
    const process = idle ?? this.#start();
    const outcome = await process.run(invocation, this.options.offset());
    const spare = [...this.#all].filter((other) => other.idle);
    for (const other of spare.slice(MOST_IDLE)) void other.kill();
    return outcome;
  }

  /** Starts a process ahead of need. */
  warm(): void {
    if (this.#all.size === 0) this.#start();
  }

  /** Tells every process how far the site's clock is from the machine's. */
  clockMoved(): void {
    for (const process of this.#all) process.tell({ kind: 'clock', offset: this.options.offset() });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#all].map((process) => process.kill()));
  }

  /** Process ids, for tests that end them from outside. */
  pids(): readonly number[] {
    return [...this.#all].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  #start(): HandlerProcess {
    const process = new HandlerProcess(this.options, () => this.#all.delete(process));
    this.#all.add(process);
    return process;
  }
}

class HandlerProcess {
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;
  #current: { readonly invocation: Invocation; readonly end: (outcome: Outcome) => void } | undefined;
  #unloadable: ThrownError | undefined;
  #alive = true;
  #doomed = false;

  constructor(options: PoolOptions, onGone: () => void) {
    const folders = [dirname(options.bundle), dirname(options.childScript)].map((folder) => `${folder}/*`);
    this.#child = fork(options.childScript, [options.bundle], {
      // Files outside the bundle, child processes and add-ons are refused by Node; Worker is for the watchdog only.
      execArgv: [
        '--no-warnings',
        '--permission',
        '--allow-worker',
        ...folders.map((folder) => `--allow-fs-read=${folder}`),
        `--max-old-space-size=${options.memoryMB}`,
      ],
      env: { TZ: 'UTC', LANG: 'C.UTF-8' },
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.#log(text));
    }
    this.#child.on('message', (message: FromChild) => this.#heard(message));
    this.#gone = new Promise((resolve) => {
      const end = (why: string): void => {
        this.#alive = false;
        onGone();
        this.#finish({ kind: 'crashed', reason: why });
        resolve();
      };
      this.#child.once('exit', (code, signal) => end(`the process ended (${signal ?? `exit code ${code ?? '?'}`})`));
      this.#child.once('error', (error) => end(error.message));
    });
  }

  get idle(): boolean {
    return this.#alive && !this.#doomed && this.#current === undefined;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async run(invocation: Invocation, offset: number): Promise<Outcome> {
    let timer: NodeJS.Timeout | undefined;
    const outcome = await new Promise<Outcome>((end) => {
      this.#current = { invocation, end };
      if (this.#unloadable !== undefined) {
        this.#refuseToLoad(this.#unloadable);
        return;
      }
      timer = setTimeout(() => {
        void this.kill();
        this.#finish({ kind: 'timed-out', seconds: invocation.limitMillis / 1000 });
      }, invocation.limitMillis);
      const { token, handler, args, runtime, limitMillis } = invocation;
      this.tell({ kind: 'invoke', token, handler, args, runtime, millis: limitMillis, offset });
    });
    clearTimeout(timer);
    return outcome;
  }

  tell(message: ToChild): void {
    // A process that is gone is reported by its exit.
    if (this.#alive && this.#child.connected) this.#child.send(message, () => undefined);
  }

  async kill(): Promise<void> {
    // It takes a moment to die; nobody may be given it meanwhile.
    this.#doomed = true;
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  #finish(outcome: Outcome): void {
    const { end } = this.#current ?? {};
    this.#current = undefined;
    end?.(outcome);
  }

  #refuseToLoad(error: ThrownError): void {
    void this.kill();
    this.#finish({ kind: 'crashed', reason: `the bundle does not load: ${error.message}` });
  }

  #log(text: string): void {
    for (const line of text.split('\n')) if (line !== '') this.#current?.invocation.onLog(line);
  }

  #heard(message: FromChild): void {
    if (message.kind === 'ready') return;
    if (message.kind === 'unloadable') {
      this.#unloadable = message.error;
      if (this.#current !== undefined) this.#refuseToLoad(message.error);
      return;
    }
    const current = this.#current?.invocation;
    if (message.kind === 'call') return void this.#call(message, current);
    // Something left over of an invocation that is already answered.
    if (message.token !== current?.token) return;
    if (message.kind === 'threw') {
      this.#finish({ kind: 'threw', error: message.error });
      return;
    }
    const value: unknown = message.json === undefined ? undefined : JSON.parse(message.json);
    this.#finish({ kind: 'returned', value });
  }

  async #call(message: FromChild & { readonly kind: 'call' }, current: Invocation | undefined): Promise<void> {
    if (message.token !== current?.token) {
      const body = JSON.stringify({ code: 'INVOCATION_ENDED', message: 'The invocation that asks has ended.' });
      this.tell({ kind: 'answer', call: message.call, status: 401, headers: {}, body });
      return;
    }
    const answer = await current.onCall(message);
    if (answer === 'kill') return this.kill();
    this.tell({ kind: 'answer', call: message.call, ...answer });
  }
}
