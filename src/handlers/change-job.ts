import * as z from '#zod';
import type { Ports } from '../ports/ports';
import { adoptPage } from './adoption/adopt';
import { readFiles } from './files/read-files';
import { assemble } from './packs/assemble';
import { recordDelivery } from './record-delivery';
import { recordReportedTransition } from './record-reported-transition';
import { queueRefreshes } from './refresh-all';
import { refreshChange } from './refresh-change';

const job = z.lazy(() =>
  z.discriminatedUnion('job', [
    z.object({ job: z.literal('record-delivery'), delivery: z.string() }),
    z.object({ job: z.literal('read-files'), delivery: z.string(), issueId: z.string() }),
    z.object({ job: z.literal('refresh-change'), issueId: z.string(), run: z.optional(z.string()) }),
    z.object({ job: z.literal('refresh-all') }),
    z.object({
      job: z.literal('record-transition'),
      transition: z.object({
        issueId: z.string(),
        actor: z.string(),
        from: z.string(),
        to: z.string(),
        name: z.string(),
        executionId: z.string(),
        historyId: z.nullable(z.string()),
      }),
      attempt: z.number(),
    }),
    z.object({ job: z.literal('adopt'), project: z.string() }),
    z.object({ job: z.literal('assemble-pack'), issueId: z.string(), pack: z.string() }),
  ]),
);

/**
 * The queue's consumer. Everything in it may come twice: each job is idempotent. It throws to be delivered again (the
 * platform retries for 24 hours) and returns when there is nothing more to do, which includes a job it cannot read.
 */
export async function onChangeJob(ports: Ports, body: unknown): Promise<void> {
  const parsed = job.safeParse(body);
  if (!parsed.success) {
    ports.log.error('a job was not understood', parsed.error);
    return;
  }
  switch (parsed.data.job) {
    case 'record-delivery':
      await recordDelivery(ports, parsed.data.delivery, (issueId) => refreshChange(ports, issueId));
      return;
    case 'read-files':
      return readFiles(ports, parsed.data.delivery, parsed.data.issueId, (issueId) => refreshChange(ports, issueId));
    case 'refresh-change':
      return refreshChange(ports, parsed.data.issueId, parsed.data.run);
    case 'refresh-all':
      return queueRefreshes(ports);
    case 'record-transition':
      return recordReportedTransition(ports, parsed.data.transition, parsed.data.attempt);
    case 'adopt':
      return adoptPage(ports, parsed.data.project);
    case 'assemble-pack':
      return assemble(ports, parsed.data.issueId, parsed.data.pack);
  }
}
