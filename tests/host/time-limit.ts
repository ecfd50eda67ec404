/** A running site answers in milliseconds, but two of them on a busy machine may not: a test hangs only after a minute. */
jest.setTimeout(60_000);
