import * as z from '#zod';
import { isCounted } from '../../evidence/jira/held';
import { JIRA_PARTS } from '../../ledger/jira-entries';
import { jiraReadingKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';

const counted = z.lazy(() => z.string().check(z.refine(isCounted)));
const note = z.lazy(() =>
  z.object({
    /** UTC ISO 8601. */
    readAt: z.string(),
    /** `updatedAt` of the snapshot that was there before anything else was read. */
    updatedAt: z.nullable(z.string()),
    parts: z.array(
      z.object({ part: z.enum(JIRA_PARTS), complete: z.boolean(), found: z.number(), because: z.nullable(z.string()) }),
    ),
    /** How much of it could be read another time: parts that were not whole, and files that were not hashed yet. */
    outstanding: z.number(),
    /** Kinds of which Jira counted more than was held, and how many facts of evidence there were then. */
    more: z.array(counted),
    evidence: z.number(),
  }),
);

/** What the last reading came to. A hint when to look again and as of when it was; what was found is in the ledger. */
export type ReadingNote = z.infer<typeof note>;

/** Undefined for what is no note, as before the first reading. */
export const asReadingNote = (value: unknown): ReadingNote | undefined => note.safeParse(value).data;

export const readNote = async ({ store }: Pick<Ports, 'store'>, issueId: string): Promise<ReadingNote | undefined> =>
  asReadingNote(await store.get(jiraReadingKey(issueId)));
