/**
 * The app's storage port on the real @forge/kvs, over the site's storage service, held to the same contract as the
 * in-memory store that unit tests use.
 */
import type { Store } from '../../../src/ports/ports';
import { describeExpiry, describeStore, type StoreUnderTest } from '../../contract/store-contract';
import { openClock } from '../clock';
import { openDatabase } from '../database';
import { StorageRefusal } from './storage/refusal';
import { StorageService } from './storage/service';

let storage: StorageService;

const answer = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** The single exit that the SDK uses, without a process in between. */
function exit(_: unknown, path: string, init: { body: string }): Promise<Response> {
  try {
    const done = storage.call(path.replace(/^\/?api\/v1\//, ''), JSON.parse(init.body));
    return Promise.resolve(answer(200, done.body));
  } catch (failure) {
    if (!(failure instanceof StorageRefusal)) throw failure;
    return Promise.resolve(answer(failure.status, { code: failure.code, message: failure.message }));
  }
}

Object.assign(globalThis, {
  __forge_runtime__: { proxy: { url: 'http://127.0.0.1', token: '' }, tracing: {}, appContext: {}, metrics: {} },
  __forge_fetch__: exit,
});

async function open(): Promise<StoreUnderTest> {
  let machine = Date.parse('2026-03-02T09:00:00.000Z');
  const { database, transaction } = openDatabase(':memory:');
  const clock = openClock(database, () => machine);
  storage = new StorageService({ database, transaction, clock }, []);
  // Imported here: the SDK looks at its globals while it loads.
  const { forgeStore }: { forgeStore: Store } = await import('../../../src/forge/store');
  return {
    store: forgeStore,
    moveClock: (seconds) => {
      machine += seconds * 1_000;
    },
    settle: () => {
      machine += 2_000;
      return Promise.resolve();
    },
  };
}

describeStore('on @forge/kvs', open);
describeExpiry('on @forge/kvs', open);
