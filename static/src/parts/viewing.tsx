import { createContext, useContext } from 'react';
import type { TimeStyle } from '../wording/times';

/** How this viewer reads times, and the server's clock that "3 hours ago" is counted from. */
export interface Viewing extends TimeStyle {
  readonly now: Date;
}

const ViewingContext = createContext<Viewing | null>(null);

export const ViewingProvider = ViewingContext.Provider;

export function useViewing(): Viewing {
  const viewing = useContext(ViewingContext);
  if (viewing === null) throw new Error('used outside a ViewingProvider');
  return viewing;
}
