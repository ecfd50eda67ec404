/**
 * Runs in the app's own process: loads each of the app's bundles once and calls its handlers. Stands in for the node runtime (loader
 * and wrapper) that Forge fetches from its CDN; what is written here is inferred from the SDKs' side of the contract.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { installSiteDate } from './site-date';
import { refuseEgress } from './no-egress';
import { watchParent } from './watchdog';
import { carried, Exit } from './exit';
import type { FromChild, InvokeMessage, ThrownError, ToChild } from './messages';

type Handler = (...args: readonly unknown[]) => unknown;

function start(bundle: string): void {
  const channel = process.send?.bind(process);
  if (channel === undefined) throw new Error('The handler process is started by the site.');
  // The app gets no hold of the channel.
  Reflect.deleteProperty(process, 'send');
  const send = (message: FromChild): void => void channel(message);
  watchParent();
  refuseEgress();
  const setOffset = installSiteDate();
  const exit = new Exit(send);
  exit.install();
  const bundles = new Bundles(dirname(bundle));
  try {
    bundles.load('index');
  } catch (error) {
    send({ kind: 'unloadable', error: thrown(error) });
  }
  process.on('message', (message: ToChild) => {
    if (message.kind === 'clock') setOffset(message.offset);
    else if (message.kind === 'answer') exit.answer(message.call, message);
    else {
      setOffset(message.offset);
      void run(message, bundles, send);
    }
  });
  send({ kind: 'ready' });
}

/** Each handler file of the manifest (`jobs` in `jobs.changeJob`) is a bundle of its own, loaded when first called. */
class Bundles {
  readonly #loaded = new Map<string, Readonly<Record<string, unknown>>>();

  constructor(private readonly folder: string) {}

  load(name: string): Readonly<Record<string, unknown>> {
    const known = this.#loaded.get(name);
    if (known !== undefined) return known;
    const file = join(this.folder, `${name}.cjs`);
    const loaded = createRequire(file)(file) as Readonly<Record<string, unknown>>;
    this.#loaded.set(name, loaded);
    return loaded;
  }
}

async function run(message: InvokeMessage, bundles: Bundles, send: (message: FromChild) => void): Promise<void> {
  const { token } = message;
  try {
    const [file = '', name = ''] = message.handler.split('.');
    const handler = bundles.load(file)[name];
    if (typeof handler !== 'function') throw new Error(`The bundle exports no function ${name}.`);
    const result = await carried.run({ token, runtime: runtimeOf(message) }, async () => {
      return await (handler as Handler)(...message.args);
    });
    const json = JSON.stringify(result) as string | undefined;
    send({ kind: 'returned', token, ...(json === undefined ? {} : { json }) });
  } catch (error) {
    send({ kind: 'threw', token, error: thrown(error) });
  }
}

/** The functions that the SDKs expect on the runtime; metrics go nowhere, as the app cannot read them either. */
function runtimeOf({ runtime, millis }: InvokeMessage): Readonly<Record<string, unknown>> {
  const deadline = performance.now() + millis;
  return {
    ...runtime,
    lambdaContext: { getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()) },
    metrics: {
      counter: () => ({ incr: () => undefined, decr: () => undefined }),
      timing: () => ({ measure: () => ({ stop: () => undefined }) }),
    },
  };
}

/** NeedsAuthenticationError of the SDK has no stack; anything may be thrown. */
function thrown(error: unknown): ThrownError {
  if (!(error instanceof Error)) return { name: typeof error, message: String(error), stack: '' };
  const stack: unknown = error.stack;
  return { name: error.name, message: error.message, stack: typeof stack === 'string' ? stack : '' };
}

const bundle = process.argv[2];
if (bundle === undefined) throw new Error('Name the bundle.');
start(bundle);
