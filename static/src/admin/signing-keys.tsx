import { useState } from 'react';
import type { ReactElement } from 'react';
import type { KeyView, TrustView } from '../../../src/contract/trust';
import { Button } from '../parts/button';
import { Digest } from '../parts/digest';
import { LongList } from '../parts/long-list';
import { Lozenge } from '../parts/lozenge';
import { Message } from '../parts/message';
import { NotRead } from '../parts/not-read';
import { Section } from '../parts/section';
import { Skeleton } from '../parts/skeleton';
import { Time } from '../parts/time';
import {
  KEY_KINDS,
  KEY_STATES,
  namespaceWords,
  namingKeys,
  principalWords,
  shortPrint,
  versionName,
} from '../wording/keys';
import { RegisterKeys } from './register-keys';
import { RevokeKey } from './revoke-key';
import { useTrust } from './use-trust';
import type { TrustEditing } from './use-trust';

/** Keys and roots that signatures are checked against: registered, ended, revoked, and every save of them. */
export default function SigningKeys(): ReactElement {
  const editing = useTrust();
  const { view, readError } = editing;
  if (view === null)
    return (
      <Section title="Signing keys">
        {readError === null ? (
          <Skeleton label="Reading the signing keys" part />
        ) : (
          <NotRead title="The signing keys could not be read" error={readError} onRetry={editing.retry} />
        )}
      </Section>
    );
  return <Keys editing={editing} view={view} />;
}

function Keys({ editing, view }: { readonly editing: TrustEditing; readonly view: TrustView }): ReactElement {
  const [adding, setAdding] = useState(false);
  const start = () => {
    editing.forget();
    setAdding(true);
  };
  const action = view.editable && !adding ? <Button onPress={start}>Register keys</Button> : undefined;
  return (
    <Section title="Signing keys" count={view.keys.length} action={action} ready>
      <p className="subtle">
        Signatures of commits and attestations are checked against these keys, and against nothing else. “Verified” says
        that a key from this list made the signature. “Signed, signer unknown” says that there is a signature and no key
        here made it: anybody could have, under any name. “Invalid” says that the content was altered after signing, or
        that the key had ended or was revoked.
      </p>
      {editing.done !== null && <Message tone="good" title={editing.done} role="status" />}
      {!view.readable && (
        <Message tone="bad" title="What was saved cannot be read from storage any more">
          <p>No signature is checked until keys are registered anew.</p>
        </Message>
      )}
      {!view.editable && (
        <Message tone="bad" title="The ledger of saves does not verify">
          <p>Nothing is saved on it. Tell the people who look after this app.</p>
        </Message>
      )}
      {adding && <RegisterKeys editing={editing} onDone={() => setAdding(false)} />}
      {view.keys.length === 0 && view.readable && (
        <p>No key is registered yet, so whatever is signed is shown as “signed, signer unknown”.</p>
      )}
      <LongList items={view.keys} first={20} noun="keys" className="who" keyOf={({ id }) => id}>
        {(key) => <Key signingKey={key} editing={editing} may={view.editable} />}
      </LongList>
      <History view={view} />
    </Section>
  );
}

interface KeyProps {
  readonly signingKey: KeyView;
  readonly editing: TrustEditing;
  readonly may: boolean;
}

function Key({ signingKey: key, editing, may }: KeyProps): ReactElement {
  const [revoking, setRevoking] = useState(false);
  const [word, tone] = KEY_STATES[key.state];
  const mayRevoke = may && key.state !== 'revoked' && !revoking;
  return (
    <div className="stack">
      <div className="row top">
        <div className="stack grow">
          <p className="row">
            <strong>{key.label}</strong>
            <span className="subtle">{key.whose.name}</span>
            <Lozenge tone={tone}>{word}</Lozenge>
          </p>
          <p className="small subtle dotted">
            <span>{`${KEY_KINDS[key.kind].name}, ${key.algorithm}`}</span>
            <span>for {KEY_KINDS[key.kind].proves}</span>
            {key.principals.length > 0 && <span>{principalWords(key.principals)}</span>}
            {key.namespaces !== null && <span>{namespaceWords(key.namespaces)}</span>}
            <span>{key.id} in the record</span>
          </p>
          <Span signingKey={key} />
          <div className="row small">
            <Digest
              value={key.fingerprint}
              short={shortPrint(key.fingerprint)}
              of={`the fingerprint of ${key.label}`}
            />
          </div>
          <details className="small">
            <summary>{key.kind === 'identity' ? 'What the certificate has to say' : 'The public key'}</summary>
            <pre className="key-text" tabIndex={0} aria-label={`Text of ${key.label}`}>
              {key.material}
            </pre>
          </details>
        </div>
        {mayRevoke && (
          <Button
            look="quiet"
            tight
            label={`Revoke ${key.label} …`}
            onPress={() => {
              editing.forget();
              setRevoking(true);
            }}
          >
            Revoke …
          </Button>
        )}
      </div>
      {revoking && <RevokeKey signingKey={key} editing={editing} onDone={() => setRevoking(false)} />}
    </div>
  );
}

function Span({ signingKey: { from, until, revoked, registeredAt } }: { readonly signingKey: KeyView }): ReactElement {
  return (
    <p className="small subtle dotted">
      <span>
        registered <Time at={registeredAt} />
      </span>
      {from !== null && (
        <span>
          from <Time at={from} />
        </span>
      )}
      {until !== null && (
        <span>
          until <Time at={until} />
        </span>
      )}
      {revoked !== null && (
        <span>
          revoked from <Time at={revoked.from} />
        </span>
      )}
    </p>
  );
}

function History({ view: { history, keys } }: { readonly view: TrustView }): ReactElement | null {
  if (history.length === 0) return null;
  return (
    <div className="stack">
      <h3>Versions</h3>
      <LongList
        items={history}
        first={3}
        noun="versions"
        className="versions"
        keyOf={({ at, version }) => `${version} ${at}`}
      >
        {({ version, at, by, changes, reason }) => (
          <p className="small">
            <strong>{versionName(version)}</strong> by {by ?? 'somebody whose name was erased'}, <Time at={at} />:{' '}
            {namingKeys(changes.join(' '), keys)} <span className="subtle">{reason}</span>
          </p>
        )}
      </LongList>
    </div>
  );
}
