import type { ReactElement } from 'react';
import type { ChangeTypeKey, TypeRuleForm } from '../../../src/contract/policy';
import { ALWAYS_REQUIRED, CHANGE_TYPES, REQUIRABLE, requiredOf } from '../wording/policy-fields';
import { Part } from './inputs';
import type { PartProps } from './inputs';

/** What has to be filled in before an approval, for each way in which a change is judged. */
export function RequiredFields({ draft, edit }: PartProps): ReactElement {
  const change = (type: ChangeTypeKey, patch: Partial<TypeRuleForm>) =>
    edit({ types: { ...draft.types, [type]: { ...draft.types[type], ...patch } } });
  return (
    <Part title="What has to be filled in before an approval">
      <p className="small subtle">
        By the rules that a change is judged by: a Standard change that left its template counts as Normal. A discovered
        change is decided after it was made, so it needs no window.
      </p>
      <div className="table-frame" tabIndex={0} role="group" aria-label="Required fields">
        <table className="table matrix">
          <caption className="unseen">Which fields an approval needs, by change type</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              {CHANGE_TYPES.map((type) => (
                <th key={type} scope="col">
                  {type}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {REQUIRABLE.map(({ keys, name }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {CHANGE_TYPES.map((type) => (
                  <td key={type}>
                    <input
                      type="checkbox"
                      aria-label={`${name} in a change judged as ${type}`}
                      checked={keys.every((key) => draft.types[type].required.includes(key))}
                      disabled={keys.some((key) => ALWAYS_REQUIRED.includes(key))}
                      onChange={({ target }) =>
                        change(type, { required: requiredOf(draft.types[type].required, keys, target.checked) })
                      }
                    />
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">Least number of words in a paragraph</th>
              {CHANGE_TYPES.map((type) => (
                <td key={type}>
                  <input
                    className="short-number"
                    type="number"
                    min={1}
                    placeholder="any"
                    aria-label={`Least number of words in a paragraph of a change judged as ${type}; empty for any number`}
                    defaultValue={draft.types[type].minimumWords ?? ''}
                    onChange={({ target }) =>
                      change(type, { minimumWords: target.value === '' ? null : target.valueAsNumber })
                    }
                  />
                </td>
              ))}
            </tr>
            {EMPTY.map(([key, name]) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                {CHANGE_TYPES.map((type) => (
                  <td key={type}>
                    <input
                      type="checkbox"
                      aria-label={`${name} in a change judged as ${type}`}
                      checked={draft.types[type][key]}
                      onChange={({ target }) => change(type, { [key]: target.checked })}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small subtle">
        Change type and Impacted CUI systems decide who approves, so they are always needed.
      </p>
    </Part>
  );
}

const EMPTY = [
  ['refusePlaceholders', 'A placeholder such as N/A counts as empty'],
  ['refuseCopies', 'A copy of the summary counts as empty'],
] as const;
