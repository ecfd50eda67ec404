import { randomBytes, randomUUID } from 'node:crypto';
import { SECONDS } from './limits';
import type { Licence } from './licence';
import { appId, moduleAri, SITE, type Manifest } from './manifest';
import { noUsage, type Meter } from './meter';
import type { HandlerPool, Outcome } from './process/pool';
import type { Caller } from './proxy/caller';
import type { Proxy } from './proxy/proxy';
import type { Log } from './log';

export type FunctionUse = 'resolver' | 'validator' | 'trigger' | 'postFunction' | 'webTrigger' | 'background';

export interface FunctionCall {
  readonly functionKey: string;
  readonly moduleKey: string;
  readonly use: FunctionUse;
  /** First argument of the handler. */
  readonly payload: unknown;
  readonly accountId?: string | undefined;
  readonly isCopy?: boolean;
}

/** Seconds a use may run; tests shorten them. */
export type SecondsFor = (use: FunctionUse, timeoutSeconds: number | undefined) => number;

/** Forge "Invocation limits": consumers and scheduled triggers may set timeoutSeconds up to 900, nothing else may. */
export const forgeSeconds: SecondsFor = (use, timeoutSeconds) =>
  use === 'background' ? Math.min(timeoutSeconds ?? SECONDS.background, SECONDS.longest) : SECONDS[use];

/** Runs functions of the manifest. What a running function may do is tied to the token made here. */
export class Invoker {
  constructor(
    private readonly manifest: Manifest,
    private readonly pool: HandlerPool,
    private readonly proxy: Proxy,
    private readonly meter: Meter,
    private readonly log: Log,
    private readonly secondsFor: SecondsFor,
    private readonly licence: Licence,
  ) {}

  /** Never rejects; the outcome says how it ended. */
  async call(call: FunctionCall): Promise<Outcome> {
    const declared = this.manifest.modules.function.find(({ key }) => key === call.functionKey);
    if (declared === undefined) return { kind: 'crashed', reason: `the manifest has no function ${call.functionKey}` };
    const caller: Caller = {
      functionKey: call.functionKey,
      moduleKey: call.moduleKey,
      accountId: call.accountId,
      scopes: this.manifest.permissions.scopes,
      usage: noUsage(),
      isCopy: call.isCopy ?? false,
    };
    const started = performance.now();
    const outcome = await this.pool.run({
      token: randomBytes(24).toString('base64url'),
      handler: declared.handler,
      args: [call.payload, this.#context(call.accountId)],
      runtime: this.#runtime(call),
      limitMillis: this.secondsFor(call.use, declared.timeoutSeconds) * 1000,
      onCall: (exit) => this.proxy.call(caller, exit),
      onLog: (line) => this.log.add(call.functionKey, line),
    });
    this.meter.invocation(call.functionKey, caller.usage, performance.now() - started, outcome.kind);
    if (outcome.kind === 'threw') this.log.add(call.functionKey, outcome.error.stack || outcome.error.message);
    else if (outcome.kind === 'crashed') this.log.add(call.functionKey, `crashed: ${outcome.reason}`);
    else if (outcome.kind === 'timed-out') this.log.add(call.functionKey, `timed out after ${outcome.seconds} s`);
    return outcome;
  }

  /** Second argument of every handler; `principal` only when a person is in session ("Function arguments"). */
  #context(accountId: string | undefined): Readonly<Record<string, unknown>> {
    return {
      installContext: `ari:cloud:jira::site/${SITE.cloudId}`,
      ...(accountId === undefined ? {} : { principal: { accountId } }),
      ...this.licence.asHanded(),
      installation: {
        ari: { installationId: SITE.installationId },
        contexts: [{ cloudId: SITE.cloudId, workspaceId: SITE.cloudId }],
      },
    };
  }

  #runtime({ moduleKey, accountId }: FunctionCall): Readonly<Record<string, unknown>> {
    return {
      appContext: {
        appId: appId(this.manifest),
        appVersion: '0.1.0',
        environmentId: SITE.environmentId,
        environmentType: SITE.environmentType,
        invocationId: randomUUID(),
        installationId: SITE.installationId,
        moduleKey: moduleAri(this.manifest, moduleKey),
        ...this.licence.asHanded(),
        permissions: { scopes: this.manifest.permissions.scopes, external: {} },
      },
      contextAri: `ari:cloud:jira::site/${SITE.cloudId}`,
      aaid: accountId,
      container: { appCodeDir: '.' },
      proxy: { url: '', token: '' },
      tracing: { traceId: randomBytes(8).toString('hex'), spanId: randomBytes(8).toString('hex') },
    };
  }
}
