import { join } from 'node:path';
import { parseArgs } from 'node:util';

export interface SiteOptions {
  readonly port: number;
  readonly data: string;
  readonly kind: 'seeded' | 'empty' | 'bare';
  readonly now: Date | undefined;
  readonly bundle: 'fast' | 'forge';
}

/** The arguments cannot be followed; the message is one line. */
export class OptionsError extends Error {}

export const USAGE =
  'npm start -- [--port 4343] [--data DIR] [--empty | --bare] [--now 2026-03-02T09:00:00Z] [--bundle fast|forge]';

/** Reads the arguments of `npm start`; throws OptionsError. */
export function readOptions(args: readonly string[], root: string): SiteOptions {
  const given = parsed(args);
  const port = Number(given.port ?? 4343);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new OptionsError(`--port ${given.port ?? ''}: a port is 1 to 65535.`);
  if (given.empty === true && given.bare === true) throw new OptionsError('--empty and --bare exclude each other.');
  const now = given.now === undefined ? undefined : new Date(given.now);
  if (
    now !== undefined &&
    (Number.isNaN(now.getTime()) || !/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(given.now ?? ''))
  ) {
    throw new OptionsError(`--now ${given.now ?? ''}: write an instant with its zone, such as 2026-03-02T09:00:00Z.`);
  }
  const bundle = given.bundle ?? 'fast';
  if (bundle !== 'fast' && bundle !== 'forge') throw new OptionsError(`--bundle ${bundle}: it is fast or forge.`);
  return {
    port,
    data: given.data ?? join(root, '.site'),
    kind: given.bare === true ? 'bare' : given.empty === true ? 'empty' : 'seeded',
    now,
    bundle,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        empty: { type: 'boolean' },
        bare: { type: 'boolean' },
        now: { type: 'string' },
        bundle: { type: 'string' },
      },
    }).values;
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new OptionsError(`${line} Usage: ${USAGE}`);
  }
}
