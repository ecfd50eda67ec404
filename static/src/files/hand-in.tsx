import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { HANDED_IN_KINDS } from '../../../src/contract/files';
import type { FileHandedIn, HandedInKind } from '../../../src/contract/files';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { FileChoice } from '../parts/file-choice';
import { Message } from '../parts/message';
import { useViewing } from '../parts/viewing';
import { sizeWords } from '../wording/bytes';
import { HANDED_IN_WORDS } from '../wording/files';
import { useHandIn } from './use-hand-in';
import type { HandingIn, HandInState } from './use-hand-in';

interface HandInProps {
  readonly maxBytes: number;
  readonly announce: (text: string) => void;
  readonly onHandedIn: (handedIn: FileHandedIn) => void;
  readonly onClose: () => void;
}

/** One file, what it is, what it is about; then sent by pieces, with progress, and told what became of it. */
export function HandIn({ maxBytes, announce, onHandedIn, onClose }: HandInProps): ReactElement {
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<HandedInKind | ''>('');
  const [about, setAbout] = useState('');
  const [tried, setTried] = useState(false);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.focus(), []);
  const handing = useHandIn((handedIn) => {
    announce('The file is handed in.');
    onHandedIn(handedIn);
  });
  const { state } = handing;
  const faults = faultsOf({ file, kind, about, maxBytes, locale: useViewing().locale });
  const send = () => {
    setTried(true);
    if (file !== null && kind !== '' && Object.values(faults).every((fault) => fault === null))
      void handing.send({ file, kind, about: about.trim() });
  };
  const another = () => {
    setFile(null);
    setAbout('');
    setTried(false);
    handing.cancel();
    top.current?.focus();
  };
  return (
    <div ref={top} tabIndex={-1} role="group" aria-label="Hand in a file" className="hand-in stack">
      {state.step === 'done' ? (
        <Done handedIn={state.handedIn} onAnother={another} onClose={onClose} />
      ) : (
        <>
          <Warning />
          <Chosen file={file} busy={isBusy(state)} fault={tried ? faults.file : null} onChoose={setFile} />
          <Words
            kind={kind}
            about={about}
            faults={tried ? faults : { kind: null, about: null }}
            onKind={setKind}
            onAbout={setAbout}
          />
          <Progress handing={handing} onSend={send} onClose={onClose} />
        </>
      )}
    </div>
  );
}

const isBusy = ({ step }: HandInState): boolean => step === 'hashing' || step === 'sending' || step === 'finishing';

function faultsOf(given: {
  readonly file: File | null;
  readonly kind: string;
  readonly about: string;
  readonly maxBytes: number;
  readonly locale: string;
}): { readonly file: string | null; readonly kind: string | null; readonly about: string | null } {
  const { file, kind, about, maxBytes, locale } = given;
  return {
    file:
      file === null
        ? 'Choose a file.'
        : file.size === 0
          ? 'The file is empty.'
          : file.size > maxBytes
            ? `The file has ${sizeWords(file.size, locale)}, and at most ${sizeWords(maxBytes, locale)} can be handed in here. Hand in a part of it, or have the pipeline hand in its digest.`
            : null,
    kind: kind === '' ? 'Say what the file is.' : null,
    about: about.trim() === '' ? 'Say what it is about.' : null,
  };
}

function Warning(): ReactElement {
  return (
    <Message tone="warning" title="Name the system, never paste CUI">
      <p>
        The file is kept with this change and goes into evidence packs. It is searched for CUI markings and secrets
        first: what is found is taken out and held back until a named person clears it. Once it is recorded it stays.
      </p>
    </Message>
  );
}

interface ChosenProps {
  readonly file: File | null;
  readonly busy: boolean;
  readonly fault: string | null;
  readonly onChoose: (file: File) => void;
}

