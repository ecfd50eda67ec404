import { router } from '@forge/bridge';
import type { ReactElement } from 'react';
import type { RegisterRow } from '../../../src/contract/panel';
import { Message } from '../parts/message';
import { Time } from '../parts/time';
import { overdueReviews } from '../wording/register';

/** Emergency changes that nobody has reviewed in time, with who has to: until then no further pass is given here. */
export function OverdueReviews({ rows }: { readonly rows: readonly RegisterRow[] }): ReactElement | null {
  const overdue = overdueReviews(rows);
  if (overdue.length === 0) return null;
  const title =
    overdue.length === 1 ? '1 retroactive review is overdue' : `${overdue.length} retroactive reviews are overdue`;
  return (
    <section aria-label="Overdue retroactive reviews">
      <Message tone="warning" title={title}>
        <ul className="stack">
          {overdue.map(({ key, review }) =>
            review === null ? null : (
              <li key={key}>
                <a
                  href={`/browse/${encodeURIComponent(key)}`}
                  onClick={(event) => {
                    event.preventDefault();
                    void router.navigate(`/browse/${encodeURIComponent(key)}`);
                  }}
                >
                  {key}
                </a>{' '}
                was due <Time at={review.dueAt} /> and needs {review.phrase}:{' '}
                {review.people.length === 0 ? 'nobody eligible is left' : review.people.join(', ')}
              </li>
            ),
          )}
        </ul>
      </Message>
    </section>
  );
}
