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
        {decision.onBehalfOf !== null && (
          <span>
            for <Person person={decision.onBehalfOf} /> (delegated)
          </span>
        )}
        {role !== '' && <span className="subtle">as {roleName(role)}</span>}
        {decision.organisation !== null && <span className="subtle">of {decision.organisation}</span>}
        {!decision.valid && <Lozenge tone="bad">Does not count</Lozenge>}
      </div>
      <p className="pre">{decision.basis}</p>
      <Particulars decision={decision} />
      <RequiredActions decision={decision} />
      <p className="small subtle">
        <Time at={decision.at} />, {PLACES[placeOf(decision)]}, entry {decision.seq}
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

const PLACES = { transition: 'with the transition', panel: 'in this panel', meeting: 'in a meeting' } as const;
const placeOf = ({ via, meeting }: DecisionView): keyof typeof PLACES => (meeting === null ? via : 'meeting');

const CONDITION = { open: 'not confirmed yet', met: 'met', waived: 'waived' } as const;

/** On what it depends, or what it waits for. */
function Particulars({ decision }: { readonly decision: DecisionView }): ReactElement | null {
  const { condition, until, awaits } = decision;
  if (condition === null && until === null && awaits === null) return null;
  return (
    <>
      {condition !== null && (
        <div>
          <h3>Condition{condition.outcome !== null && ` (${CONDITION[condition.outcome]})`}</h3>
          <p className="pre">{condition.text}</p>
          {condition.settledBy !== null && condition.settledAt !== null && (
            <p className="small subtle">
              {condition.settledBy}, <Time at={condition.settledAt} />
              {condition.note !== '' && `: ${condition.note}`}
            </p>
          )}
        </div>
      )}
      {(until !== null || awaits !== null) && (
        <p>
          Deferred
          {until !== null && (
            <>
              {' '}
              until <Time at={until} />
            </>
          )}
          {awaits !== null && `, awaiting ${awaits}`}.
        </p>
      )}
    </>
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
