/** Size in the units of file managers: kB and MB of 1000. */
export function sizeWords(bytes: number, locale: string): string {
  const [value, unit] =
    bytes < 1000
      ? ([bytes, 'byte'] as const)
      : bytes < 1_000_000
        ? ([bytes / 1000, 'kilobyte'] as const)
        : ([bytes / 1_000_000, 'megabyte'] as const);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    maximumFractionDigits: value < 10 ? 1 : 0,
    // Of bytes there is no short form that reads as one.
    unitDisplay: unit === 'byte' ? 'long' : 'short',
  }).format(value);
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

/** RFC 4648 section 4, of any length. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  // As many as may be arguments of one call.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** SHA-256 in lower-case hexadecimal. */
export async function sha256Of(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
