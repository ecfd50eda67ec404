import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import type { AdoptionView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { ask, sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { NotRead } from '../parts/not-read';
import { Section } from '../parts/section';
import { Skeleton } from '../parts/skeleton';
import { Time } from '../parts/time';
import { useReading } from '../parts/use-reading';

const POLL_MS = 2000;

/** Issues that were there before control began are entered as such; none of them becomes approved by it. */
export function Adoption({ shown }: { readonly shown: boolean }): ReactElement {
  const { answer, error, retry } = useReading(METHODS.readAdoptions);
  const running = answer?.projects.some(({ state }) => state === 'running') ?? false;
  useEffect(() => {
    if (!shown || !running) return undefined;
    const timer = setInterval(retry, POLL_MS);
    return () => clearInterval(timer);
  });
  return (
    <Section title="Issues from before control began" ready={answer !== null || error !== null}>
      <p className="subtle">
        Enters every existing change request of a project as “before control began”, with the status it has. It approves
        nothing: a change that is already Approved stays closed until it is decided here.
      </p>
      {answer === null && error === null && <Skeleton label="Reading the adoption" part />}
      {error !== null && <NotRead title="The adoption could not be read" error={error} onRetry={retry} />}
      {answer?.projects.length === 0 && <p className="subtle">No project is under change control yet.</p>}
      {answer?.projects.map((one) => (
        <Project key={one.project} adoption={one} onStarted={retry} />
      ))}
    </Section>
  );
}

function Project({
  adoption,
  onStarted,
}: {
  readonly adoption: AdoptionView;
  readonly onStarted: () => void;
}): ReactElement {
  const { project, state } = adoption;
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const start = async () => {
    setBusy(true);
    setFault(null);
    try {
      await ask(METHODS.startAdoption, { project });
      onStarted();
    } catch (failure) {
      setFault(sayFailure(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack">
      <h3>{project}</h3>
      <p role="status">{<Progress adoption={adoption} />}</p>
      {state !== 'running' && (
        <div>
          <Button
            busy={busy}
            label={`${state === 'none' ? 'Adopt existing issues' : 'Look again'} of ${project}`}
            onPress={() => void start()}
          >
            {state === 'none' ? 'Adopt existing issues' : 'Look again'}
          </Button>
        </div>
      )}
      {fault !== null && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

function Progress({ adoption }: { readonly adoption: AdoptionView }): ReactElement {
  const { state, controlBeganAt, by, read, adopted } = adoption;
  if (state === 'none' || controlBeganAt === null)
    return <span className="subtle">Existing issues have not been entered.</span>;
  const counts = `${adopted} entered of ${read} issues looked at`;
  return (
    <>
      {state === 'running' ? `Running: ${counts} so far.` : `${counts}.`} Control began{' '}
      <Time at={controlBeganAt} relative={false} />
      {by !== null && <span className="subtle">, started by {by}</span>}.
    </>
  );
}
