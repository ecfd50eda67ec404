import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';

/** What every section is given. */
export interface SectionProps {
  /** False while another section is in front: what was typed here is kept, nothing is read. */
  readonly shown: boolean;
  /** Goes to another section by its key. */
  readonly go: (section: string) => void;
}

export interface AdminSection {
  /** In the page's address, so that a link to it keeps working. */
  readonly key: string;
  readonly title: string;
  readonly screen: LazyExoticComponent<ComponentType<SectionProps>>;
}

/** The sections of the admin page in the order of its navigation; the first is where the page opens. */
export const SECTIONS: readonly [AdminSection, ...AdminSection[]] = [
  { key: 'policy', title: 'Policy', screen: lazy(() => import('./policy')) },
  { key: 'people', title: 'People', screen: lazy(() => import('./people')) },
  { key: 'signing-keys', title: 'Signing keys', screen: lazy(() => import('./signing-keys')) },
  { key: 'secrets', title: 'Secrets', screen: lazy(() => import('./secrets')) },
  { key: 'deliveries', title: 'Deliveries', screen: lazy(() => import('./deliveries')) },
  { key: 'health', title: 'Health', screen: lazy(() => import('./health')) },
  { key: 'set-up', title: 'Set-up', screen: lazy(() => import('./set-up')) },
];
