import { useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { METHODS } from '../../../src/contract/panel';
import type { FoundGroups } from '../../../src/contract/policy';
import { ask, sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { Field } from '../parts/field';

interface GroupPickerProps {
  readonly label: string;
  readonly group: string;
  readonly groupId: string | null;
  /** What a group that is held by id is called now; undefined while that is not known. */
  readonly nameNow: string | undefined;
  readonly onChange: (group: { readonly group: string; readonly groupId: string | null }) => void;
}

/** A group of Jira, found by typing. Choosing one holds it by its id, so that renaming it does no harm. */
export function GroupPicker({ label, group, groupId, nameNow, onChange }: GroupPickerProps): ReactElement {
  const [found, setFound] = useState<FoundGroups | null>(null);
  const [error, setError] = useState<string | null>(null);
  const latest = useRef(0);
  const search = async (query: string) => {
    const asked = (latest.current += 1);
    setError(null);
    try {
      const answer = await ask(METHODS.findGroups, { query });
      if (asked === latest.current) setFound(answer);
    } catch (failure) {
      if (asked === latest.current) setError(sayFailure(failure));
    }
  };
  const choose = (one: FoundGroups['groups'][number]) => {
    latest.current += 1;
    setFound(null);
    onChange({ group: one.name, groupId: one.groupId });
  };
  return (
    <div
      className="stack group-picker"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setFound(null);
      }}
    >
      <Field label={label} hint={hintOf(group, groupId, nameNow)} error={error}>
        {(control) => (
          <input
            {...control}
            type="search"
            autoComplete="off"
            value={group}
            placeholder="Type to search"
            onFocus={() => void search('')}
            onChange={({ target }) => {
              onChange({ group: target.value, groupId: null });
              void search(target.value);
            }}
            onKeyDown={(event) => event.key === 'Escape' && setFound(null)}
          />
        )}
      </Field>
      {found !== null && (
        <ul className="found-groups" aria-label={`Groups for ${label}`}>
          {found.groups.map((one) => (
            <li key={one.groupId}>
              <Button tight onPress={() => choose(one)}>
                {one.name}
              </Button>
            </li>
          ))}
          {found.groups.length === 0 && <li className="small subtle">Jira has no group with this in its name.</li>}
          {!found.complete && <li className="small subtle">There are more: type more of the name.</li>}
        </ul>
      )}
    </div>
  );
}

function hintOf(group: string, groupId: string | null, nameNow: string | undefined): string {
  if (groupId === null)
    return group === '' ? 'Choose a group.' : 'Found by its name: choose it from the list to hold it by its id.';
  if (nameNow !== undefined && nameNow !== group) return `Held by its id. In Jira it is called ${nameNow} now.`;
  return 'Held by its id, so renaming it does no harm.';
}
