import { useRef, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { Button } from './button';

interface LongListProps<T> {
  readonly items: readonly T[];
  /** How many are shown before "Show all". */
  readonly first: number;
  /** What they are, for "Show all 214 events". */
  readonly noun: string;
  readonly className?: string;
  readonly children: (item: T, index: number) => ReactNode;
  readonly keyOf: (item: T, index: number) => string | number;
}

/** A list that says how long it is. "Show all" puts the focus on the first item that it brought. */
export function LongList<T>({ items, first, noun, className, children, keyOf }: LongListProps<T>): ReactElement {
  const [all, setAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const shown = all ? items : items.slice(0, first);
  const showAll = () => {
    setAll(true);
    requestAnimationFrame(() => {
      const item = list.current?.children.item(first);
      if (item instanceof HTMLElement) item.focus();
    });
  };
  return (
    <div className="stack">
      <ul className={className} ref={list}>
        {shown.map((item, index) => (
          <li key={keyOf(item, index)} tabIndex={index === first ? -1 : undefined}>
            {children(item, index)}
          </li>
        ))}
      </ul>
      {items.length > first && (
        <div>
          <Button
            look="quiet"
            tight
            expanded={all}
            onPress={() => {
              if (all) setAll(false);
              else showAll();
            }}
          >
            {all ? 'Show fewer' : `Show all ${items.length} ${noun}`}
          </Button>
        </div>
      )}
    </div>
  );
}
