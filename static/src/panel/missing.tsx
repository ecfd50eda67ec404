import type { ReactElement } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { Icon } from '../parts/icon';
import { Section } from '../parts/section';
import { missingParts } from '../wording/verdict';

/** What has to be filled in before an approval, and apart from it the evidence that one would expect. */
export function Missing({ view }: { readonly view: ChangeView }): ReactElement {
  const { fields, evidence } = missingParts(view);
  return (
    <Section title="What is missing" count={fields.length + evidence.length}>
      {fields.length + evidence.length === 0 && (
        <p className="tick-line">
          <Icon shape="good" />
          <span>Nothing: every required field and the expected evidence are there.</span>
        </p>
      )}
      <Part title="To be filled in before an approval" items={fields} />
      <Part title="Expected evidence (no approval waits for it)" items={evidence} expected />
    </Section>
  );
}

interface PartProps {
  readonly title: string;
  readonly items: ChangeView['missing'];
  readonly expected?: boolean;
}

function Part({ title, items, expected = false }: PartProps): ReactElement | null {
  if (items.length === 0) return null;
  return (
    <div className="stack">
      <h3>{title}</h3>
      <ul className={expected ? 'missing expected' : 'missing'}>
        {items.map(({ code, sentence, field }) => (
          <li key={`${code} ${field ?? ''} ${sentence}`}>
            <Icon shape={expected ? 'information' : 'warning'} />
            <span>
              {field !== null && !sentence.startsWith(field) && <strong>{field}: </strong>}
              {sentence}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
