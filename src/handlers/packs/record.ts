import * as z from '#zod';
import { packChunkKey, packKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';

const shape = z.lazy(() =>
  z.object({
    id: z.string(),
    issueId: z.string(),
    key: z.string(),
    state: z.enum(['queued', 'assembling', 'ready', 'failed']),
    progress: z.object({ done: z.number(), total: z.number(), step: z.string() }),
    createdAt: z.string(),
    movedAt: z.optional(z.string()),
    by: z.object({ accountId: z.string(), displayName: z.string() }),
    fileName: z.string(),
    site: z.string(),
    sealed: z.optional(
      z.object({
        files: z.number(),
        bytes: z.number(),
        chunks: z.number(),
        manifestDigest: z.string(),
      }),
    ),
    failure: z.optional(z.object({ code: z.string(), sentence: z.string() })),
    /** Whether a ready pack was attached to its change; absent until that was tried. */
    attachment: z.optional(z.object({ attached: z.boolean(), because: z.optional(z.string()) })),
  }),
);

/**
 * One pack and the state of the job that assembles it; all of the progress anybody sees comes from here, so it
 * survives a reload and a killed process. Once it is started only the job writes it; `movedAt` is when it last did.
 */
export type PackRecord = z.infer<typeof shape>;
/** What a ready pack is; the ledger's entry of it says the same. */
export type Sealed = NonNullable<PackRecord['sealed']>;

/** Bytes of the ZIP in one stored chunk: in base64 with room to spare under the 240 KiB of a value. */
export const CHUNK_BYTES = 160 * 1024;
/** Chunks in one part of a download: below the 5 MB a resolver may answer with. */
export const PARTS_SIZE = 16;

const LOOK_AHEAD = 25;
const NUMBER_DIGITS = 4;

/** Packs of a change are numbered from 1, each number taken with create-once, so that none is ever missed or reused. */
export const packId = (issueId: string, number: number): string =>
  `${issueId}-${String(number).padStart(NUMBER_DIGITS, '0')}`;

export async function readPacks(ports: Ports, issueId: string): Promise<readonly PackRecord[]> {
  const records: PackRecord[] = [];
  for (let from = 1; ; from += LOOK_AHEAD) {
    const ids = Array.from({ length: LOOK_AHEAD }, (_, i) => packId(issueId, from + i));
    const values = await ports.store.getMany(ids.map((id) => packKey(issueId, id)));
    const present = values.slice(0, firstMissing(values));
    records.push(...present.map((value) => shape.parse(value)));
    if (present.length < LOOK_AHEAD) return records;
  }
}

const firstMissing = (values: readonly unknown[]): number => {
  const index = values.indexOf(undefined);
  return index === -1 ? values.length : index;
};

export async function readPack(ports: Ports, issueId: string, id: string): Promise<PackRecord | undefined> {
  const value = await ports.store.get(packKey(issueId, id));
  return value === undefined ? undefined : shape.parse(value);
}

export const isFinished = ({ state }: PackRecord): boolean => state === 'ready' || state === 'failed';

/** Nothing is left to be done for it: it failed, or is ready and where a pipeline can fetch it. */
export const isSettled = ({ state, attachment }: PackRecord): boolean =>
  state === 'failed' || (state === 'ready' && attachment !== undefined);

/**
 * The chunks of a pack's bytes. Named after the bytes too: two jobs of the same pack that met different facts do not
 * write into each other's, and the bytes that the ledger names stay as they are.
 */
export const chunkKeys = (id: string, { manifestDigest, chunks }: Sealed): readonly string[] =>
  Array.from({ length: chunks }, (_, i) => packChunkKey(`${id}.${manifestDigest.slice(0, 16)}`, i));

export const writePack = (ports: Ports, record: PackRecord): Promise<void> =>
  ports.store.set(packKey(record.issueId, record.id), record);
