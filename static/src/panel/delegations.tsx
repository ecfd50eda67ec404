import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ChangeView, DelegationView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Lozenge } from '../parts/lozenge';
import { Moment } from '../parts/moment';
import { Time } from '../parts/time';
import { useViewing } from '../parts/viewing';
import { choices } from '../wording/draft';
import { ActResult } from './act-result';
import type { SectionsProps } from './panel';
import type { Act } from './use-act';
import { useAct } from './use-act';

interface DelegationsProps extends SectionsProps {
  readonly view: ChangeView;
}

/** Says on this change that were handed over, and the way to hand over one's own: folded, for it is rarely needed. */
export function Delegations({ view, change, announce }: DelegationsProps): ReactElement | null {
  const act = useAct({ change, announce });
  const { mayDelegate } = view.mayDecide;
  if (mayDelegate.length === 0 && view.delegations.length === 0 && act.error === null) return null;
  return (
    <div className="stack">
      {view.delegations.length > 0 && (
        <ul className="reasons" aria-label="Says handed over">
          {view.delegations.map((one) => (
            <li key={one.seq}>
              <Delegation one={one} act={act} />
            </li>
          ))}
        </ul>
      )}
      {mayDelegate.length > 0 && (
        <details className="folded">
          <summary>Let somebody else decide for me</summary>
          <HandOver view={view} act={act} />
        </details>
      )}
      <ActResult act={act} />
    </div>
  );
}

const STATES = { standing: null, over: 'Over', 'taken-back': 'Ended' } as const;

function Delegation({ one, act }: { readonly one: DelegationView; readonly act: Act }): ReactElement {
  const word = STATES[one.state];
  const end = () =>
    void act.send(
      METHODS.revokeDelegation,
      { delegation: one.seq, reason: 'Ended in the panel.' },
      'The delegation is ended.',
    );
  return (
    <div className="row">
      <span className="grow">
        {one.to} decides for {one.from} as {one.role}
        {one.until !== null && (
          <>
            , until <Time at={one.until} />
          </>
        )}
        . {one.basis}
      </span>
      {word !== null && <Lozenge tone="neutral">{word}</Lozenge>}
      {one.mayEnd && (
        <Button busy={act.sending} label={`End: ${one.to} for ${one.from}`} onPress={end}>
          End
        </Button>
      )}
    </div>
  );
}

function HandOver({ view, act }: { readonly view: ChangeView; readonly act: Act }): ReactElement {
  const { locale } = useViewing();
  const { mayDelegate } = view.mayDecide;
  const [to, setTo] = useState('');
  const [typed, setTyped] = useState('');
  const [role, setRole] = useState(mayDelegate[0]?.key ?? '');
  const [until, setUntil] = useState('');
  const [basis, setBasis] = useState('');
  const [faults, setFaults] = useState<{ readonly to?: string; readonly basis?: string }>({});
  const whom = to === OTHER ? typed.trim() : to;
  const options = choices(
    view.people.filter(({ accountId }) => accountId !== view.viewer.accountId),
    locale,
  );
  const send = async () => {
    const found = {
      ...(whom === '' ? { to: 'Choose who decides for you.' } : {}),
      ...(basis.trim() === '' ? { basis: 'Say why you hand it over.' } : {}),
    };
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    const chosen = mayDelegate.some(({ key }) => key === role) ? role : (mayDelegate[0]?.key ?? '');
    const payload = { to: whom, role: chosen, until: until === '' ? null : until, basis: basis.trim() };
    if (await act.send(METHODS.delegate, payload, 'Your say is handed over.')) {
      setTo('');
      setTyped('');
      setBasis('');
    }
  };
  return (
    <div className="stack" role="group" aria-label="Hand over your say">
      <p className="subtle">
        Somebody else decides for you on this change, here in the panel. They must have taken no part in it, and between
        you there is one vote.
      </p>
      <Field label="Who decides for you" error={faults.to ?? null}>
        {(control) => (
          <select {...control} value={to} onChange={(event) => setTo(event.target.value)}>
            <option value="">Choose a person</option>
            {options.map(({ accountId, label }) => (
              <option key={accountId} value={accountId}>
                {label}
              </option>
            ))}
            <option value={OTHER}>Somebody else…</option>
          </select>
        )}
      </Field>
      {to === OTHER && (
        <Field label="Their name in Jira" hint="As Jira shows it." error={null}>
          {(control) => (
            <input {...control} maxLength={128} value={typed} onChange={(event) => setTyped(event.target.value)} />
          )}
        </Field>
      )}
      {mayDelegate.length > 1 && (
        <Field label="As" error={null}>
          {(control) => (
            <select {...control} value={role} onChange={(event) => setRole(event.target.value)}>
              {mayDelegate.map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Moment label="Until, if it ends" value={until} onChange={setUntil} />
      <Field label="Reason" error={faults.basis ?? null}>
        {(control) => (
          <input {...control} maxLength={2000} value={basis} onChange={(event) => setBasis(event.target.value)} />
        )}
      </Field>
      <div>
        <Button busy={act.sending} onPress={() => void send()}>
          Hand over my say
        </Button>
      </div>
    </div>
  );
}

const OTHER = '\u0000other';
