import { useState } from 'react';
import type { ActRecorded, Answers } from '../../../src/contract/panel';
import { ask, sayFailure, Unanswered } from '../bridge/ask';
import type { SectionsProps } from './panel';

/** The methods that answer with the change as it is afterwards. */
type ActMethod = { [M in keyof Answers]: Answers[M] extends ActRecorded ? M : never }[keyof Answers];

export interface Act {
  readonly sending: boolean;
  readonly error: string | null;
  /** What was recorded last, for a message that stays. */
  readonly done: string | null;
  /** Resolves to true when it was recorded; what was typed is the caller's, and is kept until then. */
  readonly send: (method: ActMethod, payload: Readonly<Record<string, unknown>>, done: string) => Promise<boolean>;
}

/** Something people do to a change beside deciding: sent once at a time, its result said and announced. */
export function useAct({ change, announce }: SectionsProps): Act {
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const send: Act['send'] = async (method, payload, said) => {
    setSending(true);
    setError(null);
    setDone(null);
    try {
      const answer = await ask<ActMethod>(method, payload);
      change.accept(answer.change);
      setDone(said);
      announce(said);
      return true;
    } catch (failure) {
      setError(sayUnrecorded(failure));
      await change.refresh();
      return false;
    } finally {
      setSending(false);
    }
  };
  return { sending, error, done, send };
}

/** After a lost answer it may be recorded; sent again it adds nothing, and people should know. */
function sayUnrecorded(failure: unknown): string {
  if (failure instanceof Unanswered)
    return `${failure.message} It may or may not have been recorded: look below. Sending it again does no harm, it is never recorded twice.`;
  return sayFailure(failure);
}
