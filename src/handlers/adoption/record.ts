import * as z from '#zod';
import type { AdoptionView } from '../../contract/panel';
import { ADOPTION_PREFIX, adoptionKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { listAll } from '../intake/list-all';

const record = z.lazy(() =>
  z.object({
    format: z.literal('adoption/1'),
    project: z.string(),
    state: z.enum(['running', 'done']),
    /** Fixed by the first start: what is older was there before control began. */
    controlBeganAt: z.string(),
    startedAt: z.string(),
    by: z.object({ accountId: z.string(), displayName: z.string() }),
    /** Where Jira's list goes on; null for its beginning. */
    next: z.nullable(z.string()),
    read: z.number(),
    adopted: z.number(),
    /** The last sign of life. */
    movedAt: z.string(),
  }),
);
export type Adoption = z.infer<typeof record>;

export async function readAdoption(ports: Pick<Ports, 'store'>, project: string): Promise<Adoption | undefined> {
  return record.safeParse(await ports.store.get(adoptionKey(project))).data;
}

export const writeAdoption = (ports: Pick<Ports, 'store'>, adoption: Adoption): Promise<void> =>
  ports.store.set(adoptionKey(adoption.project), adoption);

/** One job at a time for each project. */
export const queueAdoption = (ports: Pick<Ports, 'jobs'>, project: string): Promise<void> =>
  ports.jobs.push({ job: 'adopt', project }, { onePerKey: `adopt-${project}` });

/** A page takes seconds. Where a job is only late, another one costs a read. */
const STALLED_MS = 120_000;

export async function resumeIfStalled(ports: Ports, adoption: Adoption): Promise<void> {
  const quiet = ports.clock.now().getTime() - Date.parse(adoption.movedAt);
  if (adoption.state === 'running' && quiet > STALLED_MS) await queueAdoption(ports, adoption.project);
}

/** Sees to every adoption whose job was lost. To be called on schedule; harmless at any time. */
export async function sweepAdoptions(ports: Ports): Promise<void> {
  for (const { value } of await listAll(ports.store, ADOPTION_PREFIX)) {
    const known = record.safeParse(value);
    if (known.success) await resumeIfStalled(ports, known.data);
  }
}

/** As the admin page shows it; `undefined` is a project whose existing issues nobody had adopted. */
export function adoptionView(project: string, adoption: Adoption | undefined): AdoptionView {
  if (adoption === undefined) {
    return { project, state: 'none', controlBeganAt: null, startedAt: null, by: null, read: 0, adopted: 0 };
  }
  const { state, controlBeganAt, startedAt, by, read, adopted } = adoption;
  return { project, state, controlBeganAt, startedAt, by: by.displayName, read, adopted };
}
