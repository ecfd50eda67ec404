import { useId, useState } from 'react';
import type { ReactElement } from 'react';
import { METHODS } from '../../../../src/contract/panel';
import type { SetupChoices, SetupFound, SetupRole } from '../../../../src/contract/setup';
import { ask, sayFailure } from '../../bridge/ask';
import { Button } from '../../parts/button';
import { Field } from '../../parts/field';
import { Message } from '../../parts/message';
import { emptyRoles } from '../../wording/setup';
import type { Wizarding } from './use-wizard';

type RoleChoice = SetupChoices['roles'][number];

/** Which group holds each role, and who is put into it. */
export function PeopleStep({ wizard }: { readonly wizard: Wizarding }): ReactElement {
  const { site, choices, edit } = wizard;
  const roles = site?.roles ?? [];
  const change = (key: RoleChoice['key'], patch: Partial<RoleChoice>) =>
    edit({ roles: choices.roles.map((role) => (role.key === key ? { ...role, ...patch } : role)) });
  const empty = emptyRoles(roles, choices);
  return (
    <div className="stack">
      <p>
        Whoever is in the group of a role may decide in it, on every change that they took no part in. People can be put
        into groups later as well.
      </p>
      {roles.map((role) => {
        const choice = choices.roles.find(({ key }) => key === role.key);
        if (choice === undefined) return null;
        return <Role key={role.key} role={role} choice={choice} onChange={(patch) => change(role.key, patch)} />;
      })}
      {empty.length > 0 && (
        <Message tone="warning" title={`Nobody is ${empty.map(({ name }) => name).join(' or ')} yet`}>
          <p>
            A change that needs one of them cannot be approved until somebody is in the group. Set-up works all the
            same.
          </p>
        </Message>
      )}
    </div>
  );
}

interface RoleProps {
  readonly role: SetupRole;
  readonly choice: RoleChoice;
  readonly onChange: (patch: Partial<RoleChoice>) => void;
}

function Role({ role, choice, onChange }: RoleProps): ReactElement {
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const isDefault = choice.groupId === role.groupId && choice.group === role.group;
  const standing =
    choice.groupId === null
      ? 'The group is made.'
      : isDefault
        ? `The group is there, with ${role.members === 1 ? 'one person' : `${role.members} people`} in it.`
        : 'The group is there.';
  return (
    <fieldset className="item stack">
      <legend className="role-name">{role.name}</legend>
      <p>
        Group <strong>{choice.group}</strong>. <span className="subtle">{standing}</span>
      </p>
      {choice.members.length > 0 && (
        <ul className="row" aria-label={`Put into ${choice.group}`}>
          {choice.members.map((id) => (
            <li key={id} className="chip">
              {names[id] ?? 'a person'}
              <Button
                look="quiet"
                tight
                label={`Remove ${names[id] ?? 'this person'} from those put into ${choice.group}`}
                onPress={() => onChange({ members: choice.members.filter((one) => one !== id) })}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="row pickers">
        <GroupPicker
          role={role.name}
          group={choice.group}
          onPick={({ groupId, name }) => onChange({ groupId, group: name })}
        />
        <PersonPicker
          role={role.name}
          chosen={choice.members}
          onPick={({ accountId, name }) => {
            setNames({ ...names, [accountId]: name });
            onChange({ members: [...choice.members, accountId] });
          }}
        />
      </div>
    </fieldset>
  );
}

function GroupPicker({
  role,
  group,
  onPick,
}: {
  readonly role: string;
  readonly group: string;
  readonly onPick: (group: { readonly groupId: string | null; readonly name: string }) => void;
}): ReactElement {
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <div>
        <Button tight label={`Choose another group for ${role}`} onPress={() => setOpen(true)}>
          Choose another group
        </Button>
      </div>
    );
  return (
    <Search
      label={`Group of ${role}`}
      start={group}
      rows={({ groups }, query) => [
        ...groups.values.map(({ groupId, name }) => ({ id: groupId, name, pick: () => onPick({ groupId, name }) })),
        ...(query === '' || groups.values.some(({ name }) => name.toLowerCase() === query.toLowerCase())
          ? []
          : [{ id: 'new', name: `Make the group “${query}”`, pick: () => onPick({ groupId: null, name: query }) }]),
      ]}
      onPicked={() => setOpen(false)}
    />
  );
}

function PersonPicker({
  role,
  chosen,
  onPick,
}: {
  readonly role: string;
  readonly chosen: readonly string[];
  readonly onPick: (person: { readonly accountId: string; readonly name: string }) => void;
}): ReactElement {
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <div>
        <Button tight label={`Add a person as ${role}`} onPress={() => setOpen(true)}>
          Add a person
        </Button>
      </div>
    );
  return (
    <Search
      label={`Add a person as ${role}`}
      start=""
      rows={({ people }) =>
        people.values
          .filter(({ accountId }) => !chosen.includes(accountId))
          .map((person) => ({ id: person.accountId, name: person.name, pick: () => onPick(person) }))
      }
      onPicked={() => setOpen(false)}
    />
  );
}

interface SearchProps {
  readonly label: string;
  readonly start: string;
  readonly rows: (
    found: SetupFound,
    query: string,
  ) => readonly { readonly id: string; readonly name: string; readonly pick: () => void }[];
  readonly onPicked: () => void;
}

/** Looks in Jira for what was typed; the answers are buttons. */
function Search({ label, start, rows, onPicked }: SearchProps): ReactElement {
  const [query, setQuery] = useState(start);
  const [found, setFound] = useState<{ readonly answer: SetupFound; readonly query: string } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const search = async () => {
    setBusy(true);
    setError(null);
    try {
      const asked = query.trim();
      setFound({ answer: await ask(METHODS.findForSetup, { query: asked }), query: asked });
    } catch (failure) {
      setError(sayFailure(failure));
    } finally {
      setBusy(false);
    }
  };
  const list = found === null ? [] : rows(found.answer, found.query);
  return (
    <div className="stack">
      <form
        className="row search"
        onSubmit={(event) => {
          event.preventDefault();
          void search();
        }}
      >
        <Field label={label} hint="The beginning of a name." error={error}>
          {(control) => (
            <input {...control} autoFocus value={query} onChange={(event) => setQuery(event.target.value)} />
          )}
        </Field>
        <Button busy={busy} onPress={() => void search()}>
          Search
        </Button>
        <Button look="quiet" onPress={onPicked}>
          Cancel
        </Button>
      </form>
      <ul className="row" id={id} aria-live="polite">
        {found !== null && list.length === 0 && <li className="subtle">Nobody and nothing fits “{found.query}”.</li>}
        {list.map((row) => (
          <li key={row.id}>
            <Button
              onPress={() => {
                row.pick();
                onPicked();
              }}
            >
              {row.name}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
