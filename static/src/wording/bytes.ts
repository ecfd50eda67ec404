/** Size in the units of file managers: kB and MB of 1000. */
export function sizeWords(bytes: number, locale: string): string {
  const [value, unit] =
    bytes < 1000
      ? ([bytes, 'byte'] as const)
      : bytes < 1_000_000
        ? ([bytes / 1000, 'kilobyte'] as const)
        : ([bytes / 1_000_000, 'megabyte'] as const);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(
    value,
  );
}

/**
 * Decodes one part of a pack. Throws when it is not base64 (RFC 4648 section 4): half a pack must never look like a
 * whole one.
 */
export function partBytes(base64: string): Uint8Array<ArrayBuffer> {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    throw new Error('a part of the pack is not base64');
  }
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
