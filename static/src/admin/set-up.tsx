import type { ReactElement } from 'react';
import { METHODS } from '../../../src/contract/panel';
import { Adoption } from './adoption';
import { Fields } from './fields';
import { Loaded } from './loaded';
import type { SectionProps } from './sections';

/** How change control sits in this Jira. */
export default function SetUp({ shown }: SectionProps): ReactElement {
  return (
    <Loaded method={METHODS.readAdmin} what="the set-up" shown={shown}>
      {({ fields }) => (
        <>
          <Fields fields={fields} />
          <Adoption shown={shown} />
        </>
      )}
    </Loaded>
  );
}
