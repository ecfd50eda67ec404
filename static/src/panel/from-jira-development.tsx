import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { ask, sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { Time } from '../parts/time';
import type { SectionsProps } from './panel';

interface DevelopmentProps extends SectionsProps {
  readonly view: ChangeView;
}

/** Whose view of development tools is shown, and the way to take one's own. */
export function Development({ view, change, announce }: DevelopmentProps): ReactElement {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { readAt, viewer, due } = view.fromJira.development;
  const look = async () => {
    setBusy(true);
    setError(null);
    try {
      change.accept(await ask(METHODS.readDevelopment));
      announce('Development information was read as you may see it.');
    } catch (failure) {
      setError(sayFailure(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack">
      <p className="small subtle">
        What Jira shows of branches, pull requests and builds depends on who looks. Reading it records what you may see,
        with your name, for everybody who may see this change.{' '}
        {readAt === null ? (
          'Nobody has done that yet.'
        ) : (
          <>
            Last read as {viewer ?? 'somebody whose name is erased'}, <Time at={readAt} />.
          </>
        )}
      </p>
      <div>
        <Button tight busy={busy} onPress={() => void look()}>
          {due ? 'Read development information as me' : 'Read it again as me'}
        </Button>
      </div>
      {error !== null && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
