import { canonicalJson } from '../ledger/canonical';

const encoder = new TextEncoder();

export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** A JSON file for people and programs: members sorted, two spaces, a line feed at the end. */
export function jsonFile(value: unknown): Uint8Array {
  // Through the canonical form, so that equal values give equal bytes and nothing that is not JSON gets through.
  return utf8(`${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`);
}

/** One RFC 8785 text a line, each line ended by a line feed; no bytes at all for no values. */
export function jsonLines(values: readonly unknown[]): Uint8Array {
  return utf8(values.map((value) => `${canonicalJson(value)}\n`).join(''));
}

/** `2026-03-02 09:00:00 UTC`, for reading; the machine-readable files keep the milliseconds. */
export function utc(instant: string | null): string {
  if (instant === null) return 'not stated';
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return instant;
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** "1 decision", "2 decisions"; an irregular plural is given. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
