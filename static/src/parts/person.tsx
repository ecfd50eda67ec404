import type { ReactElement } from 'react';
import type { PersonView } from '../../../src/contract/panel';

/** A name, never a bare id. The record keeps a commitment when a name was erased, and the screen says so. */
export function personName(person: PersonView): string {
  return person.name ?? (person.accountId === null ? 'nobody' : 'a person whose name is not known');
}

export function Person({ person }: { readonly person: PersonView }): ReactElement {
  return <span className="person">{personName(person)}</span>;
}
