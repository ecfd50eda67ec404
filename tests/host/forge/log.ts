const KEPT = 2000;

/** The last lines that the app printed or failed with. Forge keeps them for the app's developer; here they can be read. */
export class Log {
  readonly #lines: { readonly at: string; readonly function: string; readonly line: string }[] = [];

  add(functionKey: string, line: string): void {
    this.#lines.push({ at: new Date().toISOString(), function: functionKey, line });
    if (this.#lines.length > KEPT) this.#lines.shift();
  }

  lines() {
    return [...this.#lines];
  }
}
