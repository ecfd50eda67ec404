import type { ReactElement } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { Icon } from '../parts/icon';
import { Lozenge } from '../parts/lozenge';
import { Person } from '../parts/person';
import { Section } from '../parts/section';
import { Time } from '../parts/time';
import { listed } from '../wording/verdict';
import { ActResult } from './act-result';
import { BasisAct } from './basis-act';
import type { SectionsProps } from './panel';
import { useAct } from './use-act';

interface EmergencyProps extends SectionsProps {
  readonly view: ChangeView;
}

/** What an emergency change owes: the pass it lives on, the one justification, and the review afterwards. */
export function Emergency({ view, change, announce }: EmergencyProps): ReactElement | null {
  const act = useAct({ change, announce });
  if (view.verdict.judgedAs !== 'Emergency') return null;
  const { pass, review } = view.verdict;
  return (
    <Section title="Emergency">
      <dl className="facts plain">
        <div>
          <dt>Pass</dt>
          <dd>
            <Pass pass={pass} />
          </dd>
        </div>
        <div>
          <dt>Retroactive review</dt>
          <dd>
            <Review review={review} />
          </dd>
        </div>
        <div className="two-wide">
          <dt>Justification</dt>
          <dd>
            {view.justification === null ? (
              <span className="wrong">none given: the pass rests on it</span>
            ) : (
              <span className="pre">{view.justification}</span>
            )}
          </dd>
        </div>
      </dl>
      <Reviews view={view} />
      {view.overdueReviews.length > 0 && (
        <p className="tick-line warned">
          <Icon shape="warning" />
          <span>
            Reviews of other emergency changes are overdue: {listed(view.overdueReviews)}. Until they are done no
            further pass is given here, unless a named person overrides it.
          </span>
        </p>
      )}
      <div className="acts">
        {view.mayAct.review && (
          <BasisAct
            open="Record the retroactive review"
            hint="What you looked at afterwards and what you found. It goes into the record and the pack."
            empty="Say what you looked at and what you found."
            sending={act.sending}
            answers={[
              {
                label: 'Accept what was done',
                look: 'primary',
                send: (basis) =>
                  act.send(METHODS.recordReview, { decision: 'approved', basis }, 'Your review is recorded: accepted.'),
              },
              {
                label: 'Do not accept',
                look: 'danger',
                send: (basis) =>
                  act.send(
                    METHODS.recordReview,
                    { decision: 'disapproved', basis },
                    'Your review is recorded: not accepted.',
                  ),
              },
            ]}
          />
        )}
        {view.mayAct.override && (
          <BasisAct
            open="Allow a pass although reviews are overdue"
            hint="Why this emergency cannot wait for those reviews. Your name and the reason stay in the record as an exception."
            empty="Say why this emergency cannot wait."
            sending={act.sending}
            answers={[
              {
                label: 'Allow the pass',
                look: 'danger',
                send: (basis) => act.send(METHODS.overrideOverdue, { basis }, 'Your override is recorded.'),
              },
            ]}
          />
        )}
      </div>
      <ActResult act={act} />
    </Section>
  );
}

function Pass({ pass }: { readonly pass: ChangeView['verdict']['pass'] }): ReactElement {
  if (pass === null) return <span className="subtle">not given yet</span>;
  return (
    <>
      <Lozenge tone={pass.over ? 'bad' : 'good'}>{pass.over ? 'Ended' : 'Running'}</Lozenge>{' '}
      {pass.over ? 'ended' : 'until'} <Time at={pass.endsAt} />
    </>
  );
}

const REVIEW = { due: ['waiting', 'Due'], overdue: ['bad', 'Overdue'], done: ['good', 'Done'] } as const;

function Review({ review }: { readonly review: ChangeView['verdict']['review'] }): ReactElement {
  if (review === null) return <span className="subtle">due once a pass is given</span>;
  const [tone, word] = REVIEW[review.state];
  return (
    <>
      <Lozenge tone={tone}>{word}</Lozenge>{' '}
      {review.state === 'done' ? (
        review.rejected ? (
          'not accepted by everybody'
        ) : (
          'accepted'
        )
      ) : (
        <>
          {review.state === 'due' ? 'by' : 'was due'} <Time at={review.dueAt} />, needs {review.phrase}
        </>
      )}
    </>
  );
}

function Reviews({ view: { reviews } }: { readonly view: ChangeView }): ReactElement | null {
  if (reviews.length === 0) return null;
  return (
    <ul className="decisions">
      {reviews.map((one) => (
        <li key={one.seq} className={one.ofThisContent ? 'decision' : 'decision void'}>
          <div className="row">
            <Lozenge tone={one.accepted ? 'good' : 'bad'}>{one.accepted ? 'Accepted' : 'Not accepted'}</Lozenge>
            <strong>
              <Person person={one.by} />
            </strong>
            <span className="small subtle">
              <Time at={one.at} />
            </span>
          </div>
          <p className="pre">{one.basis}</p>
          {!one.ofThisContent && (
            <p className="subtle">A controlled field was edited afterwards, so this review counts no more.</p>
          )}
        </li>
      ))}
    </ul>
  );
}
