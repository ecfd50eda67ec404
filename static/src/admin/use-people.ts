import { useCallback, useEffect, useState } from 'react';
import type { PeopleView, PersonForm } from '../../../src/contract/people';
import { METHODS } from '../../../src/contract/panel';
import { ask, sayFailure } from '../bridge/ask';

export interface PeopleEditing {
  readonly view: PeopleView | null;
  readonly readError: unknown;
  readonly busy: boolean;
  readonly error: string | null;
  readonly done: string | null;
  /** The people as they are to be saved; null while nothing was edited. */
  readonly draft: readonly PersonForm[] | null;
  /** Names of accounts that were picked or read. */
  readonly nameOf: (accountId: string) => string | undefined;
  readonly learn: (accountId: string, name: string) => void;
  readonly put: (person: PersonForm) => void;
  readonly remove: (id: string) => void;
  readonly discard: () => void;
  readonly save: (reason: string) => Promise<void>;
  readonly retry: () => void;
}

/** The people map: read, edited here as a whole, and saved as one version with a reason. */
export function usePeople(): PeopleEditing {
  const [view, setView] = useState<PeopleView | null>(null);
  const [readError, setReadError] = useState<unknown>(null);
  const [draft, setDraft] = useState<readonly PersonForm[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const read = useCallback(async () => {
    setReadError(null);
    try {
      setView(await ask(METHODS.readPeople));
    } catch (failure) {
      setReadError(failure);
    }
  }, []);
  useEffect(() => void read(), [read]);
  const people = draft ?? view?.people ?? [];
  const edit = (next: readonly PersonForm[]) => {
    setDone(null);
    setError(null);
    setDraft(next);
  };
  return {
    view,
    readError,
    busy,
    error,
    done,
    draft,
    nameOf: (accountId) =>
      names.get(accountId) ?? view?.accounts.find((account) => account.accountId === accountId)?.name,
    learn: (accountId, name) => setNames((known) => new Map(known).set(accountId, name)),
    put: (person) =>
      edit(
        people.some(({ id }) => id === person.id)
          ? people.map((one) => (one.id === person.id ? person : one))
          : [...people, person],
      ),
    remove: (id) => edit(people.filter((one) => one.id !== id)),
    discard: () => {
      setDraft(null);
      setError(null);
    },
    save: async (reason) => {
      setBusy(true);
      setError(null);
      try {
        const saved = await ask(METHODS.savePeople, { basedOn: view?.version, people, reason });
        setView(saved);
        setDraft(null);
        setDone('The people map is saved. Every change is judged by it from now on.');
      } catch (failure) {
        setError(sayFailure(failure));
      } finally {
        setBusy(false);
      }
    },
    retry: () => void read(),
  };
}
