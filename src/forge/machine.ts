import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock, Log, Randomness } from '../ports/ports';

export const systemClock: Clock = { now: () => new Date() };

export const systemRandomness: Randomness = {
  salt: () => randomBytes(32).toString('hex'),
  id: () => randomUUID(),
};

/** Forge keeps what is printed. Details are identifiers and counts; never field values, names or bodies. */
export const forgeLog: Log = {
  info: (event, detail) => console.log(JSON.stringify({ event, ...detail })),
  error: (event, cause) => console.error(JSON.stringify({ event, error: chain(cause) })),
};

/** The names and messages of an error and its causes, outermost first. */
function chain(cause: unknown): readonly string[] {
  const links: string[] = [];
  for (let link = cause; link instanceof Error && links.length < 5; link = link.cause) {
    links.push(`${link.name}: ${link.message}`);
  }
  return links.length > 0 ? links : [typeof cause];
}
