import { lazy, Suspense, useState } from 'react';
import type { ReactElement } from 'react';
import { METHODS } from '../../../src/contract/panel';
import type { RegisterView } from '../../../src/contract/panel';
import type { Viewer } from '../bridge/viewer';
import { Failure } from '../parts/failure';
import { Message } from '../parts/message';
import { Skeleton } from '../parts/skeleton';
import { useReading } from '../parts/use-reading';
import { ViewingProvider } from '../parts/viewing';
import { Mine } from './mine';
import { OverdueReviews } from './overdue-reviews';
import { ANYTHING, filterRows } from '../wording/register';
import type { RegisterFilter } from '../wording/register';
import { Filters } from './filters';
import { RegisterTable } from './register-table';
import './register.css';

const Meetings = lazy(async () => ({ default: (await import('../meetings/meetings')).Meetings }));
const Unexplained = lazy(async () => ({ default: (await import('../unexplained/unexplained')).Unexplained }));

/** Every change of the project with what it needs and what went wrong: the population an assessor samples from. */
export function Register({ viewer }: { readonly viewer: Viewer }): ReactElement {
  const { answer, error, now, retry } = useReading(METHODS.readRegister);
  if (answer === null) {
    return error === null ? (
      <Skeleton label="Reading the change register" />
    ) : (
      <Failure title="The change register could not be read" error={error} onRetry={retry} />
    );
  }
  return (
    <ViewingProvider value={{ locale: viewer.locale, timeZone: viewer.timeZone, now }}>
      <Pages view={answer} />
    </ViewingProvider>
  );
}

const PAGES = [
  ['changes', 'Changes'],
  ['meetings', 'Meetings'],
  ['unexplained', 'Unexplained'],
] as const;

function Pages({ view }: { readonly view: RegisterView }): ReactElement {
  const [page, setPage] = useState<(typeof PAGES)[number][0]>('changes');
  return (
    <main className="page wide stack" data-ready="true">
      <h1>Change register of {view.project}</h1>
      <nav aria-label="Parts of the register">
        <ul className="register-pages">
          {PAGES.map(([key, title]) => (
            <li key={key}>
              <button
                type="button"
                className="register-page"
                aria-current={key === page ? 'page' : undefined}
                onClick={() => setPage(key)}
              >
                {title}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div hidden={page !== 'changes'}>
        <Population view={view} />
      </div>
      {page === 'meetings' && (
        <Suspense fallback={<Skeleton label="Opening the meetings" part />}>
          <Meetings />
        </Suspense>
      )}
      {page === 'unexplained' && (
        <Suspense fallback={<Skeleton label="Opening the unexplained deliveries" part />}>
          <Unexplained project={view.project} />
        </Suspense>
      )}
    </main>
  );
}

function Population({ view }: { readonly view: RegisterView }): ReactElement {
  const [filter, setFilter] = useState<RegisterFilter>(ANYTHING);
  const rows = filterRows(view.rows, filter);
  return (
    <div className="stack">
      {!view.complete && (
        <Message tone="warning" title="This list is not complete">
          <p>
            Only the newest {view.rows.length} changes are shown. Counts below are of these, not of the whole
            population.
          </p>
        </Message>
      )}
      {view.rows.length === 0 ? (
        <Message tone="information" title="No change requests yet">
          <p>Create a work item of the type Change request in this project, and it is listed here.</p>
        </Message>
      ) : (
        <>
          <OverdueReviews rows={view.rows} />
          <Mine rows={view.rows} filter={filter} onChange={setFilter} />
          <Filters rows={view.rows} filter={filter} onChange={setFilter} />
          <p role="status" className="small subtle">
            {rows.length === view.rows.length
              ? `${rows.length} changes`
              : `${rows.length} of ${view.rows.length} changes`}
          </p>
          <RegisterTable rows={rows} onClear={() => setFilter(ANYTHING)} />
        </>
      )}
    </div>
  );
}
