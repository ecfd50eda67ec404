import { useState } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { ask, Refused, sayFailure, Unanswered } from '../bridge/ask';
import type { DecisionKind, Draft, DraftFaults } from '../wording/draft';
import { EMPTY_DRAFT, faultsOf, isFaultless, toPayload } from '../wording/draft';
import type { ChangeState } from './use-change';

export interface DecisionForm {
  readonly draft: Draft;
  readonly faults: DraftFaults;
  /** Which decision is on its way to the app. */
  readonly sending: DecisionKind | 'move' | null;
  readonly error: string | null;
  /** What was recorded last, for a message that stays. */
  readonly done: string | null;
  readonly edit: (change: Partial<Draft>) => void;
  /** Resolves to true when it was recorded. */
  readonly send: (kind: DecisionKind, move?: boolean) => Promise<boolean>;
}

const DONE: Readonly<Record<DecisionKind, string>> = {
  approved: 'Your sign-off is recorded.',
  disapproved: 'Your disapproval is recorded.',
  deferred: 'Your deferral is recorded.',
  withdrawn: 'Your decision is withdrawn.',
};

const NO_FAULTS: DraftFaults = { basis: null, actions: [], none: null, conditions: null, until: null };

/** What is typed and what became of it. Nothing typed is dropped before the app said that it is recorded. */
export function useDecision(view: ChangeView, change: ChangeState, announce: (text: string) => void): DecisionForm {
  const [typed, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const draft = forWhom(view, typed);
  const [faults, setFaults] = useState<DraftFaults>(NO_FAULTS);
  const [sending, setSending] = useState<DecisionForm['sending']>(null);
  const [error, setError] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);

  const recorded = (text: string) => {
    setDraft(EMPTY_DRAFT);
    setDone(text);
    announce(text);
  };

  const send = async (kind: DecisionKind, move = false): Promise<boolean> => {
    const found = faultsOf(kind === 'withdrawn' ? { ...EMPTY_DRAFT, basis: draft.basis } : draft, kind);
    setFaults(found);
    setError(null);
    setDone(null);
    if (!isFaultless(found)) return false;
    setSending(move ? 'move' : kind);
    try {
      const answer = await ask(
        METHODS.recordDecision,
        toPayload(kind === 'withdrawn' ? { ...EMPTY_DRAFT, basis: draft.basis } : draft, kind, move),
      );
      change.accept(answer.change);
      recorded(
        answer.added
          ? `${DONE[kind]}${move ? ' The change was moved.' : ''}`
          : 'You had already decided this; nothing was added.',
      );
      return true;
    } catch (failure) {
      if (failure instanceof Refused && failure.code === 'signed-not-moved') setDraft(EMPTY_DRAFT);
      setError(sayUnrecorded(failure));
      await change.refresh();
      return false;
    } finally {
      setSending(null);
    }
  };

  const edit = (patch: Partial<Draft>) => {
    setDraft((current) => ({ ...current, ...patch }));
    setFaults(NO_FAULTS);
  };
  return { draft, faults, sending, error, done: view.mayDecide.allowed || done !== null ? done : null, edit, send };
}

/** Somebody who holds no role of their own decides for whoever handed them a say. */
function forWhom({ mayDecide: { onBehalf, roles } }: ChangeView, draft: Draft): Draft {
  const stands = onBehalf.some(({ delegation }) => delegation === draft.delegation);
  if (stands) return draft;
  return { ...draft, delegation: roles.length > 0 ? null : (onBehalf[0]?.delegation ?? null) };
}

/** After a lost answer the decision may stand; the same one sent again adds nothing, and people should know. */
function sayUnrecorded(failure: unknown): string {
  if (failure instanceof Unanswered) {
    return `${failure.message} Your decision may or may not have been recorded: look below. Sending it again does no harm, it is never recorded twice.`;
  }
  return sayFailure(failure);
}
