import type { Provider } from '../provider';
import { authenticate } from './signature';
import { open } from './body';
import { parseGithub } from './parse';

/** GitHub webhooks. docs.github.com, "Webhook events and payloads" and "Validating webhook deliveries". */
export const github: Provider = { source: 'github', authenticate, open, parse: parseGithub };
