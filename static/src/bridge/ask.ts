import { invoke } from '@forge/bridge';
import type { Answer, Answers, Refusal } from '../../../src/contract/panel';

/** The app understood and said no: `message` is for the person, `code` is stable. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;
  readonly status: Refusal['status'];
  readonly fields: readonly string[];

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.code = refusal.code;
    this.status = refusal.status;
    this.fields = refusal.fields ?? [];
  }
}

/** No answer, or one that this screen does not understand: whether anything happened is not known. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

type Payload = Readonly<Record<string, unknown>>;

/**
 * Calls the app's resolver and opens its answer. Rejects with `Refused` when the app refuses and with `Unanswered`
 * when there is no usable answer (time-out of 25 s, platform fault, a newer or older app behind this screen).
 */
export async function ask<M extends keyof Answers>(method: M, payload: Payload = {}): Promise<Answers[M]> {
  let answer: unknown;
  try {
    answer = await invoke<Answer<Answers[M]>>(method, payload);
  } catch (cause) {
    throw new Unanswered('Jira did not pass on an answer from the app.', { cause });
  }
  if (isAnswer<Answers[M]>(answer)) {
    if ('refused' in answer) throw new Refused(answer.refused);
    return answer.result;
  }
  throw new Unanswered('The app answered in a way this screen does not know. It may just have been updated.');
}

function isAnswer<T>(answer: unknown): answer is Answer<T> {
  if (typeof answer !== 'object' || answer === null) return false;
  if ('result' in answer) return answer.result !== undefined && answer.result !== null;
  if (!('refused' in answer) || typeof answer.refused !== 'object' || answer.refused === null) return false;
  return 'message' in answer.refused && typeof answer.refused.message === 'string';
}

/** What to tell a person about a failed call, and what to do next. */
export function sayFailure(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof Unanswered) return `${error.message} Try again; if it stays so, reload the page.`;
  return 'Something went wrong on this screen. Reload the page and try again.';
}
