import type { BrowserContext, ConsoleMessage } from 'playwright-core';

/**
 * Everything a browser complains about, of pages and frames alike: console errors, uncaught errors, and violations of a
 * content-security policy, which Chromium reports as console errors too.
 */
export class Complaints {
  readonly #heard: string[] = [];

  constructor(
    context: BrowserContext,
    private readonly expected: readonly RegExp[],
  ) {
    context.on('console', (message) => this.#console(message));
    context.on('weberror', (error) => this.#hear(`uncaught: ${error.error().message}`));
  }

  /** Throws when anything was heard that was not expected. */
  check(): void {
    if (this.#heard.length > 0) throw new Error(`The browser complained:\n${this.#heard.join('\n')}`);
  }

  /** What was heard so far, for a test that provokes it; forgets it. */
  take(): readonly string[] {
    return this.#heard.splice(0);
  }

  #console(message: ConsoleMessage): void {
    const text = `${message.text()} (${message.location().url})`;
    const policy = /content security policy/i.test(text);
    if (message.type() === 'error' || policy) this.#hear(text);
  }

  #hear(text: string): void {
    if (!this.expected.some((pattern) => pattern.test(text))) this.#heard.push(text);
  }
}
