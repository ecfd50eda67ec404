import type { Provider } from '../provider';
import { open } from './body';
import { parseJenkins } from './parse';
import { authenticate } from './signature';

/**
 * Jenkins, by the plugin "Atlassian Jira Software Cloud" (plugins.jenkins.io/atlassian-jira-software-cloud), which sends
 * signed tokens, or by the plugin "Notification" (plugins.jenkins.io/notification) or a step of a pipeline, which send
 * JSON with a shared secret.
 */
export const jenkins: Provider = { source: 'jenkins', authenticate, open, parse: parseJenkins };
