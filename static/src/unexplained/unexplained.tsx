import { useCallback, useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { METHODS } from '../../../src/contract/panel';
import type { OrphansView } from '../../../src/contract/panel';
import { ask, Refused } from '../bridge/ask';
import { Button } from '../parts/button';
import { LongList } from '../parts/long-list';
import { Message } from '../parts/message';
import { NotRead } from '../parts/not-read';
import { Section } from '../parts/section';
import { Skeleton } from '../parts/skeleton';
import { Time } from '../parts/time';
import { Delivery } from './delivery';
import './unexplained.css';

/** How many are shown before "Show all". */
const FIRST = 20;

/** Work that senders reported and that no open change explains; each is given a change, or dismissed with a reason. */
export function Unexplained({ project }: { readonly project?: string }): ReactElement {
  const list = useOrphans();
  const { view, error } = list;
  return (
    <Section title="Unexplained deliveries" count={view?.orphans.length ?? 0} ready={view !== null || error !== null}>
      <p className="subtle">
        Deployments and commits that name no approved change. Open a change of the type Discovered for what was done, or
        dismiss it with a reason. Both are recorded with your name.
      </p>
      {error !== null && <Unreadable error={error} onRetry={() => void list.read()} />}
      {view === null && error === null && <Skeleton label="Reading the unexplained deliveries" part />}
      {view !== null && <Listed view={view} list={list} project={project} />}
    </Section>
  );
}

function Listed({
  view,
  list,
  project,
}: {
  readonly view: OrphansView;
  readonly list: OrphanList;
  readonly project: string | undefined;
}): ReactElement {
  const { orphans, projects } = view;
  return (
    <>
      {list.opened !== null && <OpenedFor change={list.opened} />}
      <p className="unseen" role="status">
        {list.said}
      </p>
      {list.page !== null && (
        <div>
          <Button look="quiet" onPress={() => void list.read()}>
            Back to the newest
          </Button>
        </div>
      )}
      {orphans.length === 0 ? (
        <p className="subtle">
          {list.page === null ? 'Every delivery is explained by a change.' : 'All of this page have been seen to.'}
        </p>
      ) : (
        <LongList
          items={orphans}
          first={FIRST}
          noun="deliveries"
          className="unexplained"
          keyOf={({ delivery }) => delivery}
        >
          {(orphan) => <Delivery orphan={orphan} projects={projects} project={project} list={list} />}
        </LongList>
      )}
      {list.page === null && view.moved !== null && <Moved moved={view.moved} list={list} />}
    </>
  );
}

function Moved({
  moved,
  list,
}: {
  readonly moved: NonNullable<OrphansView['moved']>;
  readonly list: OrphanList;
}): ReactElement {
  return (
    <Message tone="information" title={`${moved.count} older ones are not in this list`}>
      <p>
        They were received until <Time at={moved.until} relative={false} /> and moved out of it, in {moved.pages}{' '}
        {moved.pages === 1 ? 'page' : 'pages'}. They can be seen to as well.
      </p>
      <div className="row">
        {Array.from({ length: moved.pages }, (_, i) => moved.pages - 1 - i).map((page) => (
          <Button key={page} label={`Show page ${page + 1} of the older ones`} onPress={() => void list.read(page)}>
            Page {page + 1}
          </Button>
        ))}
      </div>
    </Message>
  );
}

function OpenedFor({ change }: { readonly change: string }): ReactElement {
  const path = `/browse/${encodeURIComponent(change)}`;
  const go = async () => (await import('@forge/bridge')).router.navigate(path);
  return (
    <Message tone="good" title={`${change} is the change for it`} role="status">
      <p>What the delivery tells is recorded as its evidence. Complete the change; it is then decided afterwards.</p>
      <div>
        <Button onPress={() => void go()}>Go to {change}</Button>
      </div>
    </Message>
  );
}

function Unreadable({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }): ReactElement {
  if (error instanceof Refused && error.status === 403)
    return (
      <Message tone="information">
        <p>{error.message}</p>
      </Message>
    );
  return <NotRead title="The unexplained deliveries could not be read" error={error} onRetry={onRetry} />;
}

/** The list and what is done about it. */
export interface OrphanList {
  readonly view: OrphansView | null;
  readonly error: unknown;
  /** The page of older ones that is shown; null for the list. */
  readonly page: number | null;
  /** The change that was opened last. */
  readonly opened: string | null;
  /** For a screen reader. */
  readonly said: string;
  readonly read: (page?: number) => Promise<void>;
  /** Both reject with what went wrong, for the row to say. */
  readonly open: (delivery: string, project: string) => Promise<void>;
  readonly dismiss: (delivery: string, reason: string) => Promise<void>;
}

function useOrphans(): OrphanList {
  const [view, setView] = useState<OrphansView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [page, setPage] = useState<number | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const read = useCallback(async (wanted?: number) => {
    setError(null);
    try {
      setView(await ask(METHODS.readOrphans, wanted === undefined ? {} : { page: wanted }));
      setPage(wanted ?? null);
    } catch (failure) {
      setError(failure);
    }
  }, []);
  useEffect(() => void read(), [read]);
  const again = () => read(page ?? undefined);
  const open = async (delivery: string, project: string) => {
    const { change } = await ask(METHODS.openOrphan, { delivery, project });
    setOpened(change.key);
    await again();
  };
  const dismiss = async (delivery: string, reason: string) => {
    await ask(METHODS.dismissOrphan, { delivery, reason });
    setSaid('Dismissed, with your name and reason.');
    await again();
  };
  return { view, error, page, opened, said, read, open, dismiss };
}
