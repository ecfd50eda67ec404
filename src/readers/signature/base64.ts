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
  // Headers such as "Version: …" end at an empty line.
  const headed = blank !== -1 && inner.slice(0, blank).every((line) => /^[A-Za-z]+: /.test(line));
  const body = (headed ? inner.slice(blank) : inner).filter((line) => line !== '');
  const sum = /^=[A-Za-z0-9+/]{4}$/.test(body.at(-1) ?? '') ? body.pop() : undefined;
  const bytes = base64(body.join(''));
  return bytes === undefined || (sum !== undefined && base64(sum.slice(1))?.equals(crc24(bytes)) !== true)
    ? undefined
    : bytes;
}

/** RFC 4880 section 6.1. It secures nothing, but bytes that differ from their sum were damaged on the way. */
function crc24(bytes: Buffer): Buffer {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let i = 0; i < 8; i++) {
      crc <<= 1;
      if ((crc & 0x1000000) !== 0) crc ^= 0x1864cfb;
    }
  }
  return Buffer.from([(crc >> 16) & 0xff, (crc >> 8) & 0xff, crc & 0xff]);
}
