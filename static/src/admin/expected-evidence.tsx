import type { ReactElement } from 'react';
import { EXPECTABLE, requiredOf } from '../wording/policy-fields';
import { Part } from './inputs';
import type { PartProps } from './inputs';
import { TypeMatrix, TypeRow } from './type-matrix';

/** Which kinds of evidence a change usually has, for each way in which a change is judged. */
export function ExpectedEvidence({ draft, edit }: PartProps): ReactElement {
  const { expectedEvidence } = draft;
  return (
    <Part title="Evidence that is expected of a change">
      <p className="small subtle">
        What is missing is said in panel and pack, with the reason. It holds up neither an approval nor a deployment;
        what a deployment has to wait for is under Deploying.
      </p>
      <TypeMatrix
        name="Expected evidence"
        caption="Which kinds of evidence are expected, by change type"
        first="Evidence"
      >
        {EXPECTABLE.map(([kind, name]) => (
          <TypeRow
            key={kind}
            name={name}
            cell={(type) => (
              <input
                type="checkbox"
                aria-label={`${name} expected of a change judged as ${type}`}
                checked={expectedEvidence[type].includes(kind)}
                onChange={({ target }) => {
                  const kinds = requiredOf(expectedEvidence[type], [kind], target.checked);
                  edit({ expectedEvidence: { ...expectedEvidence, [type]: kinds } });
                }}
              />
            )}
          />
        ))}
      </TypeMatrix>
    </Part>
  );
}
