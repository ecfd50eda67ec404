import type { ReactElement, ReactNode } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { Lozenge } from '../parts/lozenge';
import { Person } from '../parts/person';
import { Time } from '../parts/time';
import { useViewing } from '../parts/viewing';
import { windowWords } from '../wording/times';
import { furtherNotices, furtherReasons, headline, nextSteps, policyName, TONES, yourPart } from '../wording/verdict';

/** The verdict first: what the change is, in two words, then why, then the facts an approval rests on. */
export function Header({ view }: { readonly view: ChangeView }): ReactElement {
  const { tone, label, title } = headline(view.verdict);
  const reasons = furtherReasons(view.verdict, view.missing);
  const notices = furtherNotices(view.verdict);
  return (
    <header className={`verdict ${tone}`}>
      <div className="row">
        <Lozenge tone={TONES[tone]}>{label}</Lozenge>
        <span className="small subtle">
          {policyName(view.verdict.policyVersion)}, status {view.status}
        </span>
      </div>
      <h1>{title}</h1>
      {reasons.length > 0 && <Sentences of={reasons} />}
      {notices.length > 0 && <Sentences of={notices} subtle />}
      {nextSteps(view).map((step) => (
        <p key={step}>
          <strong>{step}</strong>
        </p>
      ))}
      {tone !== 'closed' && <p>{yourPart(view)}</p>}
      <Facts view={view} />
    </header>
  );
}

function Sentences({
  of,
  subtle,
}: {
  readonly of: ChangeView['verdict']['reasons'];
  readonly subtle?: boolean;
}): ReactElement {
  return (
    <ul className={subtle === true ? 'subtle' : undefined}>
      {of.map(({ code, sentence }) => (
        <li key={`${code} ${sentence}`}>{sentence}</li>
      ))}
    </ul>
  );
}

function Facts({ view }: { readonly view: ChangeView }): ReactElement {
  return (
    <dl className="facts">
      <Fact name="Change type">{view.changeType ?? <NotSet />}</Fact>
      <Fact name="Impacted CUI systems" wide={view.impactedSystems.join(', ').length > 24}>
        {view.impactedSystems.length === 0 ? <NotSet /> : view.impactedSystems.join(', ')}
      </Fact>
      <Fact name="Change window" wide>
        <Window window={view.window} />
      </Fact>
      <Fact name="Change owner">{view.owner.accountId === null ? <NotSet /> : <Person person={view.owner} />}</Fact>
      <Fact name="Implementer">
        {view.implementer.accountId === null ? <NotSet /> : <Person person={view.implementer} />}
      </Fact>
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

function Fact({ name, wide = false, children }: FactProps): ReactElement {
  return (
    <div className={wide ? 'two-wide' : undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function NotSet(): ReactElement {
  return <span className="subtle">not set</span>;
}

function Window({ window }: { readonly window: ChangeView['window'] }): ReactElement {
  const viewing = useViewing();
  const { tone, text } = windowWords(window, viewing.now, viewing);
  return (
    <>
      {window.start !== null && <Time at={window.start} relative={false} />}
      {(window.start !== null || window.end !== null) && ' to '}
      {window.end !== null && <Time at={window.end} relative={false} />}
      {tone === 'unset' ? <NotSet /> : <span className={tone === 'inverted' ? 'wrong' : 'subtle'}> ({text})</span>}
    </>
  );
}
