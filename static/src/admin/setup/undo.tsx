import type { ReactElement } from 'react';
import type { SetupMade } from '../../../../src/contract/setup';
import { LongList } from '../../parts/long-list';
import { Time } from '../../parts/time';

/** What set-up made or changed in Jira, and how each is taken back. */
export function Undo({ made }: { readonly made: readonly SetupMade[] }): ReactElement | null {
  if (made.length === 0) return null;
  return (
    <details className="item">
      <summary>
        What set-up made and changed, and how to take it back <span className="count">{made.length}</span>
      </summary>
      <LongList
        items={made}
        first={20}
        noun="parts"
        className="plan-items"
        keyOf={({ title }, index) => `${title} ${index}`}
      >
        {({ title, changed, before, undo, at, by, ids }) => (
          <>
            <p>
              {title} <span className="subtle">{changed ? 'changed' : 'made'}</span>, <Time at={at} />
              {by !== null && `, by ${by}`}
            </p>
            <p className="small subtle">
              {undo}
              {before !== null && ` Before: ${beforeWords(before)}.`}
              {ids.length > 0 && ` Id in Jira: ${ids.join(', ')}.`}
            </p>
          </>
        )}
      </LongList>
    </details>
  );
}

const beforeWords = (before: Readonly<Record<string, unknown>>): string =>
  Object.entries(before)
    .map(([key, value]) => `${key} ${Array.isArray(value) ? value.map(String).join(', ') : String(value)}`)
    .join('; ');
