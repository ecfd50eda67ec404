import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import Spinner from '@atlaskit/spinner';
import type { FoundKeyView, KeyHolderForm } from '../../../src/contract/trust';
import { AccountPicker } from '../parts/account-picker';
import { Button } from '../parts/button';
import { Digest } from '../parts/digest';
import { Field } from '../parts/field';
import { Moment } from '../parts/moment';
import { firstLabel, KEY_KINDS, namespaceWords, principalWords, shortPrint } from '../wording/keys';
import { Check, Part, TextInput } from './inputs';
import type { KeySource } from './register-keys';
import type { TrustEditing } from './use-trust';

interface Described {
  readonly key: FoundKeyView;
  readonly taken: boolean;
  readonly label: string;
  readonly whose: KeyHolderForm | null;
  /** The account's name, while one is chosen. */
  readonly name: string;
  readonly from: string;
  readonly until: string;
}

interface DescribeKeysProps {
  readonly source: KeySource;
  readonly found: readonly FoundKeyView[];
  readonly editing: TrustEditing;
  readonly onDone: () => void;
}

const describe = (key: FoundKeyView): Described => ({
  key,
  taken: key.registeredAs === null,
  label: firstLabel(key),
  whose: null,
  name: '',
  from: key.from ?? '',
  until: key.until ?? '',
});

/** What was found: which of it is registered, under which label, whose each key is, and from when until when. */
export function DescribeKeys({ source, found, editing, onDone }: DescribeKeysProps): ReactElement {
  const [rows, setRows] = useState(() => found.map(describe));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => top.current?.focus(), []);
  const taken = rows.filter((row) => row.taken);
  const edit = (at: number, patch: Partial<Described>) =>
    setRows((now) => now.map((row, i) => (i === at ? { ...row, ...patch } : row)));
  const register = async () => {
    setTried(true);
    if (taken.length === 0 || taken.some((row) => faultOf(row) !== null) || reason.trim() === '') return;
    const keys = taken.map(({ key: { fingerprint }, label, whose, from, until }) => ({
      fingerprint,
      label: label.trim(),
      whose,
      from: from === '' ? null : from,
      until: until === '' ? null : until,
    }));
    if (await editing.register({ source, keys, reason: reason.trim() })) onDone();
  };
  return (
    <div className="stack sections">
      <h3 ref={top} tabIndex={-1}>
        {found.length === 1 ? '1 key was found' : `${found.length} keys were found`}
      </h3>
      {rows.map((row, i) => (
        <Found key={row.key.fingerprint} row={row} tried={tried} onEdit={(patch) => edit(i, patch)} />
      ))}
      <Field
        label="Reason"
        hint="Goes into the ledger with your name. Labels, names and addresses do not."
        error={tried && reason.trim() === '' ? 'Say why the keys are registered.' : null}
      >
        {(control) => (
          <input {...control} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      {(editing.error !== null || (tried && taken.length === 0)) && (
        <p className="field-error" role="alert">
          {editing.error ?? 'Nothing is chosen.'}
        </p>
      )}
      <div className="row">
        <Button look="primary" busy={editing.busy} onPress={() => void register()}>
          {taken.length === 1 ? 'Register the key' : `Register ${taken.length} keys`}
        </Button>
        <Button look="quiet" busy={editing.busy} onPress={onDone}>
          Cancel
        </Button>
        {editing.busy && <Spinner size="small" label="Registering the keys" />}
      </div>
    </div>
  );
}

function faultOf({ label, whose, from, until }: Described): string | null {
  if (label.trim() === '') return 'Give the key a label.';
  if (whose === null || (whose.kind === 'organisation' && whose.name.trim() === '')) return 'Say whose the key is.';
  return from !== '' && until !== '' && until <= from ? 'It ends before it starts.' : null;
}

interface FoundProps {
  readonly row: Described;
  readonly tried: boolean;
  readonly onEdit: (patch: Partial<Described>) => void;
}

function Found({ row, tried, onEdit }: FoundProps): ReactElement {
  const { key, taken, label, from, until } = row;
  const fault = tried && taken ? faultOf(row) : null;
  return (
    <Part title={`${KEY_KINDS[key.kind].name}, ${key.algorithm}`}>
      <p className="small subtle dotted">
        <span>{key.place}</span>
        {key.principals.length > 0 && <span>{principalWords(key.principals)}</span>}
        {key.namespaces !== null && <span>{namespaceWords(key.namespaces)}</span>}
        <Digest value={key.fingerprint} short={shortPrint(key.fingerprint)} of={`the fingerprint of ${label}`} />
      </p>
      {key.registeredAs !== null ? (
        <p>Registered already as {key.registeredAs}.</p>
      ) : (
        <Check label="Register it" checked={taken} onChange={(checked) => onEdit({ taken: checked })} />
      )}
      {taken && (
        <>
          <TextInput label="Label" value={label} onChange={(text) => onEdit({ label: text })} />
          <Whose row={row} onEdit={onEdit} />
          <div className="columns">
            <Moment label="From, optional" value={from} onChange={(instant) => onEdit({ from: instant })} />
            <Moment label="Until, optional" value={until} onChange={(instant) => onEdit({ until: instant })} />
          </div>
          {fault !== null && (
            <p className="field-error" role="alert">
              {fault}
            </p>
          )}
        </>
      )}
    </Part>
  );
}

function Whose({ row: { whose, name }, onEdit }: Pick<FoundProps, 'row' | 'onEdit'>): ReactElement {
  const kind = whose?.kind ?? 'account';
  return (
    <>
      <Field label="Whose it is" error={null}>
        {(control) => (
          <select
            {...control}
            value={kind}
            onChange={({ target }) =>
              onEdit({ name: '', whose: target.value === 'organisation' ? { kind: 'organisation', name: '' } : null })
            }
          >
            <option value="account">A person in Jira</option>
            <option value="organisation">An organisation, a service or a pipeline</option>
          </select>
        )}
      </Field>
      {whose?.kind === 'organisation' && (
        <TextInput
          label="Its name"
          value={whose.name}
          onChange={(text) => onEdit({ whose: { kind: 'organisation', name: text } })}
        />
      )}
      {kind === 'account' && whose !== null && (
        <p className="row">
          <strong>{name}</strong>
          <Button look="quiet" tight label={`Not ${name}`} onPress={() => onEdit({ whose: null, name: '' })}>
            Choose another
          </Button>
        </p>
      )}
      {kind === 'account' && whose === null && (
        <AccountPicker
          label="The person"
          onPick={(person) => onEdit({ whose: { kind: 'account', accountId: person.accountId }, name: person.name })}
        />
      )}
    </>
  );
}
