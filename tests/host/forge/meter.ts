/** What one invocation used. */
export interface Usage {
  jiraCalls: number;
  kvsReads: number;
  /** Requests that read, however many items each brought. */
  kvsReadCalls: number;
  /** Milliseconds from a call's arrival at Jira's side to its answer. */
  jiraMs: number;
  kvsWrites: number;
  kvsBytes: number;
}

export const noUsage = (): Usage => ({
  jiraCalls: 0,
  jiraMs: 0,
  kvsReads: 0,
  kvsReadCalls: 0,
  kvsWrites: 0,
  kvsBytes: 0,
});

interface HandlerFigures extends Usage {
  invocations: number;
  ms: number;
  failed: number;
  last: Usage & { readonly ms: number; readonly outcome: string };
}

/** Counts since the site was started. Only what the app does is counted, not calls from outside. */
export class Meter {
  readonly #jira = new Map<string, number>();
  readonly #handlers = new Map<string, HandlerFigures>();
  readonly #kvs = { reads: 0, writes: 0, readBytes: 0, writtenBytes: 0 };

  jiraCall(usage: Usage, method: string, template: string): void {
    usage.jiraCalls += 1;
    const path = `${method} ${template}`;
    this.#jira.set(path, (this.#jira.get(path) ?? 0) + 1);
  }

  /** One item read or written is one; a batch of five is five. */
  kvsCall(usage: Usage, call: { readonly write: boolean; readonly items: number; readonly bytes: number }): void {
    usage.kvsBytes += call.bytes;
    if (call.write) {
      usage.kvsWrites += call.items;
      this.#kvs.writes += call.items;
      this.#kvs.writtenBytes += call.bytes;
    } else {
      usage.kvsReads += call.items;
      usage.kvsReadCalls += 1;
      this.#kvs.reads += call.items;
      this.#kvs.readBytes += call.bytes;
    }
  }

  invocation(functionKey: string, usage: Usage, ms: number, outcome: string): void {
    const figures = this.#handlers.get(functionKey) ?? {
      ...noUsage(),
      invocations: 0,
      ms: 0,
      failed: 0,
      last: { ...noUsage(), ms: 0, outcome: '' },
    };
    figures.invocations += 1;
    figures.ms += ms;
    if (outcome !== 'returned') figures.failed += 1;
    for (const name of ['jiraCalls', 'jiraMs', 'kvsReads', 'kvsReadCalls', 'kvsWrites', 'kvsBytes'] as const)
      figures[name] += usage[name];
    figures.last = { ...usage, ms, outcome };
    this.#handlers.set(functionKey, figures);
  }

  report() {
    const jiraCalls = [...this.#jira.values()].reduce((sum, calls) => sum + calls, 0);
    return {
      jira: { calls: jiraCalls, byPath: Object.fromEntries([...this.#jira].sort(([a], [b]) => (a < b ? -1 : 1))) },
      kvs: { ...this.#kvs, bytes: this.#kvs.readBytes + this.#kvs.writtenBytes },
      handlers: structuredClone(Object.fromEntries(this.#handlers)),
    };
  }
}
