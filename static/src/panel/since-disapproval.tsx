import type { ReactElement } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { Person } from '../parts/person';
import { Section } from '../parts/section';
import { Time } from '../parts/time';
import { latestDisapproval } from '../wording/verdict';
import { EditedFields } from './edited-fields';

/** For those who decide again: the fields as they were when the change was disapproved, beside what they are now. */
export function SinceDisapproval({ view }: { readonly view: ChangeView }): ReactElement | null {
  const disapproval = latestDisapproval(view);
  if (disapproval === null) return null;
  return (
    <Section title="Changed since it was disapproved" count={disapproval.editedSince.length}>
      <p className="subtle">
        <Person person={disapproval.by} /> disapproved it <Time at={disapproval.at} />: {disapproval.basis}
      </p>
      {disapproval.editedSince.length === 0 ? (
        <p>No controlled field was edited since.</p>
      ) : (
        <EditedFields fields={disapproval.editedSince} />
      )}
    </Section>
  );
}