function Chosen({ file, busy, fault, onChoose }: ChosenProps): ReactElement {
  const { locale } = useViewing();
  return (
    <div className="stack">
      <FileChoice
        label={file === null ? 'Choose a file' : 'Choose another file'}
        zone="or drop it here"
        busy={busy}
        onChoose={onChoose}
      >
        {file !== null && (
          <p className="file-name" role="status">
            <strong>{file.name}</strong> <span className="subtle">{sizeWords(file.size, locale)}</span>
          </p>
        )}
      </FileChoice>
      {fault !== null && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

interface WordsProps {
  readonly kind: HandedInKind | '';
  readonly about: string;
  readonly faults: { readonly kind: string | null; readonly about: string | null };
  readonly onKind: (kind: HandedInKind) => void;
  readonly onAbout: (about: string) => void;
}

function Words({ kind, about, faults, onKind, onAbout }: WordsProps): ReactElement {
  return (
    <>
      <Field
        label="What it is"
        hint="The app reads the content from the file itself, whatever is chosen here."
        error={faults.kind}
      >
        {(control) => (
          <select {...control} value={kind} onChange={({ target }) => onKind(target.value as HandedInKind)}>
            <option value="" disabled>
              Choose
            </option>
            {HANDED_IN_KINDS.map((one) => (
              <option key={one} value={one}>
                {HANDED_IN_WORDS[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="What it is about" hint="Such as: audit log of the firewall during the window." error={faults.about}>
        {(control) => (
          <input {...control} maxLength={1000} value={about} onChange={(event) => onAbout(event.target.value)} />
        )}
      </Field>
    </>
  );
}

interface ProgressProps {
  readonly handing: HandingIn;
  readonly onSend: () => void;
  readonly onClose: () => void;
}

function Progress({ handing: { state, cancel }, onSend, onClose }: ProgressProps): ReactElement {
  const busy = isBusy(state);
  return (
    <>
      {state.step === 'failed' && (
        <Message tone="bad" title="The file was not handed in" role="alert">
          <p>{state.message}</p>
          {state.again && <p>What was sent so far is kept: trying again goes on from there.</p>}
        </Message>
      )}
      {busy && (
        <div className="stack">
          <p className="small" role="status">
            {stepWords(state)}
          </p>
          <progress
            className="progress"
            aria-label="Handing in the file"
            max={1}
            {...(state.step === 'sending'
              ? { value: state.done / state.of }
              : state.step === 'finishing'
                ? { value: 1 }
                : {})}
          />
        </div>
      )}
      <div className="row">
        {!busy && (
          <Button look="primary" onPress={onSend}>
            {state.step === 'failed' ? 'Try again' : 'Hand it in'}
          </Button>
        )}
        {state.step !== 'finishing' && (
          <Button look="quiet" onPress={busy ? cancel : onClose}>
            {busy ? 'Cancel handing in' : 'Cancel'}
          </Button>
        )}
      </div>
    </>
  );
}

function stepWords(state: HandInState): string {
  if (state.step === 'hashing') return 'Making the file’s hash';
  if (state.step === 'sending') return `Sending piece ${state.done + 1} of ${state.of}`;
  return 'Searching it for markings and storing it';
}

interface DoneProps {
  readonly handedIn: FileHandedIn;
  readonly onAnother: () => void;
  readonly onClose: () => void;
}

function Done({ handedIn, onAnother, onClose }: DoneProps): ReactElement {
  const { marked, stored } = handedIn;
  const found = marked === 1 ? '1 possible marking or secret was' : `${marked} possible markings or secrets were`;
  return (
    <Message tone={marked > 0 ? 'warning' : 'good'} title="The file is handed in" role="status">
      {marked > 0 && (
        <p>
          {found} found and taken out of what is kept. Clear each at the top of this panel, with a reason, or hand in a
          file without.
        </p>
      )}
      <p>
        {stored
          ? 'It is stored, and read in the next seconds; then it is in the list below.'
          : 'It had arrived before.'}
      </p>
      <div className="row">
        <Button onPress={onAnother}>Hand in another</Button>
        <Button look="quiet" onPress={onClose}>
          Close
        </Button>
      </div>
    </Message>
  );
}
