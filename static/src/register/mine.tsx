import type { ReactElement } from 'react';
import type { RegisterRow } from '../../../src/contract/panel';
import { Button } from '../parts/button';
import { ANYTHING } from '../wording/register';
import type { RegisterFilter } from '../wording/register';

interface MineProps {
  readonly rows: readonly RegisterRow[];
  readonly filter: RegisterFilter;
  readonly onChange: (filter: RegisterFilter) => void;
}

/** How much waits for the viewer, and the way to see only that and back. */
export function Mine({ rows, filter, onChange }: MineProps): ReactElement {
  const mine = rows.filter(({ waitingForYou }) => waitingForYou.length > 0).length;
  if (filter.state === 'mine')
    return (
      <div className="row">
        <strong>{mine === 0 ? 'Nothing waits for you.' : `Waiting for you: ${mine}`}</strong>
        <Button onPress={() => onChange(ANYTHING)}>Show all changes</Button>
      </div>
    );
  return (
    <div className="row">
      <span>
        {mine === 0 ? 'Nothing waits for you.' : `${mine} ${mine === 1 ? 'change waits' : 'changes wait'} for you.`}
      </span>
      {mine > 0 && <Button onPress={() => onChange({ ...ANYTHING, state: 'mine' })}>Waiting for me</Button>}
    </div>
  );
}
