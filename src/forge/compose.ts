import { InvocationError, InvocationErrorCode } from '@forge/events';
import Resolver from '@forge/resolver';
import * as z from 'zod/mini';
import { answerGate as answer } from '../handlers/answer-gate';
import { onChangeJob } from '../handlers/change-job';
import { onFailedExpression } from '../handlers/failed-expression';
import { onIssueEvent } from '../handlers/issue-event';
import { reconcile as reconcileAll } from '../handlers/reconcile';
import { onTransition } from '../handlers/record-transition';
import { outcomeOf } from '../handlers/refusal';
import type { ResolverCall, ResolverMethod } from '../handlers/resolver-call';
import { ADMIN, PANEL, REGISTER, RULES } from '../handlers/surfaces';
import { takeInEvidence as takeIn } from '../handlers/take-in-evidence';
import { validateChange as validate } from '../handlers/validate-change';
import { type Ports } from '../ports/ports';
import { forgeJira } from './jira';
import { forgeJobs } from './jobs';
import { forgeLog, systemClock, systemRandomness } from './machine';
import { forgeSecrets } from './secrets';
import { forgeStore } from './store';

/** The ports hold no tenant's data: a warm process may serve another site next (Forge, "Tenant data isolation"). */
const ports: Ports = {
  store: forgeStore,
  secrets: forgeSecrets,
  jira: forgeJira,
  jobs: forgeJobs,
  clock: systemClock,
  random: systemRandomness,
  log: forgeLog,
};

export const validateChange = (payload: unknown) => validate(ports, payload);
export const recordTransition = (payload: unknown) => orRetry(() => onTransition(ports, payload));
export const ruleResolver = resolver(RULES);
export const panelResolver = resolver(PANEL);
export const registerResolver = resolver(REGISTER);
export const adminResolver = resolver(ADMIN);
export const issueEvent = (payload: unknown) => orRetry(() => onIssueEvent(ports, payload));
export const failedExpression = (payload: unknown) => onFailedExpression(ports, payload);
export const changeJob = (event: { readonly body?: unknown }) => onChangeJob(ports, event.body);

export async function reconcile() {
  await reconcileAll(ports);
  return { statusCode: 204 };
}

export async function takeInEvidence(request: unknown) {
  const { headers, body, queryParameters, method } = webRequest.parse(request);
  return { outputKey: await takeIn(ports, { method, headers, body, query: queryParameters }) };
}

export const answerGate = async () => ({ outputKey: await answer() });

const lists = z.catch(z.record(z.string(), z.array(z.string())), {});
const webRequest = z.looseObject({
  method: z.catch(z.string(), 'POST'),
  headers: lists,
  body: z.catch(z.string(), ''),
  queryParameters: lists,
});

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
