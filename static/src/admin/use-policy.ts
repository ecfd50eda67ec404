import { useCallback, useEffect, useRef, useState } from 'react';
import type { PolicyForm, PolicyPreview, PolicyView } from '../../../src/contract/policy';
import { METHODS } from '../../../src/contract/panel';
import { ask, Refused, sayFailure } from '../bridge/ask';
import { isEdited, onTopOf, policyFaults } from '../wording/policy-draft';

export interface PolicyEditing {
  readonly view: PolicyView | null;
  readonly readError: unknown;
  /** Null while nobody is editing. */
  readonly draft: PolicyForm | null;
  /** Counts up when the draft was replaced as a whole, so that fields start again from it. */
  readonly generation: number;
  /** What saving this very draft would change; gone with the next edit. */
  readonly preview: PolicyPreview | null;
  readonly faults: readonly string[];
  readonly busy: 'preview' | 'save' | null;
  readonly error: string | null;
  readonly done: string | null;
  readonly retry: () => void;
  readonly start: () => void;
  readonly edit: (patch: Partial<PolicyForm>) => void;
  readonly discard: () => void;
  readonly check: () => void;
  readonly save: (reason: string) => void;
}

/** One reading of the policy, a draft beside it, and the way from the draft to a new version. */
export function usePolicy(): PolicyEditing {
  const [view, setView] = useState<PolicyView | null>(null);
  const [readError, setReadError] = useState<unknown>(null);
  const [draft, setDraft] = useState<PolicyForm | null>(null);
  const [generation, setGeneration] = useState(0);
  const [preview, setPreview] = useState<PolicyPreview | null>(null);
  const [faults, setFaults] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState<PolicyEditing['busy']>(null);
  const [error, setError] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const edits = useRef(0);

  const read = useCallback(async () => {
    setReadError(null);
    try {
      setView(await ask(METHODS.readPolicy));
    } catch (failure) {
      setReadError(failure);
    }
  }, []);
  useEffect(() => void read(), [read]);

  const clear = () => {
    edits.current += 1;
    setPreview(null);
    setFaults([]);
    setError(null);
    setDone(null);
  };
  const replace = (next: PolicyForm | null) => {
    clear();
    setDraft(next);
    setGeneration((count) => count + 1);
  };

  const check = async () => {
    if (draft === null || view === null) return;
    clear();
    const found = policyFaults(draft);
    setFaults(found.length === 0 && !isEdited(view.policy, draft) && view.readable ? [UNCHANGED] : found);
    if (found.length > 0 || (!isEdited(view.policy, draft) && view.readable)) return;
    const asked = edits.current;
    setBusy('preview');
    try {
      const answer = await ask(METHODS.previewPolicy, { policy: draft });
      if (asked === edits.current) setPreview(answer);
    } catch (failure) {
      if (asked === edits.current) setError(sayFailure(failure));
    } finally {
      setBusy(null);
    }
  };

  const save = async (reason: string) => {
    if (draft === null || view === null) return;
    setBusy('save');
    setError(null);
    try {
      const saved = await ask(METHODS.savePolicy, { basedOn: view.version, policy: draft, reason });
      setView(saved);
      replace(null);
      setDone(`The policy ${saved.version} is in force.`);
    } catch (failure) {
      if (failure instanceof Refused && failure.code === 'not-in-force') await takeTheirs(view.policy, draft, failure);
      else setError(sayFailure(failure));
    } finally {
      setBusy(null);
    }
  };

  const takeTheirs = async (base: PolicyForm, mine: PolicyForm, refused: Refused) => {
    try {
      const theirs = await ask(METHODS.readPolicy);
      setView(theirs);
      replace(onTopOf(base, mine, theirs.policy));
      setError(`${refused.message} Your edits are kept, on top of theirs: see again what would change.`);
    } catch (failure) {
      setError(`${refused.message} Theirs could not be read: ${sayFailure(failure)}`);
    }
  };

  return {
    view,
    readError,
    draft,
    generation,
    preview,
    faults,
    busy,
    error,
    done,
    retry: () => void read(),
    start: () => replace(view?.policy ?? null),
    edit: (patch) => {
      clear();
      setDraft((current) => (current === null ? null : { ...current, ...patch }));
    },
    discard: () => replace(null),
    check: () => void check(),
    save: (reason) => void save(reason),
  };
}

const UNCHANGED = 'Nothing is edited yet, so there is nothing to save.';
