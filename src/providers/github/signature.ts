import { authenticateHub } from '../hub-signature';
import type { Authentication, LiveSecret } from '../provider';
import type { IntakeRequest } from '../request';

/** Checks `X-Hub-Signature-256` (docs.github.com, "Validating webhook deliveries"). */
export const authenticate = (request: IntakeRequest, secrets: readonly LiveSecret[]): Authentication =>
  authenticateHub('x-hub-signature-256', request, secrets);
