import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import type { PolicyView } from '../../../src/contract/policy';
import { Button } from '../parts/button';
import { LongList } from '../parts/long-list';
import { Message } from '../parts/message';
import { NotRead } from '../parts/not-read';
import { Section } from '../parts/section';
import { Skeleton } from '../parts/skeleton';
import { Time } from '../parts/time';
import { PolicyEditor } from './policy-editor';
import { usePolicy } from './use-policy';

/** The policy: in plain language first, then who saved which version and why; edited on request. */
export default function Policy(): ReactElement {
  const editing = usePolicy();
  const { view, readError, draft, done } = editing;
  const edit = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && draft === null) edit.current?.focus();
    wasEditing.current = draft !== null;
  }, [draft]);
  if (view === null) {
    return (
      <Section title="Policy">
        {readError === null ? (
          <Skeleton label="Reading the policy" part />
        ) : (
          <NotRead title="The policy could not be read" error={readError} onRetry={editing.retry} />
        )}
      </Section>
    );
  }
  const action =
    draft === null && view.editable ? (
      <Button ref={edit} onPress={editing.start}>
        Edit policy
      </Button>
    ) : undefined;
  return (
    <Section title="Policy" action={action} ready>
      {done !== null && <Message tone="good" title={done} role="status" />}
      <InForce view={view} />
      {view.notices.map(({ sentence }) => (
        <Message key={sentence} tone="warning">
          <p>{sentence}</p>
        </Message>
      ))}
      {draft !== null && <PolicyEditor editing={editing} view={view} draft={draft} />}
      <History history={view.history} />
    </Section>
  );
}

function InForce({ view }: { readonly view: PolicyView }): ReactElement {
  return (
    <div className="stack">
      <p>
        Policy <strong>{view.version}</strong>
        {view.savedAt === null ? (
          ', the default, is in force.'
        ) : (
          <>
            {' '}
            is in force, saved by {view.by ?? 'somebody whose name was erased'}, <Time at={view.savedAt} />.
          </>
        )}
      </p>
      {!view.readable && (
        <Message tone="bad" title="The policy in force cannot be read from storage any more" role="alert">
          <p>Storage was altered outside the app. Nothing is decided until a policy is saved: edit, and save it.</p>
        </Message>
      )}
      {!view.intact && (
        <Message tone="bad" title="The ledger of the policy does not verify" role="alert">
          <p>
            Who saved which version cannot be relied on, so no policy can be saved. Tell the people who look after this
            app.
          </p>
        </Message>
      )}
      <ul className="policy-summary">
        {view.summary.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

function History({ history }: Pick<PolicyView, 'history'>): ReactElement {
  return (
    <div className="stack">
      <h3>Versions</h3>
      {history.length === 0 ? (
        <p className="subtle">Nobody has saved a policy yet.</p>
      ) : (
        <LongList items={history} first={5} noun="versions" className="versions" keyOf={({ version }) => version}>
          {({ version, at, by, changes, reason }) => (
            <div className="stack">
              <p>
                <strong>{version}</strong>, <Time at={at} />, by {by ?? 'somebody whose name was erased'}
              </p>
              <p className="pre">{reason}</p>
              <ul className="sentences small">
                {changes.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </div>
          )}
        </LongList>
      )}
    </div>
  );
}
