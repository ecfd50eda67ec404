/** Most tests take milliseconds, but on a busy machine several run at once: one hangs only after a minute. */
jest.setTimeout(60_000);
