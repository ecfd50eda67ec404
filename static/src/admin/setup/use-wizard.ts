import { useCallback, useEffect, useState } from 'react';
import { METHODS } from '../../../../src/contract/panel';
import type { SetupChoices, SetupSite } from '../../../../src/contract/setup';
import { ask } from '../../bridge/ask';
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

/** What is chosen and where one is; kept over a reload of the page until it is applied. */
export function useWizard(earlier: SetupChoices | null): Wizarding {
  const [site, setSite] = useState<SetupSite | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [kept, setKept] = useState<Kept>(() => readKept() ?? { choices: earlier, step: 0 });
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
  useEffect(() => writeKept(applying ? null : kept), [kept, applying]);
  const choices = kept.choices ?? (site === null ? NOTHING : startingChoices(site));
  const goTo = (step: number) => {
    setFaults([]);
    setMoved(true);
    setKept({ choices, step: Math.max(0, Math.min(step, STEPS.length - 1)) });
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
  };
}

interface Kept {
  readonly choices: SetupChoices | null;
  readonly step: number;
}

const KEY = 'change-control-set-up';

/** A frame without storage, or with something else in it, starts from the beginning. */
function readKept(): Kept | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    if (typeof value !== 'object' || value === null || !('choices' in value) || !('step' in value)) return null;
    if (typeof value.step !== 'number' || typeof value.choices !== 'object') return null;
    return { choices: value.choices as SetupChoices | null, step: value.step };
  } catch {
    return null;
  }
}

function writeKept(kept: Kept | null): void {
  try {
    if (kept === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Nothing is kept over a reload then.
  }
}
