import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { searchPeople } from '../bridge/search-people';
import type { FoundPerson } from '../bridge/search-people';
import { Button } from './button';
import { Field } from './field';

interface AccountPickerProps {
  readonly label: string;
  /** Accounts that are no choice any more. */
  readonly without?: readonly string[];
  readonly error?: string | null;
  readonly onPick: (person: FoundPerson) => void;
}

type Found = { readonly of: string; readonly people: readonly FoundPerson[] | null };

const PAUSE_MS = 300;

/** Picks a Jira account by name: what is typed is looked up in Jira, and each account found is a button. */
export function AccountPicker({ label, without = [], error = null, onPick }: AccountPickerProps): ReactElement {
  const [text, setText] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const wanted = text.trim();
  useEffect(() => {
    if (wanted.length < 2) return undefined;
    let gone = false;
    const look = async () => {
      const people = await searchPeople(wanted).catch(() => null);
      if (!gone) setFound({ of: wanted, people });
    };
    const timer = setTimeout(() => void look(), PAUSE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  const current = wanted.length < 2 ? null : found?.of === wanted ? found : undefined;
  const people = current?.people?.filter(({ accountId }) => !without.includes(accountId)) ?? [];
  return (
    <div className="stack">
      <Field label={label} hint="At least two letters of a name or e-mail address." error={error}>
        {(control) => (
          <input
            {...control}
            type="search"
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <p className="small subtle" role="status">
        {current === undefined && 'Looking …'}
        {current !== null && current !== undefined && saying(current, people.length)}
      </p>
      {people.length > 0 && (
        <ul className="row">
          {people.map((person) => (
            <li key={person.accountId}>
              <Button
                tight
                onPress={() => {
                  onPick(person);
                  setText('');
                }}
              >
                {person.name}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function saying({ people }: Found, count: number): string {
  if (people === null) return 'Jira did not answer this search. Type again to try once more.';
  return count === 0 ? 'Jira shows you nobody of this name.' : 'Choose one:';
}
