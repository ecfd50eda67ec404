import { kvs } from '@forge/kvs';
import * as z from '#zod';
import type { Secrets } from '../ports/ports';
import { Unavailable } from '../ports/ports';
import { withRetry } from './retry';

const stored = z.lazy(() =>
  z.array(z.object({ label: z.string(), value: z.string().check(z.minLength(1)), addedAt: z.optional(z.string()) })),
);

/** Senders' secrets in Forge's encrypted storage, under `secret:<source>`; nothing else reads or logs them. */
export const forgeSecrets: Secrets = {
  async live(source) {
    try {
      const value = await withRetry(
        () => kvs.getSecret<unknown>(`secret:${source}`),
        () => ({ transient: true }),
      );
      return value === undefined ? [] : stored.parse(value);
    } catch (cause) {
      throw new Unavailable('storage', `The secrets of ${source} could not be read`, { cause });
    }
  },

  async replace(source, secrets) {
    try {
      await withRetry(
        () => kvs.setSecret(`secret:${source}`, secrets),
        () => ({ transient: true }),
      );
    } catch (cause) {
      throw new Unavailable('storage', `The secrets of ${source} could not be written`, { cause });
    }
  },
};
