import * as z from '#zod';
import { refusalMessage } from '../gate/refusal-message';
import { checkTransition, STEPS } from '../gate/transition-check';
import { Unavailable, type Ports } from '../ports/ports';
import { governs } from '../policy/requirement';
import { withLedger } from './facts';
import { LICENCE_LAPSED, licenceLapsed } from './licensed';

const input = z.lazy(() =>
  z.looseObject({
    issue: z.looseObject({ key: z.optional(z.string()) }),
    configuration: z.optional(z.nullable(z.looseObject({ step: z.optional(z.enum(STEPS)) }))),
    transition: z.looseObject({ modifiedFields: z.optional(z.nullable(z.record(z.string(), z.unknown()))) }),
  }),
);

export interface ValidatorAnswer {
  readonly result: boolean;
  readonly errorMessage?: string;
}

const NOTHING_DONE = 'Nothing was approved and the status stays as it is.';

/**
 * The function validator: judges the content of a change as it would be after the transition screen. It is not told who
 * acts (Jira gives neither user nor reporter here); who may act is judged by the expressions on the same transition.
 * Never throws: what Jira does with a validator that throws is documented nowhere, so every failure is a refusal.
 */
export async function validateChange(ports: Ports, payload: unknown): Promise<ValidatorAnswer> {
  try {
    const messages = await messagesFor(ports, payload);
    return messages.length === 0 ? { result: true } : { result: false, errorMessage: refusalMessage(messages) };
  } catch (failure) {
    ports.log.error('the validator failed', failure);
    const why = failure instanceof Unavailable ? `${failure.message}. Try again in a minute.` : reasonOf(failure);
    const message = `Change control could not check this transition: ${why} ${NOTHING_DONE}`;
    return { result: false, errorMessage: refusalMessage([message]) };
  }
}

async function messagesFor(ports: Ports, payload: unknown): Promise<readonly string[]> {
  const { issue, configuration, transition } = input.parse(payload);
  if (licenceLapsed(ports)) return [LICENCE_LAPSED];
  const step = configuration?.step;
  if (step === undefined) return [`Change control: this rule has not been configured. ${NOTHING_DONE}`];
  if (issue.key === undefined) return [`Change control checks transitions of existing changes only. ${NOTHING_DONE}`];
  const read = await ports.jira.readChangeOnScreen(issue.key, transition.modifiedFields ?? {});
  if (read === undefined) return [`Jira does not show ${issue.key} to Change control. ${NOTHING_DONE}`];
  const { stored, screen } = read;
  const facts = await withLedger(ports, stored);
  if (!governs(facts.policy, stored))
    return [`${issue.key} is not in a project that Change control watches. ${NOTHING_DONE}`];
  return checkTransition(facts.policy, facts, step, ports.clock.now(), screen);
}

const reasonOf = (failure: unknown): string =>
  failure instanceof Error && failure.name === 'FieldSetupError'
    ? `${failure.message}.`
    : 'it met an unexpected state.';
