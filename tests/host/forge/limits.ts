/** Forge's limits, each with the page that states it (developer.atlassian.com/platform/forge). */

/** Seconds of real time a function may run, by what calls it ("Invocation limits"). */
export const SECONDS = {
  resolver: 25,
  validator: 25,
  trigger: 25,
  postFunction: 25,
  webTrigger: 55,
  /** Without timeoutSeconds; with it up to `longest`. */
  background: 55,
  longest: 900,
} as const;

/** "Invocation limits": payload of a front-end invocation, its response, request of a web trigger; in bytes. */
export const PAYLOAD = { request: 500 * 1024, response: 5 * 1024 * 1024, webTrigger: 5 * 1024 * 1024 } as const;

/** "Key-Value Store limits" and "Transactions". */
export const KVS = {
  valueBytes: 240 * 1024,
  secretBytes: 128 * 1024,
  keyLength: 500,
  depth: 31,
  keyPattern: /^(?!\s+$)[a-zA-Z0-9:._\s\-#]+$/,
  operations: 25,
  transactionBytes: 4 * 1024 * 1024,
  batch: 25,
  page: { standard: 10, most: 100 },
  conditions: 100,
  ttlSeconds: 366 * 24 * 3600,
} as const;

/** "Async events": one push, one event, its delay; how long a job is retried. */
export const QUEUE = {
  events: 50,
  pushBytes: 200 * 1024,
  longEventBytes: 100 * 1024,
  delaySeconds: 900,
  windowMillis: 24 * 3600 * 1000,
  longestBackoffSeconds: 900,
} as const;

/** "Events": how often a product event is retried, and what the app may send along. */
export const EVENT = { retries: 4, retryAfterSeconds: 900, retryDataBytes: 4 * 1024 } as const;

/** How long a write stays invisible to queries. Forge promises no figure; only that queries lag behind. */
export const QUERY_LAG_MILLIS = 700;
