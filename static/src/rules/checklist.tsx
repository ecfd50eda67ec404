import { useId } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { RuleChoice } from '../../../src/contract/rules';
import { nameOf } from '../wording/rules';

interface ChecklistProps {
  readonly legend: string;
  readonly hint?: string;
  readonly choices: readonly RuleChoice[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly children?: ReactNode;
}

/** Any number of choices. What is chosen and not offered any more is listed too, so that it can be taken out. */
export function Checklist({ legend, hint, choices, chosen, onChange, children }: ChecklistProps): ReactElement {
  const id = useId();
  const gone = chosen.filter((one) => !choices.some((choice) => choice.id === one));
  const listed = [...choices, ...gone.map((one) => ({ id: one, name: nameOf(one, choices), hint: null }))];
  const toggle = (one: string, on: boolean) =>
    onChange(on ? [...chosen, one] : chosen.filter((other) => other !== one));
  return (
    <fieldset className="choices" aria-describedby={hint === undefined ? undefined : `${id}-hint`}>
      <legend>{legend}</legend>
      {hint !== undefined && (
        <p className="small subtle" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <ul className={listed.length > 6 ? 'columns-of-choices' : undefined}>
        {listed.map((choice) => (
          <li key={choice.id}>
            <label className={gone.includes(choice.id) ? 'choice wrong' : 'choice'}>
              <input
                type="checkbox"
                checked={chosen.includes(choice.id)}
                onChange={(event) => toggle(choice.id, event.target.checked)}
              />
              <span>
                {choice.name}
                {choice.hint !== null && <span className="small subtle hint-line">{choice.hint}</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {children}
    </fieldset>
  );
}

interface RadiosProps {
  readonly legend: string;
  readonly choices: readonly RuleChoice[];
  readonly chosen: string | null;
  readonly onChange: (chosen: string) => void;
}

/** One of a few choices, each with what it means. */
export function Radios({ legend, choices, chosen, onChange }: RadiosProps): ReactElement {
  const name = useId();
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      <ul>
        {choices.map((choice) => (
          <li key={choice.id}>
            <label className="choice">
              <input type="radio" name={name} checked={chosen === choice.id} onChange={() => onChange(choice.id)} />
              <span>
                {choice.name}
                {choice.hint !== null && <span className="small subtle hint-line">{choice.hint}</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
