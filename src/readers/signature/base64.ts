const STANDARD = /^[A-Za-z0-9+/]*={0,2}$/;
const URL_SAFE = /^[A-Za-z0-9_-]*={0,2}$/;

/** The bytes of a base64 text (RFC 4648, section 4 or 5); undefined for anything else, where Buffer would skip it. */
export function base64(text: unknown): Buffer | undefined {
  if (typeof text !== 'string') return undefined;
  if (STANDARD.test(text)) return whole(text, 'base64');
  return URL_SAFE.test(text) ? whole(text, 'base64url') : undefined;
}

function whole(text: string, encoding: 'base64' | 'base64url'): Buffer | undefined {
  const digits = text.replace(/=+$/, '');
  if (digits.length % 4 === 1) return undefined;
  return Buffer.from(digits, encoding);
}

/** The bytes between armor lines (RFC 4880, section 6; OpenSSH's PROTOCOL.sshsig); undefined when there is none. */
export function dearmored(text: string, label: string): Buffer | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const start = lines.indexOf(`-----BEGIN ${label}-----`);
  const end = lines.indexOf(`-----END ${label}-----`, start + 1);
  if (start === -1 || end === -1) return undefined;
  const inner = lines.slice(start + 1, end);
  const blank = inner.indexOf('');
  // Headers such as "Version: …" end at an empty line; a line "=…" holds a CRC, which secures nothing.
  const body = blank !== -1 && inner.slice(0, blank).every((line) => /^[A-Za-z]+: /.test(line)) ? inner.slice(blank) : inner;
  return base64(body.filter((line) => !/^=[A-Za-z0-9+/]{4}$/.test(line)).join(''));
}
