import { createHash } from 'node:crypto';

/** A raw commit object, as `git cat-file commit` prints it. */
export interface CommitObject {
  /** The digest that is its name, computed anew: SHA-1, or SHA-256 when the tree's id is one. */
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: CommitPerson;
  readonly committer: CommitPerson;
  readonly message: string;
  /** What is signed: the object without its signature headers. */
  readonly payload: Buffer;
  /** Null when there is none. */
  readonly signature: string | null;
  readonly signatureKind: 'ssh' | 'openpgp' | 'x509' | 'unknown' | null;
  readonly encoding: string | null;
}

export interface CommitPerson {
  readonly name: string;
  readonly email: string;
  /** Epoch milliseconds; null when it is beyond what a date can hold. */
  readonly at: number | null;
}

const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const PERSON = /^([^<>\n]*)<([^<>\n]*)> (-?\d{1,15}) ([+-]\d{4})$/;
const LOOSE = /^commit (\d{1,10})\0/;
const SIGNATURES = new Set(['gpgsig', 'gpgsig-sha256']);

/** Cheap: whether the bytes begin like a commit object, with or without the header of a loose object. */
export const looksLikeCommit = (bytes: Uint8Array): boolean =>
  /^(?:commit \d{1,10}\0)?tree (?:[0-9a-f]{40}|[0-9a-f]{64})\n(?:parent|author) /.test(
    Buffer.from(bytes.subarray(0, 120)).toString('latin1'),
  );

/**
 * Reads a commit object. Git is lenient in what it takes; here the order of gitformat-commit is demanded: tree, parents,
 * author, committer, then other headers, each once at most, so that no signature can be read off another place than git
 * reads it. Undefined otherwise.
 */
export function commitObject(given: Uint8Array): CommitObject | undefined {
  const bytes = withoutLooseHeader(Buffer.from(given));
  const end = bytes?.indexOf('\n\n') ?? -1;
  if (bytes === undefined || end === -1) return undefined;
  const headers = headersOf(bytes.subarray(0, end).toString('latin1'));
  const [treeHeader, ...rest] = headers;
  const parents = rest.slice(
    0,
    rest.findIndex(({ name }) => name !== 'parent'),
  );
  const [author, committer, ...others] = rest.slice(parents.length);
  const tree = treeHeader?.name === 'tree' ? treeHeader.value : '';
  const ids = [tree, ...parents.map(({ value }) => value)];
  if (!ids.every((id) => ID.test(id) && id.length === tree.length)) return undefined;
  const people = [personOf(author, 'author'), personOf(committer, 'committer')] as const;
  if (people[0] === undefined || people[1] === undefined || !areWellFormed(others)) return undefined;
  const wanted = tree.length === 40 ? 'gpgsig' : 'gpgsig-sha256';
  const signature = others.find(({ name }) => name === wanted)?.value ?? null;
  return {
    id: createHash(tree.length === 40 ? 'sha1' : 'sha256')
      .update(`commit ${bytes.length}\0`)
      .update(bytes)
      .digest('hex'),
    tree,
    parents: parents.map(({ value }) => value),
    author: people[0],
    committer: people[1],
    message: bytes.subarray(end + 2).toString('utf8'),
    payload: payloadOf(bytes, end, headers),
    signature,
    signatureKind: signature === null ? null : kindOf(signature),
    encoding: others.find(({ name }) => name === 'encoding')?.value ?? null,
  };
}

interface Header {
  readonly name: string;
  readonly value: string;
  /** As it stands, with its continuation lines. */
  readonly raw: string;
}

function headersOf(text: string): readonly Header[] {
  const groups: string[][] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith(' ')) groups.at(-1)?.push(line);
    else groups.push([line]);
  }
  return groups.map(([first = '', ...more]) => {
    const space = first.indexOf(' ');
    const name = space === -1 ? first : first.slice(0, space);
    const value = [first.slice(name.length + 1), ...more.map((line) => line.slice(1))].join('\n');
    return { name, value, raw: [first, ...more].join('\n') };
  });
}

/** A `mergetag` may occur once for each parent; what decides about signing must be there once. */
function areWellFormed(others: readonly Header[]): boolean {
  const names = others.map(({ name }) => name);
  const once = ['tree', 'parent', 'author', 'committer'].every((name) => !names.includes(name));
  return once && [...SIGNATURES, 'encoding'].every((name) => names.filter((one) => one === name).length <= 1);
}

function payloadOf(bytes: Buffer, end: number, headers: readonly Header[]): Buffer {
  if (!headers.some(({ name }) => SIGNATURES.has(name))) return bytes;
  const kept = headers.filter(({ name }) => !SIGNATURES.has(name)).map(({ raw }) => raw);
  return Buffer.concat([Buffer.from(kept.join('\n'), 'latin1'), bytes.subarray(end)]);
}

function withoutLooseHeader(bytes: Buffer): Buffer | undefined {
  const header = LOOSE.exec(bytes.subarray(0, 20).toString('latin1'));
  if (header === null) return bytes;
  const content = bytes.subarray(header[0].length);
  return content.length === Number(header[1]) ? content : undefined;
}

function personOf(header: Header | undefined, role: string): CommitPerson | undefined {
  const [, name, email, seconds] = header?.name === role ? (PERSON.exec(header.value) ?? []) : [];
  if (name === undefined || email === undefined) return undefined;
  const at = Number(seconds) * 1000;
  const text = (raw: string): string => Buffer.from(raw, 'latin1').toString('utf8').trim();
  return { name: text(name), email: text(email), at: Math.abs(at) <= 8.64e15 ? at : null };
}

function kindOf(signature: string): CommitObject['signatureKind'] {
  const first = signature.split('\n', 1)[0]?.trim();
  if (first === '-----BEGIN SSH SIGNATURE-----') return 'ssh';
  if (first === '-----BEGIN PGP SIGNATURE-----' || first === '-----BEGIN PGP MESSAGE-----') return 'openpgp';
  return first === '-----BEGIN SIGNED MESSAGE-----' ? 'x509' : 'unknown';
}
