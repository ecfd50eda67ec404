import type { OrphanView } from '../../../src/contract/panel';

type Reason = OrphanView['reason'];

export interface OrphanWords {
  readonly why: string;
  /** What is meant, for an admin who wants to know whether something has to be done. */
  readonly meaning: string;
}

const WORDS: Readonly<Record<Reason, OrphanWords>> = {
  'names-no-change': {
    why: 'Names no change',
    meaning: 'Neither its branch, its commits, its title nor its payload holds the key of an issue.',
  },
  'no-such-change': {
    why: 'Names a change that is not there',
    meaning: 'Jira does not show it to the app, or it is no change request of a controlled project.',
  },
  'change-not-open': {
    why: 'Its change was not open',
    meaning: 'It tells of a deployment, and the change that it names was not approved for it at that time.',
  },
  'not-recordable': {
    why: 'Could not be recorded',
    meaning: 'What was stored of it is damaged, or a ledger cannot hold what it says.',
  },
};

/** Why a delivery became no entry of any change. */
export const orphanWords = (reason: Reason): OrphanWords => WORDS[reason];

/** "1 deployment, 3 commits": what it tells, the kinds in the order they came in. */
export function contentWords({ about }: OrphanView): string | null {
  if (about === undefined) return null;
  const parts = Object.entries(about.kinds).map(
    ([kind, count]) => `${count} ${kind.replaceAll('-', ' ')}${count === 1 ? '' : kind.endsWith('s') ? 'es' : 's'}`,
  );
  return parts.length === 0 ? null : parts.join(', ');
}

/** Where it happened: "production, acme/enclave". */
export function placeWords({ about }: OrphanView): string | null {
  const parts = [about?.environment, about?.repository].flatMap((part) => part ?? []);
  return parts.length === 0 ? null : parts.join(', ');
}
