import { setTimeout as pause } from 'node:timers/promises';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a verb knows of the world besides files, git and the network. */
export interface Rim {
  readonly environment: Environment;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A line for the person who watches, on standard error and at once. Whoever prints it takes secrets out. */
  readonly say: (line: string) => void;
}

export const rimOf = (environment: Environment): Rim => ({
  environment,
  now: Date.now,
  sleep: async (milliseconds) => {
    await pause(milliseconds);
  },
  say: (line) => {
    process.stderr.write(`${line}\n`);
  },
});

/** The same world with its clock put to an instant; from there it runs on. */
export function withClockAt(rim: Rim, instant: number): Rim {
  const ahead = instant - rim.now();
  return { ...rim, now: () => rim.now() + ahead };
}
