import { InvocationError, InvocationErrorCode } from '@forge/events';
import { onFailedExpression } from '../handlers/failed-expression';
import { onIssueEvent } from '../handlers/issue-event';
import { onTransition } from '../handlers/record-transition';
import { validateChange as validate } from '../handlers/validate-change';
import { ports } from './ports';

export const validateChange = (payload: unknown) => validate(ports, payload);
export const recordTransition = (payload: unknown) => orRetry(() => onTransition(ports, payload));
export const issueEvent = (payload: unknown) => orRetry(() => onIssueEvent(ports, payload));
export const failedExpression = (payload: unknown) => orRetry(() => onFailedExpression(ports, payload));

/** Events are retried by the platform only for an InvocationError (Forge, "Product events: retry"); a throw is lost. */
async function orRetry(work: () => Promise<void>): Promise<InvocationError | undefined> {
  try {
    await work();
    return undefined;
  } catch (failure) {
    ports.log.error('an event will be delivered again', failure);
    return new InvocationError({
      retryAfter: RETRY_SECONDS,
      retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST,
      retryData: {},
    });
  }
}

const RETRY_SECONDS = 30;
