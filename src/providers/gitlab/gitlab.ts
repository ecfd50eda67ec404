import type { Provider } from '../provider';
import { open } from './body';
import { parseGitlab } from './parse';
import { authenticate } from './signature';

/**
 * Webhooks of GitLab projects and groups. docs.gitlab.com, "Webhooks" and "Webhook events". Two events may have the same
 * body, which holds no id of the delivery; so a delivery is told by its `Idempotency-Key` as well, which stays the same
 * when it is sent again.
 */
export const gitlab: Provider = {
  source: 'gitlab',
  alsoNamedBy: ['deliveryId'],
  authenticate,
  open,
  parse: parseGitlab,
};
