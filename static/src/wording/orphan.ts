import type { AdminView } from '../../../src/contract/panel';

type Reason = AdminView['orphans'][number]['reason'];

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
  'not-recordable': {
    why: 'Could not be recorded',
    meaning: 'What was stored of it is damaged, or a ledger cannot hold what it says.',
  },
};

/** Why a delivery became no entry of any change. */
export const orphanWords = (reason: Reason): OrphanWords => WORDS[reason];
