import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import Spinner from '@atlaskit/spinner';
import { METHODS } from '../../../src/contract/panel';
import type { FoundKeysView } from '../../../src/contract/trust';
import { ask, sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { FileChoice } from '../parts/file-choice';
import { DescribeKeys } from './describe-keys';
import { Part, TextInput } from './inputs';
import { Sentences } from './sentences';
import type { TrustEditing } from './use-trust';

export type KeySource =
  | { readonly form: 'text'; readonly text: string; readonly use: 'signing' | 'time-stamps' }
  | { readonly form: 'identity'; readonly issuer: string; readonly subject: string };

/** More than any file of keys: what the app refuses anyhow is not read into memory. */
const MAX_BYTES = 400_000;

interface RegisterKeysProps {
  readonly editing: TrustEditing;
  readonly onDone: () => void;
}

/** A text with keys, pasted or from a file, or the identity that a certificate has to carry: first looked at, then registered. */
export function RegisterKeys({ editing, onDone }: RegisterKeysProps): ReactElement {
  const [source, setSource] = useState<KeySource>({ form: 'text', text: '', use: 'signing' });
  const [found, setFound] = useState<FoundKeysView | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.focus(), []);
  const edit = (next: KeySource) => {
    setSource(next);
    setFound(null);
    setFault(null);
  };
  const look = async () => {
    const missing = missingIn(source);
    setFault(missing);
    if (missing !== null) return;
    setBusy(true);
    try {
      setFound(await ask(METHODS.inspectKeys, { source }));
    } catch (failure) {
      setFault(sayFailure(failure));
    } finally {
      setBusy(false);
    }
  };
  const good = found !== null && found.problems.length === 0;
  return (
    <div ref={top} tabIndex={-1} role="group" aria-label="Register keys" className="item">
      <Part title="Register keys">
        <Source source={source} onEdit={edit} onFault={setFault} />
        {fault !== null && (
          <p className="field-error" role="alert">
            {fault}
          </p>
        )}
        {found !== null && found.problems.length > 0 && (
          <Sentences title="Nothing of this can be registered yet" sentences={found.problems} />
        )}
        {!good && (
          <div className="row">
            <Button look="primary" busy={busy} onPress={() => void look()}>
              Look at it
            </Button>
            <Button look="quiet" busy={busy} onPress={onDone}>
              Cancel
            </Button>
            {busy && <Spinner size="small" label="Looking at the keys" />}
          </div>
        )}
      </Part>
      {good && <DescribeKeys source={source} found={found.keys} editing={editing} onDone={onDone} />}
    </div>
  );
}

function missingIn(source: KeySource): string | null {
  if (source.form === 'text')
    return source.text.trim() === '' ? 'Paste a key, or choose the file that holds it.' : null;
  return source.issuer.trim() === '' || source.subject.trim() === ''
    ? 'Write both, as the certificate has them.'
    : null;
}

interface SourceProps {
  readonly source: KeySource;
  readonly onEdit: (source: KeySource) => void;
  readonly onFault: (fault: string | null) => void;
}

function Source({ source, onEdit, onFault }: SourceProps): ReactElement {
  const take = async (file: File) => {
    if (file.size > MAX_BYTES) {
      onFault(`${file.name} is larger than any file of keys that can be registered at once.`);
      return;
    }
    try {
      onEdit({ form: 'text', text: await file.text(), use: 'signing' });
    } catch {
      onFault(`${file.name} could not be read. Choose it again.`);
    }
  };
  return (
    <>
      <Field label="What is registered" error={null}>
        {(control) => (
          <select
            {...control}
            value={source.form}
            onChange={({ target }) =>
              onEdit(
                target.value === 'identity'
                  ? { form: 'identity', issuer: '', subject: '' }
                  : { form: 'text', text: '', use: 'signing' },
              )
            }
          >
            <option value="text">Keys or roots, as text</option>
            <option value="identity">The identity that a sigstore certificate has to carry</option>
          </select>
        )}
      </Field>
      {source.form === 'text' ? (
        <>
          <Field
            label="Keys"
            hint="SSH public keys or an allowed_signers file, an OpenPGP public key block, PEM public keys or root certificates, or a sigstore trusted_root.json. Public parts only."
            error={null}
          >
            {(control) => (
              <textarea
                {...control}
                rows={6}
                spellCheck={false}
                className="mono"
                value={source.text}
                onChange={(event) => onEdit({ ...source, text: event.target.value })}
              />
            )}
          </Field>
          <FileChoice label="Choose a file" zone="or drop it here" onChoose={(file) => void take(file)} />
          {source.text.includes('BEGIN CERTIFICATE') && <Use source={source} onEdit={onEdit} />}
        </>
      ) : (
        <>
          <TextInput
            label="Who vouches for it (issuer)"
            hint="Such as https://token.actions.githubusercontent.com; to the letter."
            value={source.issuer}
            onChange={(issuer) => onEdit({ ...source, issuer })}
          />
          <TextInput
            label="Name in the certificate (subject)"
            hint="An e-mail address, or the address of a workflow; to the letter."
            value={source.subject}
            onChange={(subject) => onEdit({ ...source, subject })}
          />
        </>
      )}
    </>
  );
}

function Use({
  source,
  onEdit,
}: {
  readonly source: KeySource & { form: 'text' };
  readonly onEdit: SourceProps['onEdit'];
}) {
  return (
    <Field label="What the certificates are good for" error={null}>
      {(control) => (
        <select
          {...control}
          value={source.use}
          onChange={({ target }) =>
            onEdit({ ...source, use: target.value === 'time-stamps' ? 'time-stamps' : 'signing' })
          }
        >
          <option value="signing">They issue signing certificates</option>
          <option value="time-stamps">They stand behind time stamps</option>
        </select>
      )}
    </Field>
  );
}
