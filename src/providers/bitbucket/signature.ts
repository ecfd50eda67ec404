import { authenticateHub } from '../hub-signature';
import type { Authentication, LiveSecret } from '../provider';
import type { IntakeRequest } from '../request';

/** Checks `X-Hub-Signature` (support.atlassian.com, Bitbucket Cloud, "Manage webhooks", secure webhooks). */
export const authenticate = (request: IntakeRequest, secrets: readonly LiveSecret[]): Authentication =>
  authenticateHub('x-hub-signature', request, secrets);
