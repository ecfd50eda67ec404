import type { Ports } from '../../ports/ports';
import { NO_TRUST, type Trust } from '../../readers/signature/trust';

/** What signatures are checked against, and the version of that list of keys and roots. */
export interface RegisteredTrust {
  readonly trust: Trust;
  readonly version: string;
}

/** The keys and roots that are registered. */
export const readTrust: (ports: Pick<Ports, 'store'>) => Promise<RegisteredTrust> = () =>
  Promise.resolve({ trust: NO_TRUST, version: 'none' });
