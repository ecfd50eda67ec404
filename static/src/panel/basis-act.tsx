import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import Spinner from '@atlaskit/spinner';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { LONGEST } from '../wording/draft';

interface BasisActProps {
  /** The button that opens the form. */
  readonly open: string;
  readonly hint: string;
  readonly empty: string;
  readonly sending: boolean;
  readonly answers: readonly {
    readonly label: string;
    readonly look?: 'primary' | 'danger';
    /** Resolves to true when it was recorded. */
    readonly send: (basis: string) => Promise<boolean>;
  }[];
}

/** One reason and one or two answers, folded until somebody wants it. The way back keeps what was typed. */
export function BasisAct({ open, hint, empty, sending, answers }: BasisActProps): ReactElement {
  const [shown, setShown] = useState(false);
  const [basis, setBasis] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (shown || fault !== null) area.current?.focus();
  }, [shown, fault]);
  const back = () => {
    setShown(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  const send = async (answer: BasisActProps['answers'][number]) => {
    const text = basis.trim();
    const found =
      text === ''
        ? empty
        : text.length > LONGEST.basis
          ? `Shorten this by ${text.length - LONGEST.basis} characters (at most ${LONGEST.basis}).`
          : null;
    setFault(found);
    if (found !== null) {
      area.current?.focus();
      return;
    }
    if (!(await answer.send(text))) return;
    setBasis('');
    setShown(false);
    requestAnimationFrame(() => (opener.current ?? document.querySelector('main'))?.focus());
  };
  if (!shown)
    return (
      <div>
        <Button ref={opener} expanded={false} onPress={() => setShown(true)}>
          {open}
        </Button>
      </div>
    );
  return (
    <div className="stack" role="group" aria-label={open}>
      <Field label="Basis" hint={hint} error={fault}>
        {(control) => (
          <textarea
            {...control}
            ref={area}
            required
            value={basis}
            onChange={(event) => {
              setBasis(event.target.value);
              setFault(null);
            }}
          />
        )}
      </Field>
      <div className="row">
        {answers.map((answer) => (
          <Button key={answer.label} look={answer.look} busy={sending} onPress={() => void send(answer)}>
            {answer.label}
          </Button>
        ))}
        <Button look="quiet" onPress={back}>
          Back
        </Button>
        {sending && <Spinner size="small" label="Recording" />}
      </div>
    </div>
  );
}
