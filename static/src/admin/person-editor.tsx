import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import type { IdentityView, PersonForm } from '../../../src/contract/people';
import { AccountPicker } from '../parts/account-picker';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { identityText } from '../wording/identity';
import { Part, TextInput } from './inputs';
import type { PeopleEditing } from './use-people';

interface PersonEditorProps {
  readonly person: PersonForm;
  readonly editing: PeopleEditing;
  readonly onDone: (person: PersonForm) => void;
  readonly onBack: () => void;
}

/** One person: name, accounts (several are joined to one), identities at senders, and whom they work for. */
export function PersonEditor({ person, editing, onDone, onBack }: PersonEditorProps): ReactElement {
  const [draft, setDraft] = useState(person);
  const [fault, setFault] = useState<string | null>(null);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.focus(), []);
  const edit = (patch: Partial<PersonForm>) => setDraft((now) => ({ ...now, ...patch }));
  const done = () => {
    const name = draft.name.trim();
    const problem =
      name === ''
        ? 'Give the person a name.'
        : draft.accounts.length + draft.identities.length === 0
          ? 'Add an account or an identity.'
          : null;
    setFault(problem);
    if (problem === null) onDone({ ...draft, name, organisation: draft.organisation?.trim() || null });
  };
  return (
    <div ref={top} tabIndex={-1} role="group" aria-label="Person" className="item">
      <Part title={person.name === '' ? 'A new person' : person.name}>
        <TextInput label="Name" value={draft.name} onChange={(name) => edit({ name })} />
        <Chosen
          title="Jira accounts"
          none="None: this is nobody who may decide here, such as a bot or a vendor."
          items={draft.accounts.map((id) => ({ key: id, text: editing.nameOf(id) ?? 'An account without a name' }))}
          onRemove={(gone) => edit({ accounts: draft.accounts.filter((id) => id !== gone) })}
        />
        <AccountPicker
          label={draft.accounts.length === 0 ? 'Add a Jira account' : 'Join another account of the same person'}
          without={draft.accounts}
          onPick={({ accountId, name }) => {
            editing.learn(accountId, name);
            edit({ accounts: [...draft.accounts, accountId], ...(draft.name.trim() === '' ? { name } : {}) });
          }}
        />
        <Chosen
          title="Identities at development tools"
          none="None yet."
          items={draft.identities.map((one, i) => ({ key: String(i), text: identityText(one) }))}
          onRemove={(gone) => edit({ identities: draft.identities.filter((_, i) => String(i) !== gone) })}
        />
        <AddIdentity onAdd={(identity) => edit({ identities: [...draft.identities, identity] })} />
        <TextInput
          label="Organisation"
          hint="Whom the person works for, where that is not you. Optional."
          value={draft.organisation ?? ''}
          onChange={(organisation) => edit({ organisation })}
        />
        {fault !== null && (
          <p className="field-error" role="alert">
            {fault}
          </p>
        )}
        <div className="row">
          <Button look="primary" onPress={done}>
            Done
          </Button>
          <Button look="quiet" onPress={onBack}>
            Back
          </Button>
        </div>
      </Part>
    </div>
  );
}

interface ChosenProps {
  readonly title: string;
  readonly none: string;
  readonly items: readonly { readonly key: string; readonly text: string }[];
  readonly onRemove: (key: string) => void;
}

function Chosen({ title, none, items, onRemove }: ChosenProps): ReactElement {
  return (
    <div className="stack">
      <p>
        <strong>{title}</strong>
      </p>
      {items.length === 0 ? (
        <p className="subtle">{none}</p>
      ) : (
        <ul className="stack">
          {items.map(({ key, text }) => (
            <li key={key} className="row">
              <span>{text}</span>
              <Button look="quiet" tight label={`Take away ${text}`} onPress={() => onRemove(key)}>
                Take away
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const SOURCES = ['github', 'gitlab', 'bitbucket', 'azure-devops', 'jenkins', 'circleci', 'pipeline'];

/** An e-mail address, or a user name at a tool. */
function AddIdentity({ onAdd }: { readonly onAdd: (identity: IdentityView) => void }): ReactElement {
  const [source, setSource] = useState('email');
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const add = () => {
    const value = text.trim();
    const problem =
      source === 'email'
        ? /^[^\s@]+@[^\s@]+$/.test(value)
          ? null
          : 'Write an e-mail address.'
        : value === ''
          ? 'Write a user name.'
          : null;
    setFault(problem);
    if (problem !== null) return;
    onAdd(source === 'email' ? { kind: 'email', email: value } : { kind: 'login', source, login: value });
    setText('');
  };
  return (
    <div className="row bottom">
      <Field label="Identity" error={null}>
        {(control) => (
          <select {...control} value={source} onChange={(event) => setSource(event.target.value)}>
            <option value="email">E-mail address</option>
            {SOURCES.map((one) => (
              <option key={one} value={one}>
                User name at {one}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={source === 'email' ? 'Address' : 'User name'} error={fault}>
        {(control) => <input {...control} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <Button onPress={add}>Add identity</Button>
    </div>
  );
}
