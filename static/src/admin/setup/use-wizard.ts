import { useCallback, useEffect, useState } from 'react';
import { METHODS } from '../../../../src/contract/panel';
import type { SetupChoices, SetupSite, SetupView } from '../../../../src/contract/setup';
import { ask, sayFailure } from '../../bridge/ask';
import { startingChoices, stepFaults, STEPS } from '../../wording/setup';

export interface Wizarding {
  /** Null until Jira was looked at. */
  readonly site: SetupSite | null;
  readonly error: unknown;
  readonly retry: () => void;
  readonly choices: SetupChoices;
  readonly edit: (patch: Partial<SetupChoices>) => void;
  readonly step: number;
  /** Whether a step was taken: the focus then goes with it. */
  readonly moved: boolean;
  readonly faults: readonly string[];
  readonly next: () => void;
  readonly back: () => void;
  readonly goTo: (step: number) => void;
  readonly applying: boolean;
  readonly setApplying: (applying: boolean) => void;
  /** Why a reload would lose what is chosen; null when it would not. */
  readonly notKept: string | null;
}

interface Kept {
  readonly choices: SetupChoices | null;
  readonly step: number;
}

const NOTHING: SetupChoices = {
  projects: [],
  fields: {},
  statuses: {},
  issueTypeId: null,
  systems: [],
  roles: [],
  moves: {},
};

/** What is chosen and where one is; kept with the app at every step, until it is applied. */
export function useWizard(view: SetupView): Wizarding {
  const [site, setSite] = useState<SetupSite | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [kept, setKept] = useState<Kept>(() => view.draft ?? { choices: null, step: 0 });
  const [notKept, setNotKept] = useState<string | null>(null);
  const [faults, setFaults] = useState<readonly string[]>([]);
  const [moved, setMoved] = useState(false);
  const [applying, setApplying] = useState(false);
  const read = useCallback(async () => {
    setError(null);
    try {
      setSite(await ask(METHODS.readSetupSite, { query: '' }));
    } catch (failure) {
      setError(failure);
    }
  }, []);
  useEffect(() => void read(), [read]);
  const choices = kept.choices ?? (site === null ? NOTHING : startingChoices(site, view.choices));
  const goTo = (step: number) => {
    setFaults([]);
    setMoved(true);
    const at = Math.max(0, Math.min(step, STEPS.length - 1));
    setKept({ choices, step: at });
    void keep(at);
  };
  const keep = async (at: number) => {
    try {
      await ask(METHODS.keepSetup, { choices, step: at });
      setNotKept(null);
    } catch (failure) {
      setNotKept(sayFailure(failure));
    }
  };
  return {
    site,
    error,
    retry: () => void read(),
    choices,
    edit: (patch) => {
      setFaults([]);
      setKept((held) => ({ ...held, choices: { ...(held.choices ?? choices), ...patch } }));
    },
    step: kept.step,
    moved,
    faults,
    next: () => {
      const key = STEPS[kept.step]?.key;
      const found = key === undefined ? [] : stepFaults(key, choices);
      if (found.length > 0) setFaults(found);
      else goTo(kept.step + 1);
    },
    back: () => goTo(kept.step - 1),
    goTo,
    applying,
    setApplying,
    notKept,
  };
}
