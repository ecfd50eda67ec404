import { useRef, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { Message } from '../parts/message';
import { Section } from '../parts/section';
import { Time } from '../parts/time';
import { listed, ownDecision, roleName, weightiestFirst } from '../wording/verdict';
import { AskForDecision } from './ask-for-decision';
import { Delegations } from './delegations';
import { DecideForm } from './decide-form';
import type { SectionsProps } from './panel';
import { useDecision } from './use-decision';
import type { DecisionForm } from './use-decision';
import { WithdrawForm } from './withdraw-form';

interface YourDecisionProps extends SectionsProps {
  readonly view: ChangeView;
}

/** Whether this viewer may decide, every reason why not, and the way to do it or to take it back. */
export function YourDecision({ view, change, announce }: YourDecisionProps): ReactElement {
  const form = useDecision(view, change, announce);
  const [withdrawing, setWithdrawing] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const own = ownDecision(view);
  const afterwards = (recorded: boolean) => {
    if (!recorded) return;
    setWithdrawing(false);
    requestAnimationFrame(() => place.current?.focus());
  };
  const typed = form.draft.basis !== '' || form.draft.actions.length > 0;
  const deciding = !withdrawing && (view.mayDecide.allowed || typed);
  const decidable = !view.mayDecide.reasons.some(({ code }) => code === 'wrong-status');
  return (
    <Section title="Your decision">
      <div className="stack your-decision" ref={place} tabIndex={-1} role="group" aria-label="Your decision">
        {form.done !== null && <Message tone="good" title={form.done} />}
        {view.mayDecide.allowed ? <MayDecide view={view} /> : <MayNotDecide view={view} signed={own !== null} />}
        {own !== null && (
          <OwnDecision own={own} may={decidable && !withdrawing} onWithdraw={() => setWithdrawing(true)} />
        )}
        {withdrawing && own !== null && (
          <WithdrawForm form={form} onDone={afterwards} onKeep={() => setWithdrawing(false)} />
        )}
        {deciding && (
          <Again decided={own !== null} typed={typed}>
            <DecideForm view={view} form={form} onDone={afterwards} />
          </Again>
        )}
        <SendError form={form} />
        {view.mayAct.ask && <AskForDecision announce={announce} />}
        <Delegations view={view} change={change} announce={announce} />
      </div>
    </Section>
  );
}

interface AgainProps {
  readonly decided: boolean;
  readonly typed: boolean;
  readonly children: ReactNode;
}

/** Whoever has decided rarely does so again: the form is folded for them, unless something is typed in it. */
function Again({ decided, typed, children }: AgainProps): ReactElement {
  const [open] = useState(typed);
  if (!decided) return <div>{children}</div>;
  return (
    <details className="folded" open={open || undefined}>
      <summary>Decide again</summary>
      {children}
    </details>
  );
}

function SendError({ form }: { readonly form: DecisionForm }): ReactElement | null {
  if (form.error === null) return null;
  return (
    <Message tone="bad" role="alert">
      <p>{form.error}</p>
    </Message>
  );
}

function MayDecide({ view }: { readonly view: ChangeView }): ReactElement {
  return (
    <p className="tick-line">
      <Icon shape="good" />
      <span>
        You may decide on this change
        {view.mayDecide.roles.length > 0 && ` as ${listed(view.mayDecide.roles.map(roleName), 'or')}`}.
      </span>
    </p>
  );
}

function MayNotDecide({ view, signed }: { readonly view: ChangeView; readonly signed: boolean }): ReactElement {
  const { needs } = view.verdict;
  return (
    <div className="stack may-not">
      {!signed && <p className="message-title">You cannot decide on this change:</p>}
      <ul className="reasons">
        {weightiestFirst(view.mayDecide.reasons).map(({ code, sentence }) => (
          <li key={`${code} ${sentence}`}>{sentence}</li>
        ))}
      </ul>
      {needs.missing > 0 && (
        <p>
          Still needed: <strong>{needs.phrase}</strong>, who took no part in the change.
        </p>
      )}
    </div>
  );
}

const OWN: Readonly<Record<ChangeView['decisions'][number]['decision'], string>> = {
  approved: 'You signed off',
  disapproved: 'You disapproved',
  deferred: 'You deferred',
  withdrawn: 'You withdrew',
};

interface OwnDecisionProps {
  readonly own: ChangeView['decisions'][number];
  /** Whether it can be taken back now. */
  readonly may: boolean;
  readonly onWithdraw: () => void;
}

function OwnDecision({ own, may, onWithdraw }: OwnDecisionProps): ReactElement {
  return (
    <div className="row">
      <span>
        {OWN[own.decision]}
        {own.countsFor !== null && ` as ${roleName(own.countsFor)}`}, <Time at={own.at} />.
      </span>
      {may && <Button onPress={onWithdraw}>Withdraw my decision</Button>}
    </div>
  );
}
