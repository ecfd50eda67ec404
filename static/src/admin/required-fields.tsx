import type { ReactElement } from 'react';
import type { ChangeTypeKey, TypeRuleForm } from '../../../src/contract/policy';
import { ALWAYS_REQUIRED, REQUIRABLE, requiredOf } from '../wording/policy-fields';
import { Part } from './inputs';
import type { PartProps } from './inputs';
import { TypeMatrix, TypeRow } from './type-matrix';

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
      <TypeMatrix name="Required fields" caption="Which fields an approval needs, by change type" first="Field">
        {REQUIRABLE.map(({ keys, name }) => (
          <TypeRow
            key={name}
            name={name}
            cell={(type) => (
              <input
                type="checkbox"
                aria-label={`${name} in a change judged as ${type}`}
                checked={keys.every((key) => draft.types[type].required.includes(key))}
                disabled={keys.some((key) => ALWAYS_REQUIRED.includes(key))}
                onChange={({ target }) =>
                  change(type, { required: requiredOf(draft.types[type].required, keys, target.checked) })
                }
              />
            )}
          />
        ))}
        <TypeRow
          name="Least number of words in a paragraph"
          cell={(type) => (
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
          )}
        />
        {EMPTY.map(([key, name]) => (
          <TypeRow
            key={key}
            name={name}
            cell={(type) => (
              <input
                type="checkbox"
                aria-label={`${name} in a change judged as ${type}`}
                checked={draft.types[type][key]}
                onChange={({ target }) => change(type, { [key]: target.checked })}
              />
            )}
          />
        ))}
      </TypeMatrix>
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
