import type { StoredEntry } from '../../ledger/entry';
import { newestFacts } from '../newest';

/** What Jira's search counts of development tools (`development[commits].all`), and the evidence that answers to it. */
export const COUNTED = {
  commits: ['commit'],
  pullrequests: ['pull-request'],
  builds: ['run'],
  deployments: ['deployment'],
} as const;
export type Counted = keyof typeof COUNTED;
export const COUNTED_KINDS: readonly Counted[] = ['commits', 'pullrequests', 'builds', 'deployments'];

export const COUNTED_WORDS: Readonly<Record<Counted, readonly [one: string, many: string]>> = {
  commits: ['commit', 'commits'],
  pullrequests: ['pull request', 'pull requests'],
  builds: ['build', 'builds'],
  deployments: ['deployment', 'deployments'],
};

/** How many of each the change's evidence names, each once however many deliveries state it. */
export function heldCounts(entries: readonly StoredEntry[]): Readonly<Record<Counted, number>> {
  const facts = newestFacts(entries);
  const held = (kinds: readonly string[]): number =>
    new Set(
      facts.flatMap(({ entry: { body } }) =>
        kinds.includes(body.evidence)
          ? [body.evidence === 'commit' ? body.id : `${body.repository ?? ''} ${body.id}`]
          : [],
      ),
    ).size;
  return {
    commits: held(COUNTED.commits),
    pullrequests: held(COUNTED.pullrequests),
    builds: held(COUNTED.builds),
    deployments: held(COUNTED.deployments),
  };
}

export const isCounted = (text: string): text is Counted => COUNTED_KINDS.some((kind) => kind === text);
