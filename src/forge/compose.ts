import { InvocationError, InvocationErrorCode } from '@forge/events';
import Resolver from '@forge/resolver';
import * as z from 'zod/mini';
import { onFailedExpression } from '../handlers/failed-expression';
import { onIssueEvent } from '../handlers/issue-event';
import { onTransition } from '../handlers/record-transition';
import { outcomeOf } from '../handlers/refusal';
import type { ResolverCall, ResolverMethod } from '../handlers/resolver-call';
import { ADMIN, PANEL, REGISTER, RULES } from '../handlers/surfaces';
import { validateChange as validate } from '../handlers/validate-change';
import { ports } from './ports';

export const validateChange = (payload: unknown) => validate(ports, payload);
export const recordTransition = (payload: unknown) => orRetry(() => onTransition(ports, payload));
export const ruleResolver = resolver(RULES);
export const panelResolver = resolver(PANEL);
export const registerResolver = resolver(REGISTER);
export const adminResolver = resolver(ADMIN);
export const issueEvent = (payload: unknown) => orRetry(() => onIssueEvent(ports, payload));
export const failedExpression = (payload: unknown) => onFailedExpression(ports, payload);

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

function resolver(methods: Readonly<Record<string, ResolverMethod>>) {
  const definitions = new Resolver();
  for (const [name, method] of Object.entries(methods)) {
    definitions.define(name, (request) => outcomeOf(ports, name, () => method(ports, callOf(request))));
  }
  return definitions.getDefinitions();
}

const resolverContext = z.looseObject({
  accountId: z.optional(z.string()),
  siteUrl: z.optional(z.string()),
  extension: z.optional(
    z.looseObject({
      issue: z.optional(z.looseObject({ key: z.string() })),
      project: z.optional(z.looseObject({ key: z.string() })),
    }),
  ),
});

/** Who asks is the platform's word; which issue is the frame's, and is checked with that person's own permission. */
function callOf({ payload, context }: { payload: unknown; context: unknown }): ResolverCall {
  const { accountId, extension, siteUrl } = resolverContext.parse(context);
  return {
    payload,
    accountId,
    issueKey: extension?.issue?.key,
    projectKey: extension?.project?.key,
    site: siteUrl === undefined ? 'unknown site' : new URL(siteUrl).host,
  };
}
