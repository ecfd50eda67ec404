import type { ReactElement } from 'react';
import { CHANGE_TYPES, EXPECTABLE, requiredOf } from '../wording/policy-fields';
import { Part } from './inputs';
import type { PartProps } from './inputs';

/** Which kinds of evidence a change usually has, for each way in which a change is judged. */
export function ExpectedEvidence({ draft, edit }: PartProps): ReactElement {
  const { expectedEvidence } = draft;
  return (
    <Part title="Evidence that is expected of a change">
      <p className="small subtle">
        What is missing is said in panel and pack, with the reason. It holds up neither an approval nor a deployment;
        what a deployment has to wait for is under Deploying.
      </p>
      <div className="table-frame" tabIndex={0} role="group" aria-label="Expected evidence">
        <table className="table matrix">
          <caption className="unseen">Which kinds of evidence are expected, by change type</caption>
          <thead>
            <tr>
              <th scope="col">Evidence</th>
              {CHANGE_TYPES.map((type) => (
                <th key={type} scope="col">
                  {type}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {EXPECTABLE.map(([kind, name]) => (
              <tr key={kind}>
                <th scope="row">{name}</th>
                {CHANGE_TYPES.map((type) => (
                  <td key={type}>
                    <input
                      type="checkbox"
                      aria-label={`${name} expected of a change judged as ${type}`}
                      checked={expectedEvidence[type].includes(kind)}
                      onChange={({ target }) =>
                        edit({
                          expectedEvidence: {
                            ...expectedEvidence,
                            [type]: requiredOf(expectedEvidence[type], [kind], target.checked),
                          },
                        })
                      }
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Part>
  );
}
