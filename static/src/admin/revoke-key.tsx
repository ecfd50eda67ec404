import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import Spinner from '@atlaskit/spinner';
import type { KeyView } from '../../../src/contract/trust';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Moment } from '../parts/moment';
import { useViewing } from '../parts/viewing';
import { Part } from './inputs';
import type { TrustEditing } from './use-trust';

interface RevokeKeyProps {
  readonly signingKey: KeyView;
  readonly editing: TrustEditing;
  readonly onDone: () => void;
}

/** From when a key verifies nothing any more, and why. It stays in the list. */
export function RevokeKey({ signingKey, editing, onDone }: RevokeKeyProps): ReactElement {
  const viewing = useViewing();
  const [from, setFrom] = useState(() => viewing.now.toISOString());
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.focus(), []);
  const fromFault = from === '' ? 'Say from when.' : null;
  const reasonFault = reason.trim() === '' ? 'Say why the key is revoked.' : null;
  const revoke = async () => {
    setTried(true);
    if (fromFault !== null || reasonFault !== null) return;
    if (await editing.revoke(signingKey, from, reason.trim())) onDone();
  };
  return (
    <div ref={top} tabIndex={-1} role="group" aria-label={`Revoke ${signingKey.label}`} className="item">
      <Part title={`Revoke “${signingKey.label}”`}>
        <p>
          What comes in from this moment on is not verified by this key, whatever time a signature claims. Earlier
          readings stay as they were recorded. It cannot be taken back; the key can be registered again.
        </p>
        <Moment label="Revoked from" value={from} error={tried ? fromFault : null} onChange={setFrom} />
        <Field label="Reason" hint="Goes into the ledger with your name." error={tried ? reasonFault : null}>
          {(control) => (
            <input {...control} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
        {editing.error !== null && (
          <p className="field-error" role="alert">
            {editing.error}
          </p>
        )}
        <div className="row">
          <Button look="danger" busy={editing.busy} onPress={() => void revoke()}>
            Revoke the key
          </Button>
          <Button look="quiet" busy={editing.busy} onPress={onDone}>
            Cancel
          </Button>
          {editing.busy && <Spinner size="small" label="Revoking the key" />}
        </div>
      </Part>
    </div>
  );
}
