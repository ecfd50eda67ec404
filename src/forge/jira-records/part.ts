import * as z from '#zod';
import type { ShownPart, ShownPerson, ShownRecord } from '../../evidence/jira/shown';
import { look } from '../looking';

/** A part that comes with one answer. */
export async function shownPart(work: () => Promise<readonly ShownRecord[]>): Promise<ShownPart> {
  const seen = await look(work);
  return 'seen' in seen ? { items: seen.seen, because: null } : { items: [], because: seen.unseen };
}

export interface Page {
  readonly items: readonly ShownRecord[];
  /** Where the next page begins; null after the last. */
  readonly next: number | null;
  /** How many there are over all pages, where Jira says so. */
  readonly total?: number;
}

/** More pages than this are not read: it is said that it goes on. */
const MOST_PAGES = 100;

/**
 * A part that comes page by page. What was read before a page failed is kept, and why the rest is not there. Where one was
 * taken away meanwhile, those behind it moved up, and one may have slipped between two pages: that is not everything.
 */
export async function shownPages(page: (start: number) => Promise<Page>): Promise<ShownPart> {
  const items: ShownRecord[] = [];
  const totals = new Set<number | undefined>();
  let start: number | null = 0;
  for (let i = 0; start !== null; i += 1) {
    if (i === MOST_PAGES) return { items, because: `Only the first ${items.length} were read.` };
    const from: number = start;
    const seen = await look(() => page(from));
    if ('unseen' in seen) return { items, because: seen.unseen };
    items.push(...seen.seen.items);
    totals.add(seen.seen.total);
    start = seen.seen.next;
  }
  return { items, because: totals.size > 1 ? 'They changed while they were read; they are read again.' : null };
}

export const jiraPerson = z.lazy(() =>
  z.nullish(z.looseObject({ accountId: z.optional(z.string()), displayName: z.optional(z.string()) })),
);

export function personOf(value: z.infer<typeof jiraPerson>): ShownPerson | null {
  const accountId = value?.accountId;
  return accountId === undefined ? null : { accountId, displayName: value?.displayName ?? accountId };
}

/** A time of Jira's (`+0000`) as UTC ISO 8601; null for what is no time. */
export function instantOrNull(text: string | null | undefined): string | null {
  const time = new Date(text ?? '');
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
