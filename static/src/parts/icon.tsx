import type { ReactElement } from 'react';

const SHAPES = {
  information:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM7.25 7h1.5v4.5h-1.5V7ZM8 4.2a.95.95 0 1 1 0 1.9.95.95 0 0 1 0-1.9Z',
  warning:
    'M8.9 1.9a1 1 0 0 0-1.8 0l-6 11.1a1 1 0 0 0 .9 1.5h12a1 1 0 0 0 .9-1.5l-6-11.1ZM7.25 5.5h1.5V10h-1.5V5.5ZM8 11.1a.95.95 0 1 1 0 1.9.95.95 0 0 1 0-1.9Z',
  bad: 'M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3l3.8-3.8ZM7.25 4.5h1.5V9h-1.5V4.5ZM8 10.1a.95.95 0 1 1 0 1.9.95.95 0 0 1 0-1.9Z',
  good: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm3.4 4.7L7.3 11 4.6 8.4l1-1.1 1.6 1.5 3-3.6 1.2 1Z',
} as const;

export type IconShape = keyof typeof SHAPES;

/** Decoration only: the words beside it say the same. */
export function Icon({ shape }: { readonly shape: IconShape }): ReactElement {
  return (
    <svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16" fill="currentColor" fillRule="evenodd">
      <path d={SHAPES[shape]} />
    </svg>
  );
}
