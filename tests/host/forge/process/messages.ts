/** What the site and a handler process say to each other over their channel (structured clone: bytes stay bytes). */

export interface Descriptor {
  readonly type: string;
  readonly provider?: string;
  readonly remote?: string;
  readonly accountId?: string;
  readonly contextAri?: string;
}

/** A call of `__forge_fetch__`, the only way out of the process. */
export interface ExitCall {
  readonly descriptor: Descriptor;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface ExitAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

export interface InvokeMessage {
  readonly kind: 'invoke';
  readonly token: string;
  /** `index.name`, as in the manifest. */
  readonly handler: string;
  readonly args: readonly unknown[];
  /** What the SDK reads as `__forge_runtime__`, without its functions. */
  readonly runtime: Readonly<Record<string, unknown>>;
  readonly millis: number;
  readonly offset: number;
}

export type ToChild =
  | InvokeMessage
  | { readonly kind: 'clock'; readonly offset: number }
  | ({ readonly kind: 'answer'; readonly call: number } & ExitAnswer);

export interface ThrownError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unloadable'; readonly error: ThrownError }
  | ({ readonly kind: 'call'; readonly token: string; readonly call: number } & ExitCall)
  /** `json` is absent when the function returned undefined. */
  | { readonly kind: 'returned'; readonly token: string; readonly json?: string }
  | { readonly kind: 'threw'; readonly token: string; readonly error: ThrownError };
