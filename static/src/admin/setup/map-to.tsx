import type { ReactElement } from 'react';

interface MapToProps {
  /** What is mapped: "Scope". */
  readonly name: string;
  readonly foundId: string | null;
  readonly candidates: readonly { readonly id: string; readonly name: string }[];
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined) => void;
}

/** What of this site stands for something: what is found by its name or made, or something that is there. */
export function MapTo({ name, foundId, candidates, value, onChange }: MapToProps): ReactElement {
  const others = candidates.filter(({ id }) => id !== foundId);
  return (
    <select
      className="select"
      aria-label={`In Jira: ${name}`}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    >
      <option value="">{foundId === null ? `Make “${name}”` : `“${name}”, which is there`}</option>
      {others.map((one) => (
        <option key={one.id} value={one.id}>
          {`Use “${one.name}”`}
        </option>
      ))}
    </select>
  );
}

/** A member set, or taken out where it is undefined. */
export function withMember<T extends Readonly<Record<string, string>>>(
  held: T,
  key: string,
  value: string | undefined,
): T {
  const others = Object.entries(held).filter(([name]) => name !== key);
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]]) as T;
}
