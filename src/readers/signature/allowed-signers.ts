/** A line of an allowed-signers file (ssh-keygen(1), "ALLOWED SIGNERS"). */
export interface AllowedSigner {
  readonly principals: string;
  /** Base64 of the key. */
  readonly key: string;
  /** Null when the line allows every namespace. */
  readonly namespaces: readonly string[] | null;
  /** Epoch milliseconds; a time without a zone is read as UTC. */
  readonly validAfter: number | null;
  readonly validBefore: number | null;
}

const LINE = /^(?:"([^"]+)"|(\S+))\s+(.+)$/;
const KEY = /^(?:ssh-|ecdsa-|sk-)\S+\s+([A-Za-z0-9+/]+={0,2})(?:\s|$)/;
const OPTION = /^([a-z-]+)(?:="([^"]*)")?(?:,|\s+)/i;

/**
 * The signers of the text. A line that is not understood whole, an unknown option or an unreadable time among them, allows
 * nobody; certificates (`cert-authority`) are not supported and allow nobody.
 */
export const allowedSigners = (text: string): readonly AllowedSigner[] =>
  text.split(/\r?\n/).flatMap((line) => {
    const signer = isBlank(line) ? undefined : signerLine(line);
    return signer === undefined || typeof signer === 'string' ? [] : [signer];
  });

/** Nothing but a comment. */
export const isBlank = (line: string): boolean => /^\s*(?:#|$)/.test(line);

/** Why a line allows nobody. */
export type SignerFault = 'line-too-long' | 'not-a-signer' | 'certificate-authority' | 'option' | 'time';

export function signerLine(given: string): AllowedSigner | SignerFault {
  if (given.length > 20_000) return 'line-too-long';
  const [, quoted, plain, after = ''] = LINE.exec(given.trim()) ?? [];
  const principals = quoted ?? plain;
  const options = new Map<string, string>();
  let rest = after;
  while (!KEY.test(rest)) {
    const [whole, name, value = ''] = OPTION.exec(rest) ?? [];
    if (whole === undefined || name === undefined) return 'not-a-signer';
    if (options.has(name.toLowerCase())) return 'option';
    options.set(name.toLowerCase(), value);
    rest = rest.slice(whole.length);
  }
  const key = KEY.exec(rest)?.[1];
  if (principals === undefined || key === undefined) return 'not-a-signer';
  if (options.has('cert-authority')) return 'certificate-authority';
  if ([...options.keys()].some((name) => !['namespaces', 'valid-after', 'valid-before'].includes(name)))
    return 'option';
  const [validAfter, validBefore] = ['valid-after', 'valid-before'].map((name) => timeOf(options.get(name)));
  if (validAfter === undefined || validBefore === undefined) return 'time';
  return { principals, key, namespaces: options.get('namespaces')?.split(',') ?? null, validAfter, validBefore };
}

/** YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, with or without Z; null when there is none, undefined when unreadable. */
function timeOf(text: string | undefined): number | null | undefined {
  if (text === undefined) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z?$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const time = Date.parse(`${year}-${month ?? ''}-${day ?? ''}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/**
 * Whether the line allows the namespace at the time. Its list is a pattern-list of ssh_config(5): `*` and `?`, and one with
 * `!` in front that matches forbids, wherever it stands.
 */
export function allows(signer: AllowedSigner, namespace: string, at: number | null): boolean {
  const { namespaces, validAfter, validBefore } = signer;
  if (namespaces !== null && !isListed(namespaces, namespace)) return false;
  if (validAfter === null && validBefore === null) return true;
  return at !== null && (validAfter === null || at >= validAfter) && (validBefore === null || at < validBefore);
}

function isListed(patterns: readonly string[], text: string): boolean {
  const forbidden = patterns.some((one) => one.startsWith('!') && matches(one.slice(1), text));
  return !forbidden && patterns.some((one) => !one.startsWith('!') && matches(one, text));
}

const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replace(/\?/g, '.')}$`,
  ).test(text);
