import type { Provider } from '../provider';
import { open } from './body';
import { parseBitbucket } from './parse';
import { authenticate } from './signature';

/**
 * Webhooks of Bitbucket Cloud. support.atlassian.com, "Event payloads". The bodies of an approval and of its removal may
 * be the same byte for byte, so a delivery is told by its event as well.
 */
export const bitbucket: Provider = {
  source: 'bitbucket',
  alsoNamedBy: ['event'],
  authenticate,
  open,
  parse: parseBitbucket,
};
