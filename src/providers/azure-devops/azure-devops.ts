import type { Provider } from '../provider';
import { open } from './body';
import { parseAzureDevops } from './parse';
import { authenticate } from './signature';

/** Azure DevOps service hooks, consumer "Web Hooks". learn.microsoft.com, "Service hook events". */
export const azureDevops: Provider = { source: 'azure-devops', authenticate, open, parse: parseAzureDevops };
