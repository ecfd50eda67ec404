import type { ReactElement } from 'react';
import { METHODS } from '../../../src/contract/panel';
import { Button } from '../parts/button';
import { Message } from '../parts/message';
import { useReading } from '../parts/use-reading';
import { alarmed } from '../wording/health';

/** Over every other section while a control is weakened, or nobody could look. */
export function HealthBanner({ go }: { readonly go: (section: string) => void }): ReactElement | null {
  const { answer } = useReading(METHODS.readHealth);
  const said = answer === null ? null : alarmed(answer.open);
  if (said === null) return null;
  const pressing = (answer?.open ?? []).filter(({ level }) => level !== 'note');
  return (
    <Message tone={said.tone} title={said.title} role="status">
      {pressing.length === 1 && <p>{pressing[0]?.sentence}</p>}
      <div>
        <Button tight onPress={() => go('health')}>
          See what was found
        </Button>
      </div>
    </Message>
  );
}
