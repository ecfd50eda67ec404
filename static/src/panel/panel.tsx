import { useCallback, useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import type { Viewer } from '../bridge/viewer';
import { sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { Failure } from '../parts/failure';
import { Message } from '../parts/message';
import { Skeleton } from '../parts/skeleton';
import { ViewingProvider } from '../parts/viewing';
import { prepareTimes } from '../wording/times';
import { Authors } from './authors';
import { Conditions } from './conditions';
import { Decisions } from './decisions';
import { Emergency } from './emergency';
import { Evidence } from './evidence';
import { Exceptions } from './exceptions';
import { FilesPart } from './files';
import { Freezes } from './freezes';
import { GateAnswers } from './gate-answers';
import { FromJira } from './from-jira';
import { Header } from './header';
import { Implementation } from './implementation';
import { LedgerLine } from './ledger-line';
import { Markings } from './markings';
import { Missing } from './missing';
import { OpenActions } from './open-actions';
import { Overlaps } from './overlaps';
import { Packs } from './packs';
import { SinceDisapproval } from './since-disapproval';
import { Template } from './template';
import { Timeline } from './timeline';
import { useChange } from './use-change';
import type { ChangeState } from './use-change';
import { YourDecision } from './your-decision';
import './panel.css';

/** The issue panel: what the change still needs, who may decide, what happened, and the proof of it. */
export function Panel({ viewer }: { readonly viewer: Viewer }): ReactElement {
  const change = useChange();
  useEffect(() => prepareTimes(viewer, new Date()), [viewer]);
  const [announcement, setAnnouncement] = useState('');
  const announce = useCallback((text: string) => setAnnouncement(text), []);
  if (change.view === null) {
    return change.error === null ? (
      <Skeleton label="Reading the change" />
    ) : (
      <Failure title="The change could not be read" error={change.error} onRetry={() => void change.refresh()} />
    );
  }
  return (
    <ViewingProvider value={{ locale: viewer.locale, timeZone: viewer.timeZone, now: change.now }}>
      <p className="unseen" role="status">
        {announcement}
      </p>
      {change.view.controlled ? <Change change={change} announce={announce} /> : <NotControlled change={change} />}
    </ViewingProvider>
  );
}

export interface SectionsProps {
  readonly change: ChangeState;
  readonly announce: (text: string) => void;
}

function Change({ change, announce }: SectionsProps): ReactElement | null {
  const { view } = change;
  // Read by the measurement of how soon the panel shows its data.
  useEffect(() => void performance.mark('data-shown'), []);
  if (view === null) return null;
  return (
    <main className="page panel" data-ready="true" tabIndex={-1}>
      {change.error !== null && <Outdated change={change} />}
      <Header view={view} />
      <Emergency view={view} change={change} announce={announce} />
      <Exceptions view={view} change={change} announce={announce} />
      <Markings view={view} change={change} announce={announce} />
      <Conditions decisions={view.decisions} change={change} announce={announce} />
      <OpenActions view={view} change={change} announce={announce} />
      <Overlaps view={view} change={change} announce={announce} />
      <Freezes view={view} change={change} announce={announce} />
      <Template view={view} change={change} announce={announce} />
      <SinceDisapproval view={view} />
      <div className={view.mayDecide.allowed ? 'columns deciding' : 'columns'}>
        {/* Whoever may decide does that; for everybody else it comes first what they could fill in. */}
        {!view.mayDecide.allowed && <Missing view={view} />}
        <YourDecision key="decision" view={view} change={change} announce={announce} />
        {view.mayDecide.allowed && <Missing view={view} />}
      </div>
      <Implementation view={view} change={change} announce={announce} />
      <Decisions view={view} />
      <Authors view={view} change={change} announce={announce} />
      <Evidence view={view} />
      <FilesPart change={change} announce={announce} />
      <GateAnswers view={view} />
      <FromJira view={view} change={change} announce={announce} />
      <Packs view={view} change={change} announce={announce} />
      <Timeline events={view.timeline} />
      <LedgerLine ledger={view.ledger} />
    </main>
  );
}

function Outdated({ change }: { readonly change: ChangeState }): ReactElement {
  return (
    <Message tone="warning" title="This may be out of date" role="status">
      <p>{sayFailure(change.error)}</p>
      <div>
        <Button onPress={() => void change.refresh()}>Read again</Button>
      </div>
    </Message>
  );
}

function NotControlled({ change }: { readonly change: ChangeState }): ReactElement {
  const reason = change.view?.verdict.reasons[0]?.sentence;
  return (
    <main className="page" data-ready="true">
      <Message tone="information" title="Not under change control" heading>
        <p>
          {reason ?? 'This work item is not a change request of a controlled project, so nothing is recorded for it.'}
        </p>
      </Message>
    </main>
  );
}
