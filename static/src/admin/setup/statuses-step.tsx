import type { ReactElement } from 'react';
import { countWords } from '../../wording/setup';
import { MapTo, withMember } from './map-to';
import type { Wizarding } from './use-wizard';

/** The issue type and the statuses of a change. */
export function StatusesStep({ wizard }: { readonly wizard: Wizarding }): ReactElement {
  const { site, choices, edit } = wizard;
  if (site === null) return <></>;
  const { statuses, issueType, issueTypes } = site;
  return (
    <div className="stack">
      <p>
        A change is Proposed, then Approved or Disapproved, Scheduled, Executed and Closed; whoever asked for it may
        withdraw it.{' '}
        {countWords(
          statuses,
          statuses.map(({ status }) => choices.statuses[status] !== undefined),
        )}
      </p>
      <details className="item">
        <summary>Use statuses or an issue type that are there under other names</summary>
        <table className="table mapping">
          <caption className="unseen">Statuses of a change and what stands for each in Jira</caption>
          <thead>
            <tr>
              <th scope="col">In change control</th>
              <th scope="col">In Jira</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>
                Issue type {issueType.name}
                <p className="small subtle">Every issue of this type in the chosen projects is a change.</p>
              </td>
              <td>
                <MapTo
                  name={issueType.name}
                  foundId={issueType.foundId}
                  candidates={issueTypes}
                  value={choices.issueTypeId ?? undefined}
                  onChange={(id) => edit({ issueTypeId: id ?? null })}
                />
              </td>
            </tr>
            {statuses.map(({ status, description, foundId, candidates }) => (
              <tr key={status}>
                <td>
                  {status}
                  <p className="small subtle">{description}</p>
                </td>
                <td>
                  <MapTo
                    name={status}
                    foundId={foundId}
                    candidates={candidates}
                    value={choices.statuses[status]}
                    onChange={(id) =>
                      edit({ statuses: withMember(choices.statuses as Record<string, string>, status, id) })
                    }
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}
