import * as z from 'zod/mini';
import type { Invoker } from './invoker';
import { PAYLOAD } from './limits';
import type { Outcome } from './process/pool';
import { InvokeRefusal } from './refusal';
import type { SurfaceContext, Surfaces } from './surfaces';

export interface ResolverInvocation {
  readonly moduleKey: string;
  readonly functionKey: string;
  readonly payload: unknown;
  readonly accountId: string;
  readonly context: SurfaceContext;
}

const refused = z.object({
  refused: z.object({
    code: z.string(),
    message: z.string(),
    status: z.int().check(z.minimum(400), z.maximum(599)),
    fields: z.optional(z.array(z.string())),
  }),
});
const result = z.strictObject({ result: z.unknown() });

/** Front-end invocations: who may see the surface, sizes (500 KB in, 5 MB out), and how a failure looks. */
export class Resolvers {
  constructor(
    private readonly surfaces: Surfaces,
    private readonly invoker: Invoker,
  ) {}

  /** What the resolver function returned. Rejects with InvokeRefusal. */
  async invokeRaw({ moduleKey, functionKey, payload, accountId, context }: ResolverInvocation): Promise<unknown> {
    const { resolver, extension } = await this.surfaces.open(moduleKey, accountId, context);
    if (Buffer.byteLength(JSON.stringify(payload ?? {})) > PAYLOAD.request) {
      throw new InvokeRefusal(413, 'payload-too-large', 'The payload of an invocation is at most 500 KB.');
    }
    const frame = this.surfaces.frameContext(moduleKey, accountId, extension);
    const outcome = await this.invoker.call({
      functionKey: resolver,
      moduleKey,
      use: 'resolver',
      payload: { call: { functionKey, payload: payload ?? {} }, context: frame },
      accountId,
    });
    const value = valueOf(outcome);
    if (Buffer.byteLength(JSON.stringify(value ?? null)) > PAYLOAD.response) {
      throw new InvokeRefusal(413, 'response-too-large', 'The response of an invocation is at most 5 MB.');
    }
    return value;
  }

  /** The result alone; the app's own refusal becomes an InvokeRefusal. */
  async invoke(invocation: ResolverInvocation): Promise<unknown> {
    const value = await this.invokeRaw(invocation);
    const refusal = refused.safeParse(value);
    if (refusal.success) {
      const { status, code, message, fields } = refusal.data.refused;
      throw new InvokeRefusal(status, code, message, fields);
    }
    const plain = result.safeParse(value);
    return plain.success ? plain.data.result : value;
  }
}

/** The value of an invocation that returned; every other end is an InvokeRefusal. */
export function valueOf(outcome: Outcome): unknown {
  switch (outcome.kind) {
    case 'returned':
      return outcome.value;
    case 'threw': {
      const { message } = outcome.error;
      // The Resolver of the SDK answers an unknown function so.
      const unknown = message.startsWith('Resolver has no definition for');
      throw new InvokeRefusal(unknown ? 404 : 500, unknown ? 'unknown-function' : 'handler-failed', message);
    }
    case 'crashed':
      throw new InvokeRefusal(500, 'handler-crashed', outcome.reason);
    case 'timed-out':
      throw new InvokeRefusal(504, 'handler-timed-out', `The function did not end within ${outcome.seconds} s.`);
  }
}
