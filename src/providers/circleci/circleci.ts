import type { Provider } from '../provider';
import { open } from './body';
import { parseCircleci } from './parse';
import { authenticate } from './signature';

/** CircleCI outbound webhooks. circleci.com/docs, "Outbound webhooks reference". */
export const circleci: Provider = { source: 'circleci', authenticate, open, parse: parseCircleci };
