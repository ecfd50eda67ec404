import { useCallback, useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { METHODS } from '../../../../src/contract/panel';
import type { SetupItem, SetupPlan, SetupStatus } from '../../../../src/contract/setup';
import { ask, sayFailure } from '../../bridge/ask';
import { Button } from '../../parts/button';
import { Lozenge } from '../../parts/lozenge';
import { Message } from '../../parts/message';
import { Skeleton } from '../../parts/skeleton';
import { openByKind, planJson, planWords, withSuggestedMoves } from '../../wording/setup';
import { PlanFile } from './plan-file';
import type { Wizarding } from './use-wizard';

/** Everything that will be made or changed, before anything is. */
export function ReviewStep({ wizard }: { readonly wizard: Wizarding }): ReactElement {
  const { choices, edit } = wizard;
  const [plan, setPlan] = useState<SetupPlan | null>(null);
  const [error, setError] = useState<unknown>(null);
  const asked = JSON.stringify(choices);
  const read = useCallback(async () => {
    setError(null);
    try {
      const answer = await ask(METHODS.planSetup, { choices: JSON.parse(asked) as unknown });
      const whole = withSuggestedMoves(JSON.parse(asked) as typeof choices, answer);
      // What is suggested for issues that are there already becomes a choice that is seen, and the plan is made with it.
      if (JSON.stringify(whole.moves) === JSON.stringify((JSON.parse(asked) as typeof choices).moves)) setPlan(answer);
      else edit({ moves: whole.moves });
    } catch (failure) {
      setError(failure);
    }
  }, [asked]);
  useEffect(() => void read(), [read]);
  const buttons = (
    <div className="row">
      {plan !== null && error === null && <Apply plan={plan} onApply={() => wizard.setApplying(true)} />}
      <Button onPress={wizard.back}>Back</Button>
    </div>
  );
  if (error !== null) {
    return (
      <div className="stack">
        <Message tone="bad" title="The plan could not be made" role="alert">
          <p>{sayFailure(error)}</p>
          <div>
            <Button onPress={() => void read()}>Try again</Button>
          </div>
        </Message>
        {buttons}
      </div>
    );
  }
  if (plan === null) {
    return (
      <>
        <Skeleton label="Comparing with what is there" part />
        {buttons}
      </>
    );
  }
  const conflicts = plan.items.filter(({ state }) => state === 'conflict');
  return (
    <div className="stack">
      <p>
        {planWords(plan.items)} Set-up works as you, with your permissions, and can be broken off and gone on with at
        any point.
      </p>
      {conflicts.length > 0 && (
        <Message tone="bad" title="Something is in the way, so nothing would be done" role="alert">
          <ul className="sentences">
            {conflicts.map(({ id, title, says }) => (
              <li key={id}>
                {title}: {says.join(' ')}
              </li>
            ))}
          </ul>
          <div>
            <Button onPress={() => void read()}>Look again</Button>
          </div>
        </Message>
      )}
      <Moves plan={plan} wizard={wizard} />
      {openByKind(plan.items).map(({ title, items }) => (
        <div key={title} className="stack">
          <h4>
            {title} <span className="count">{items.length}</span>
          </h4>
          <ul className="plan-items">
            {items.map((item) => (
              <Item key={item.id} item={item} />
            ))}
          </ul>
        </div>
      ))}
      <PlanFile json={planJson(choices, plan)} />
      {buttons}
    </div>
  );
}

function Apply({ plan, onApply }: { readonly plan: SetupPlan; readonly onApply: () => void }): ReactElement | null {
  if (plan.items.some(({ state }) => state === 'conflict')) return null;
  const open = plan.items.filter(({ state }) => state !== 'there').length;
  return (
    <Button look="primary" onPress={onApply}>
      {open === 0 ? 'Check that everything is in place' : 'Apply'}
    </Button>
  );
}

const WORDS = { create: 'New', change: 'Change', conflict: 'In the way', there: 'There' } as const;
const TONES = { create: 'good', change: 'waiting', conflict: 'bad', there: 'neutral' } as const;

function Item({ item }: { readonly item: SetupItem }): ReactElement {
  return (
    <li>
      <div className="row">
        <Lozenge tone={TONES[item.state]}>{WORDS[item.state]}</Lozenge>
        <span>{item.title}</span>
      </div>
      {item.says.length > 0 && <p className="small subtle">{item.says.join(' ')}</p>}
    </li>
  );
}

const STATUSES: readonly SetupStatus[] = [
  'Proposed',
  'Approved',
  'Scheduled',
  'Executed',
  'Closed',
  'Disapproved',
  'Withdrawn',
];

/** Change requests that are there already: where each status goes is said, and can be chosen. */
function Moves({ plan, wizard }: { readonly plan: SetupPlan; readonly wizard: Wizarding }): ReactElement | null {
  const { choices, edit } = wizard;
  if (plan.moves.length === 0) return null;
  return (
    <Message tone="information" title="Change requests that are there already">
      <p>
        Jira moves them to the new workflow. They are recorded as made before control began; no status of theirs opens
        anything.
      </p>
      {plan.moves.flatMap(({ projectId, projectKey, statuses }) =>
        statuses.map(({ statusId, name, count, suggested }) => (
          <label key={`${projectId} ${statusId}`} className="row">
            <span>
              {count} in “{name}” of {projectKey} {count === 1 ? 'goes' : 'go'} to
            </span>
            <select
              className="select"
              value={choices.moves[projectId]?.[statusId] ?? suggested}
              onChange={(event) => {
                const to = STATUSES.find((status) => status === event.target.value) ?? suggested;
                edit({ moves: { ...choices.moves, [projectId]: { ...choices.moves[projectId], [statusId]: to } } });
              }}
            >
              {STATUSES.map((status) => (
                <option key={status}>{status}</option>
              ))}
            </select>
          </label>
        )),
      )}
    </Message>
  );
}
