import type { ReactElement } from 'react';
import type { ChangeView, DecisionView } from '../../../src/contract/panel';
import { Icon } from '../parts/icon';
import { LongList } from '../parts/long-list';
import { Lozenge } from '../parts/lozenge';
import type { LozengeTone } from '../parts/lozenge';
import { Person } from '../parts/person';
import { Section } from '../parts/section';
import { Time } from '../parts/time';
import { listed, roleName } from '../wording/verdict';
import { EditedFields } from './edited-fields';

const KINDS: Readonly<Record<DecisionView['decision'], { readonly word: string; readonly tone: LozengeTone }>> = {
  approved: { word: 'Approved', tone: 'good' },
  disapproved: { word: 'Disapproved', tone: 'bad' },
  deferred: { word: 'Deferred', tone: 'warning' },
  withdrawn: { word: 'Withdrawn', tone: 'neutral' },
};

/** Every recorded decision, newest first, also those that no longer count. */
export function Decisions({ view }: { readonly view: ChangeView }): ReactElement {
  const newestFirst = [...view.decisions].sort((a, b) => b.seq - a.seq);
  return (
    <Section title="Decisions" count={newestFirst.length}>
      {newestFirst.length === 0 ? (
        <p className="subtle">Nobody has decided yet. The first decision will stand here with its basis.</p>
      ) : (
        <LongList items={newestFirst} first={5} noun="decisions" className="decisions" keyOf={({ seq }) => seq}>
          {(decision) => <Decision decision={decision} />}
        </LongList>
      )}
    </Section>
  );
}

function Decision({ decision }: { readonly decision: DecisionView }): ReactElement {
  const { word, tone } = KINDS[decision.decision];
  const role = decision.countsFor ?? listed(decision.roles);
  return (
    <article className={decision.valid ? 'decision' : 'decision void'}>
      <div className="row">
        <Lozenge tone={decision.valid ? tone : 'neutral'}>{word}</Lozenge>
        <strong>
          <Person person={decision.by} />
        </strong>
        {role !== '' && <span className="subtle">as {roleName(role)}</span>}
        {!decision.valid && <Lozenge tone="bad">Does not count</Lozenge>}
      </div>
      <p className="pre">{decision.basis}</p>
      <RequiredActions decision={decision} />
      <p className="small subtle">
        <Time at={decision.at} />, {decision.via === 'transition' ? 'with the transition' : 'in this panel'}, entry{' '}
        {decision.seq}
      </p>
      {decision.invalidBecause !== null && (
        <p className="why-void">
          <Icon shape="bad" />
          <span>{decision.invalidBecause.sentence}</span>
        </p>
      )}
      {decision.editedSince.length > 0 && <EditedFields fields={decision.editedSince} />}
    </article>
  );
}

function RequiredActions({ decision }: { readonly decision: DecisionView }): ReactElement | null {
  if (decision.requiredActions.length === 0) return null;
  return (
    <div>
      <h3>Required actions</h3>
      <ol className="numbered">
        {decision.requiredActions.map(({ what, owner }, index) => (
          <li key={index}>
            {what} <span className="subtle">(owner: {<Person person={owner} />})</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
