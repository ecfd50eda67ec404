import { useState } from 'react';
import type { ReactElement } from 'react';
import Spinner from '@atlaskit/spinner';
import type { SecretAdded, SecretsView } from '../../../src/contract/policy';
import { METHODS } from '../../../src/contract/panel';
import { ask, sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Message } from '../parts/message';
import { NotRead } from '../parts/not-read';
import { Section } from '../parts/section';
import { Skeleton } from '../parts/skeleton';
import { Time } from '../parts/time';
import { useReading } from '../parts/use-reading';

/** Senders and their live secrets, by label and age. A value is shown once, when it is made. */
export default function Secrets(): ReactElement {
  const { answer, error, retry } = useReading(METHODS.readSecrets);
  const [newer, setNewer] = useState<SecretsView | null>(null);
  const [added, setAdded] = useState<SecretAdded | null>(null);
  const view = newer ?? answer;
  return (
    <Section title="Senders and their secrets" ready={view !== null}>
      <p className="subtle">
        Whoever signs with a live secret is believed to be that sender. To rotate: add a secret, enter it at the sender,
        then retire the old one; both are good meanwhile.
      </p>
      {view === null && error === null && <Skeleton label="Reading the secrets" part />}
      {view === null && error !== null && (
        <NotRead title="The secrets could not be read" error={error} onRetry={retry} />
      )}
      {added !== null && <ShownOnce added={added} onDone={() => setAdded(null)} />}
      {view?.senders.map((sender) => (
        <Sender
          key={sender.source}
          sender={sender}
          onAdded={(answer_) => {
            setAdded(answer_);
            setNewer(answer_.secrets);
          }}
          onRetired={setNewer}
        />
      ))}
    </Section>
  );
}

function ShownOnce({ added, onDone }: { readonly added: SecretAdded; readonly onDone: () => void }): ReactElement {
  return (
    <Message tone="warning" title={`The new secret "${added.label}" of ${added.source}`} role="status">
      <p>Copy it to the sender now: it is shown this one time and nowhere kept in plain text.</p>
      <p>
        <code className="secret">{added.value}</code>
      </p>
      <div>
        <Button onPress={onDone}>I have copied it</Button>
      </div>
    </Message>
  );
}

interface SenderProps {
  readonly sender: SecretsView['senders'][number];
  readonly onAdded: (added: SecretAdded) => void;
  readonly onRetired: (view: SecretsView) => void;
}

function Sender({ sender: { source, name, live }, onAdded, onRetired }: SenderProps): ReactElement {
  const [open, setOpen] = useState<'add' | { readonly retire: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
      setOpen(null);
    } catch (failure) {
      setError(sayFailure(failure));
    } finally {
      setBusy(false);
    }
  };
  const add = (label: string) => void run(async () => onAdded(await ask(METHODS.addSecret, { source, label })));
  const retire = (label: string) => void run(async () => onRetired(await ask(METHODS.retireSecret, { source, label })));
  return (
    <div className="item stack">
      <div className="row">
        <h3>{name}</h3>
        {live.length === 0 && <span className="subtle">no live secret: what it sends is refused</span>}
        <span className="grow" />
        {open !== 'add' && (
          <Button tight label={`Add secret of ${name}`} onPress={() => setOpen('add')}>
            Add secret
          </Button>
        )}
      </div>
      <ul className="stack">
        {live.map(({ label, addedAt }) => (
          <li key={label} className="row">
            <code>{label}</code>
            {addedAt === null ? <span className="subtle">from set-up</span> : <Time at={addedAt} />}
            {open !== null && open !== 'add' && open.retire === label ? (
              <>
                <span>
                  {live.length === 1
                    ? `It is the only one: everything from ${name} is refused then.`
                    : 'What is signed with it is refused then.'}
                </span>
                <Button
                  look="danger"
                  tight
                  busy={busy}
                  label={`Retire ${label} of ${name}`}
                  onPress={() => retire(label)}
                >
                  Retire
                </Button>
                <Button look="quiet" tight onPress={() => setOpen(null)}>
                  Keep
                </Button>
              </>
            ) : (
              <Button
                look="quiet"
                tight
                label={`Retire ${label} of ${name} …`}
                onPress={() => setOpen({ retire: label })}
              >
                Retire …
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open === 'add' && <AddSecret name={name} busy={busy} onAdd={add} onCancel={() => setOpen(null)} />}
      {error !== null && <Message tone="bad" title={error} role="alert" />}
    </div>
  );
}

interface AddSecretProps {
  readonly name: string;
  readonly busy: boolean;
  readonly onAdd: (label: string) => void;
  readonly onCancel: () => void;
}

function AddSecret({ name, busy, onAdd, onCancel }: AddSecretProps): ReactElement {
  const [label, setLabel] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const add = () => {
    const fits = /^[A-Za-z0-9][A-Za-z0-9 ._()-]{0,59}$/.test(label.trim());
    setFault(fits ? null : 'A label has 1 to 60 letters, digits, spaces, dots, hyphens or brackets.');
    if (fits) onAdd(label.trim());
  };
  return (
    <div className="stack">
      <Field
        label={`Label of the new secret of ${name}`}
        hint="Such as the month it was made in: 2026-03."
        error={fault}
      >
        {(control) => <input {...control} autoFocus value={label} onChange={(event) => setLabel(event.target.value)} />}
      </Field>
      <div className="row">
        <Button look="primary" busy={busy} onPress={add}>
          Make the secret
        </Button>
        <Button look="quiet" busy={busy} onPress={onCancel}>
          Cancel
        </Button>
        {busy && <Spinner size="small" label="Making the secret" />}
      </div>
    </div>
  );
}
