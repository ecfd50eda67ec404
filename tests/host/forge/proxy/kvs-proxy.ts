import type { Faults } from '../faults';
import type { Meter } from '../meter';
import type { ExitAnswer, ExitCall } from '../process/messages';
import { StorageRefusal } from '../storage/refusal';
import { isWrite, type StorageService } from '../storage/service';
import { jsonAnswer } from './answer';
import type { Caller } from './caller';

const FAULTY = { code: 'INTERNAL_SERVER_ERROR', message: 'Injected fault.' };

/** Forge's storage for the app: needs storage:app, counts what is used, injects faults. */
export class KvsProxy {
  constructor(
    private readonly storage: StorageService,
    private readonly faults: Faults,
    private readonly meter: Meter,
  ) {}

  /** `'kill'` when the fault plan ends the process at this call; the call is not done. */
  call(caller: Caller, call: ExitCall): ExitAnswer | 'kill' {
    if (!caller.scopes.includes('storage:app')) {
      return jsonAnswer(403, { code: 'FORBIDDEN', message: 'The manifest lacks the scope storage:app.' });
    }
    if (this.faults.crashesNow()) return 'kill';
    const path = call.path.replace(/^\/api\/v1\//, '');
    const write = isWrite(path);
    const fault = this.faults.ofCall('kvs', write);
    if (fault === 'throttle') return jsonAnswer(429, { code: 'RATE_LIMIT_EXCEEDED', message: 'Injected fault.' });
    if (fault === 'fail') return jsonAnswer(500, FAULTY);
    const answer = this.#done(caller, path, write, call.body);
    return fault === 'fail-after-write' ? jsonAnswer(500, FAULTY) : answer;
  }

  #done(caller: Caller, path: string, write: boolean, bytes: Uint8Array): ExitAnswer {
    try {
      const body: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
      const answer = this.storage.call(path, body);
      this.meter.kvsCall(caller.usage, { write, items: answer.items, bytes: answer.bytes });
      return jsonAnswer(200, answer.body);
    } catch (error) {
      if (error instanceof StorageRefusal) {
        this.meter.kvsCall(caller.usage, { write, items: 1, bytes: 0 });
        return jsonAnswer(error.status, { code: error.code, message: error.message });
      }
      if (error instanceof SyntaxError) return jsonAnswer(400, { code: 'INVALID_REQUEST', message: error.message });
      throw error;
    }
  }
}
