import type { Faults } from '../faults';
import { moduleAri, SITE, type Manifest } from '../manifest';
import { jitter } from './jitter';
import type { DeliveryRows } from './rows';

const SHUFFLE_MILLIS = 2000;
const USUAL_MILLIS = 120;

/** Product events that need another scope than read:jira-work. */
const EVENT_SCOPES: Readonly<Record<string, string>> = { 'avi:jira:failed:expression': 'manage:jira-configuration' };

/**
 * Product events and post functions. Both are written in the database transaction of the change that caused them, and
 * delivered later, at least once, in no guaranteed order (Forge "Events"; "Jira workflow post function").
 */
export class Events {
  readonly #random = jitter();

  constructor(
    private readonly manifest: Manifest,
    private readonly rows: DeliveryRows,
    private readonly faults: Faults,
    private readonly wake: () => void,
  ) {}

  /** For every trigger of the event, unless its filter says ignoreSelf and the app itself caused it. */
  emit(eventType: string, payload: Readonly<Record<string, unknown>>): void {
    const scope = EVENT_SCOPES[eventType] ?? 'read:jira-work';
    if (!this.manifest.permissions.scopes.includes(scope)) return;
    for (const trigger of this.manifest.modules.trigger) {
      if (!trigger.events.includes(eventType)) continue;
      if (trigger.filter?.ignoreSelf === true && payload['selfGenerated'] === true) continue;
      this.#owe('event', trigger.key, trigger.function, { ...payload, eventType });
    }
  }

  callPostFunction(moduleKey: string, payload: unknown): void {
    const module = this.manifest.modules['jira:workflowPostFunction'].find(({ key }) => key === moduleKey);
    if (module?.function === undefined) throw new Error(`The manifest has no post function ${moduleKey}.`);
    this.#owe('post-function', module.key, module.function, Object(payload) as Record<string, unknown>);
  }

  #owe(
    kind: 'event' | 'post-function',
    moduleKey: string,
    functionKey: string,
    payload: Record<string, unknown>,
  ): void {
    const fault = this.faults.ofDelivery('event');
    const context = { cloudId: SITE.cloudId, moduleKey: moduleAri(this.manifest, moduleKey) };
    for (let copy = 0; copy < fault.copies; copy += 1) {
      this.rows.add({
        kind,
        moduleKey,
        functionKey,
        payload: { timestamp: String(this.rows.now()), context, ...payload },
        dueAt: this.rows.now() + fault.delayMs + this.#random() * (fault.shuffle ? SHUFFLE_MILLIS : USUAL_MILLIS),
        jobId: null,
        concurrency: null,
        isCopy: copy > 0,
      });
    }
    if (fault.copies > 0) this.wake();
  }
}
