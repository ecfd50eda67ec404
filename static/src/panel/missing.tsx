import type { ReactElement } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { Icon } from '../parts/icon';
import { Section } from '../parts/section';

/** Everything that is still to be done before somebody can decide, all at once and in the words of the screen. */
export function Missing({ view }: { readonly view: ChangeView }): ReactElement {
  const { missing } = view;
  return (
    <Section title="What is missing" count={missing.length}>
      {missing.length === 0 ? (
        <p className="tick-line">
          <Icon shape="good" />
          <span>Nothing: every required field and the expected evidence are there.</span>
        </p>
      ) : (
        <ul className="missing">
          {missing.map(({ code, sentence, field }) => (
            <li key={`${code} ${field ?? ''} ${sentence}`}>
              <Icon shape="warning" />
              <span>
                {field !== null && !sentence.startsWith(field) && <strong>{field}: </strong>}
                {sentence}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
