import * as z from 'zod/mini';
import type { ForgePlatform, JiraSite, SiteParts } from '../contract';
import { Events } from './delivery/events';
import { JobQueue } from './delivery/jobs';
import { DeliveryRows, type Delivery } from './delivery/rows';
import { Schedule } from './delivery/schedule';
import { DrainTimeout, Worker } from './delivery/worker';
import { Faults } from './faults';
import { forgeSeconds, Invoker, type SecondsFor } from './invoker';
import { Licence } from './licence';
import { Log } from './log';
import { modulesForJira, type Manifest } from './manifest';
import { Meter } from './meter';
import { HandlerPool } from './process/pool';
import { JiraProxy } from './proxy/jira-proxy';
import { KvsProxy } from './proxy/kvs-proxy';
import { Proxy } from './proxy/proxy';
import { Stargate } from './proxy/stargate';
import { InvokeRefusal } from './refusal';
import { Resolvers, valueOf } from './resolvers';
import { StorageService } from './storage/service';
import { Surfaces } from './surfaces';
import { WebTriggers } from './web-triggers';

export interface ForgeOptions {
  readonly parts: SiteParts;
  readonly manifest: Manifest;
  /** The app's `index.cjs`, and the built process/child.ts. */
  readonly bundle: string;
  readonly childScript: string;
  /** Asked for at the first call, as Jira needs the platform to be made. */
  readonly jira: () => JiraSite;
  readonly baseUrl: () => string;
  readonly secondsFor?: SecondsFor;
  /** Problems of the site that nobody is waiting for. */
  readonly report?: (problem: string) => void;
}

/** Everything of the platform; the contract's part and what the site's own routes and tests use besides. */
export interface Forge extends ForgePlatform {
  readonly storage: StorageService;
  readonly faults: Faults;
  readonly licence: Licence;
  readonly log: Log;
  readonly pool: HandlerPool;
  /** Starts the deliveries; before that everything is only kept. */
  start(): void;
  setClock(now: Date): void;
  /** Whether scheduled triggers are kept from coming due. */
  holdSchedule(held: boolean): void;
  meter(): ReturnType<Meter['report']> & { readonly deliveries: ReturnType<DeliveryRows['counts']> };
  dead(): ReturnType<DeliveryRows['dead']>;
  drain(mostMillis?: number): ReturnType<ForgePlatform['drain']>;
}

const DRAIN_MILLIS = 60_000;
const verdict = z.object({ result: z.boolean(), errorMessage: z.optional(z.string()) });

/** Puts the platform together on a site's database and clock. Nothing runs until `start`. */
export function createForge(options: ForgeOptions): Forge {
  const { parts, manifest, jira, baseUrl } = options;
  const report = options.report ?? ((problem) => console.error(problem));
  const [faults, meter, log, licence] = [new Faults(), new Meter(), new Log(), new Licence()];
  const storage = new StorageService(parts, manifest.app.storage?.entities ?? []);
  const rows = new DeliveryRows(parts);
  const wake = (): void => worker.wake();
  const queue = new JobQueue(parts, rows, faults, wake);
  const events = new Events(manifest, rows, faults, wake);
  const pool = new HandlerPool({
    bundle: options.bundle,
    childScript: options.childScript,
    memoryMB: manifest.app.runtime.memoryMB ?? 512,
    offset: () => parts.clock.offset(),
  });
  const proxy = new Proxy(
    new JiraProxy(jira, faults, meter),
    new KvsProxy(storage, faults, meter),
    new Stargate(manifest, queue, faults, baseUrl, jira),
  );
  const invoker = new Invoker(manifest, pool, proxy, meter, log, options.secondsFor ?? forgeSeconds, licence);
  const schedule = new Schedule(manifest, rows);
  const worker = new Worker(rows, schedule, (delivery, payload) => invoker.call(callOf(delivery, payload)), report);
  const surfaces = new Surfaces(manifest, jira, baseUrl);
  const resolvers = new Resolvers(surfaces, invoker);
  const webTriggers = new WebTriggers(manifest, invoker);

  return {
    storage,
    faults,
    licence,
    log,
    pool,
    modules: modulesForJira(manifest),
    runValidator: (moduleKey, payload) => runValidator(manifest, invoker, moduleKey, payload),
    callPostFunction: (moduleKey, payload) => events.callPostFunction(moduleKey, payload),
    emit: (eventType, payload) => events.emit(eventType, payload),
    invoke: (call) => resolvers.invoke(call),
    invokeRaw: (call) => resolvers.invokeRaw(call),
    webTrigger: (moduleKey, request) => webTriggers.call(moduleKey, request),
    scheduled: (moduleKey) => runScheduled(manifest, invoker, schedule, moduleKey),
    frameContext: (moduleKey, accountId, context) =>
      surfaces.frameContext(moduleKey, accountId, surfaces.extension(moduleKey, context)),
    fetchProduct: (accountId, request) => jira().handle({ ...request, actor: { kind: 'user', accountId } }),
    meter: () => ({ ...meter.report(), deliveries: rows.counts() }),
    dead: () => rows.dead(),
    start() {
      pool.warm();
      worker.start();
    },
    async drain(mostMillis = DRAIN_MILLIS) {
      const counts = await worker.drain(mostMillis);
      storage.items.settle();
      return counts;
    },
    setClock(now) {
      const back = now.getTime() - parts.clock.now().getTime();
      parts.transaction(() => {
        parts.clock.set(now);
        if (back < 0) rows.shift(back);
      });
      pool.clockMoved();
      worker.wake();
    },
    holdSchedule(held) {
      schedule.held = held;
    },
    async stop() {
      worker.stop();
      await pool.stop();
    },
  };
}

/** Only what an app may return from a validator counts; everything else rejects, and Jira refuses the transition. */
async function runValidator(manifest: Manifest, invoker: Invoker, moduleKey: string, payload: unknown) {
  const module = manifest.modules['jira:workflowValidator'].find(({ key }) => key === moduleKey);
  if (module?.function === undefined) throw new Error(`The manifest has no function validator ${moduleKey}.`);
  const outcome = await invoker.call({ functionKey: module.function, moduleKey, use: 'validator', payload });
  const { result, errorMessage } = verdict.parse(valueOf(outcome));
  return { result, ...(errorMessage === undefined ? {} : { errorMessage }) };
}

async function runScheduled(manifest: Manifest, invoker: Invoker, schedule: Schedule, moduleKey: string) {
  const module = manifest.modules.scheduledTrigger.find(({ key }) => key === moduleKey);
  if (module === undefined)
    throw new InvokeRefusal(404, 'unknown-module', `There is no scheduled trigger ${moduleKey}.`);
  const payload = schedule.payload(moduleKey);
  return valueOf(await invoker.call({ functionKey: module.function, moduleKey, use: 'background', payload }));
}

function callOf({ kind, functionKey, moduleKey, isCopy }: Delivery, payload: Record<string, unknown>) {
  const use = kind === 'event' ? 'trigger' : kind === 'post-function' ? 'postFunction' : 'background';
  return { functionKey, moduleKey, use, payload, isCopy } as const;
}

export { DrainTimeout, InvokeRefusal };
