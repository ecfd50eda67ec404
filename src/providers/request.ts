/** An HTTP request as a Forge web trigger hands it over (function reference, "Web trigger": headers in any case). */
export interface IntakeRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** The body decoded as UTF-8. */
  readonly body: string;
  readonly query: Readonly<Record<string, readonly string[]>>;
}

/**
 * The one value of a header, whatever its case, or undefined when there is none or when several contradict each other:
 * a proxy and we must never pick different ones.
 */
export function headerValue(headers: IntakeRequest['headers'], name: string): string | undefined {
  const wanted = name.toLowerCase();
  const values = new Set(
    Object.entries(headers)
      .filter(([header]) => header.toLowerCase() === wanted)
      .flatMap(([, all]) => all)
      .map((value) => value.trim()),
  );
  const [value] = values;
  return values.size === 1 ? value : undefined;
}
