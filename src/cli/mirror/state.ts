import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import * as z from '#zod';
import { nodeFailure } from '../outcome';
import { FINDINGS } from './findings';

const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const point = z.strictObject({ entries: z.number(), head: digest });
const pack = z.strictObject({
  fileName: z.string(),
  sha256: digest,
  manifestDigest: z.nullable(digest),
  /** What was wrong with it when it was fetched. */
  findings: z.exactOptional(z.array(z.strictObject({ code: z.enum(FINDINGS), sentence: z.string() }))),
});
const receipt = z.looseObject({
  destination: z.string(),
  where: z.string(),
  sha256: digest,
  proof: z.enum(['read-back', 'acknowledged', 'taken']),
  already: z.boolean(),
});
const copied = z.strictObject({
  kind: z.enum(['head', 'pack', 'time-stamp', 'finding']),
  name: z.string(),
  sha256: digest,
  size: z.number(),
  kept: z.array(receipt),
});
const change = z.strictObject({
  key: z.string(),
  /** Every head that was ever seen, of the field and of packs, each length once. */
  heads: z.array(point),
  /** Packs that were copied, by attachment id. */
  packs: z.record(z.string(), pack),
  /** Only in states from before each finding was told until it is acknowledged; not read any more. */
  gone: z.exactOptional(z.array(z.string())),
  /** Length of the ledger when its last receipt went back, and how many entries receipts made since. */
  receipted: z.number(),
  own: z.number(),
  /** What was copied since the last receipt. */
  copied: z.array(copied),
});
const shape = z.strictObject({
  format: z.literal('change-control-mirror-state/1'),
  site: z.string(),
  changes: z.record(z.string(), change),
  /** What each destination holds: by its id, then by the copy's name. */
  done: z.record(z.string(), z.record(z.string(), receipt)),
  /** When a person acknowledged a finding, by the name of its copy: UTC ISO 8601. */
  acknowledged: z.exactOptional(z.record(z.string(), z.string())),
  /** Receipts that were written and are not known to have arrived: the bodies that are sent, each with its change. */
  outbox: z.array(z.strictObject({ issueId: z.string(), body: z.string() })),
});

export type State = z.infer<typeof shape>;
export type KnownChange = z.infer<typeof change>;
/** A copy with what the destinations answered for it. */
export type Copied = z.infer<typeof copied>;
export type HeadPoint = z.infer<typeof point>;

export class StateProblem extends Error {
  override readonly name = 'StateProblem';
}

export const emptyState = (site: string): State => ({
  format: 'change-control-mirror-state/1',
  site,
  changes: {},
  done: {},
  outbox: [],
});

export const unknownChange = (key: string): KnownChange => ({
  key,
  heads: [],
  packs: {},
  receipted: 0,
  own: 0,
  copied: [],
});

/** @throws StateProblem for a file that is none of ours, or of another site: it is what a rewritten ledger is noticed by. */
export async function readState(path: string, site: string): Promise<State> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (nodeFailure(error)?.code === 'ENOENT') return emptyState(site);
    throw new StateProblem(`${path} cannot be read: ${nodeFailure(error)?.message ?? String(error)}`);
  }
  const read = shape.safeParse(parsed(text));
  if (!read.success)
    throw new StateProblem(
      `${path} is no state of this program, or was altered. Look into that before you start anew: without it nothing is known of what was seen before.`,
    );
  if (read.data.site !== site) throw new StateProblem(`${path} is the state of ${read.data.site}, not of ${site}.`);
  return read.data;
}

/** Replaces the file as a whole, durably: a crash leaves the state before or after. */
export async function writeState(path: string, state: State): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(state, null, 1)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    throw new StateProblem(`${path} cannot be written: ${nodeFailure(error)?.message ?? String(error)}`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Said by the caller, who knows which file it is.
    return undefined;
  }
}
