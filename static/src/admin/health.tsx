import { useState } from 'react';
import type { ReactElement } from 'react';
import Spinner from '@atlaskit/spinner';
import type { HealthFinding, HealthView } from '../../../src/contract/health';
import { METHODS } from '../../../src/contract/panel';
import { ask, sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { LongList } from '../parts/long-list';
import { Lozenge } from '../parts/lozenge';
import { Message } from '../parts/message';
import { Section } from '../parts/section';
import { Time } from '../parts/time';
import { LEVEL, summed } from '../wording/health';
import { Loaded } from './loaded';
import type { SectionProps } from './sections';

/** Whether the controls are still as they have to be: what is open, what was looked at, and what is over. */
export default function Health({ shown }: SectionProps): ReactElement {
  return (
    <Loaded method={METHODS.readHealth} what="the health of the controls" shown={shown}>
      {(read) => <Controls read={read} />}
    </Loaded>
  );
}

function Controls({ read }: { readonly read: HealthView }): ReactElement {
  const [checked, setChecked] = useState<HealthView | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const newer = checked !== null && (read.checkedAt === null || (checked.checkedAt ?? '') >= read.checkedAt);
  const view = newer ? checked : read;
  const check = async () => {
    setBusy(true);
    setError(null);
    try {
      setChecked(await ask(METHODS.checkHealth));
    } catch (failure) {
      setError(sayFailure(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Section
        title="Control health"
        action={
          <Button look="primary" busy={busy} onPress={() => void check()}>
            Check now
          </Button>
        }
      >
        <p className="subtle">
          The rules protect nothing when somebody takes them out of the workflow. The app looks every hour whether all
          of them are still there and asked, and records in the ledger what it finds.
        </p>
        <div aria-live="polite">
          {busy ? (
            <p className="row">
              <Spinner size="small" label="Checking" /> Looking at workflows, fields, screens, people and secrets, as
              you …
            </p>
          ) : (
            <p>
              <strong>{summed(view)}</strong>
              {view.checkedAt === null ? (
                '. Nobody has looked yet: the first check comes within an hour, or now.'
              ) : (
                <>
                  , checked <Time at={view.checkedAt} />
                </>
              )}
            </p>
          )}
        </div>
        {error !== null && <Message tone="bad" title={error} role="alert" />}
        {!view.intact && (
          <Message tone="bad" title="The ledger of these checks does not verify" role="alert">
            <p>Entries were altered or removed behind the app. What is shown here may not be all that was found.</p>
          </Message>
        )}
        {view.open.map((finding) => (
          <Finding key={finding.seq} finding={finding} />
        ))}
      </Section>
      <Looked view={view} />
      <Section title="No longer found" count={view.history.length}>
        {view.history.length === 0 ? (
          <p className="subtle">Nothing that was found has been settled yet.</p>
        ) : (
          <LongList items={view.history} first={10} noun="findings" className="findings" keyOf={({ seq }) => seq}>
            {(finding) => <Over finding={finding} />}
          </LongList>
        )}
      </Section>
    </>
  );
}

const TONE = { alarm: 'bad', unchecked: 'warning', note: 'information' } as const;

function Finding({ finding }: { readonly finding: HealthFinding }): ReactElement {
  const { level, sentence, remedy, code } = finding;
  return (
    <Message tone={TONE[level]}>
      <p className="finding">{sentence}</p>
      <p className="finding">
        <strong>What to do:</strong> {remedy}
      </p>
      <p className="small subtle">
        <code>{code}</code> · <Blame finding={finding} />
        found <Time at={finding.foundAt} />
      </p>
    </Message>
  );
}

/** Who brought it about, where Jira still knows. */
function Blame({ finding: { by, changedAt } }: { readonly finding: HealthFinding }): ReactElement | null {
  if (changedAt === null) return null;
  return (
    <>
      saved by {by ?? 'somebody whose name is not known'} <Time at={changedAt} /> ·{' '}
    </>
  );
}

function Over({ finding }: { readonly finding: HealthFinding }): ReactElement {
  const { level, sentence, foundAt, resolvedAt } = finding;
  return (
    <div className="stack">
      <p className="finding">
        <Lozenge tone={LEVEL[level].tone}>{LEVEL[level].word}</Lozenge> {sentence}
      </p>
      <p className="small subtle">
        <Blame finding={finding} />
        found <Time at={foundAt} relative={false} />
        {resolvedAt !== null && (
          <>
            , no longer found <Time at={resolvedAt} relative={false} />
          </>
        )}
      </p>
    </div>
  );
}

function Looked({ view }: { readonly view: HealthView }): ReactElement {
  return (
    <Section title="What is looked at" count={view.checks.length}>
      <ul className="looked">
        {view.checks.map(({ name, findings }) => (
          <li key={name} className={findings === 0 ? 'row passed' : 'row'}>
            {findings !== null && <Icon shape={findings === 0 ? 'good' : 'warning'} />}
            <span>{name}</span>
            {findings !== null && findings > 0 && (
              <span className="subtle">
                {findings} {findings === 1 ? 'finding' : 'findings'}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="small subtle">
        {view.days === 0
          ? 'The ledger records no check yet.'
          : `The ledger records a check on ${view.days} ${view.days === 1 ? 'day' : 'days'}.`}
      </p>
      <details className="item">
        <summary>What nobody can look at</summary>
        <ul className="sentences">
          {view.notLookedAt.map((what) => (
            <li key={what}>{what}</li>
          ))}
        </ul>
      </details>
    </Section>
  );
}
