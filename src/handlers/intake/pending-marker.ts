import * as z from '#zod';

/** Stands beside a delivery until its facts are recorded, and before it while it is being written. */
export const pendingMarker = z.lazy(() =>
  z.object({
    since: z.string(),
    chunks: z.number(),
    quarantineChunks: z.number(),
    /** Keys of changes that have a marker of their own. */
    changes: z.array(z.string()),
  }),
);
export type PendingMarker = z.infer<typeof pendingMarker>;
