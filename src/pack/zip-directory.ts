/**
 * The structure of a ZIP archive (PKWARE APPNOTE.TXT 6.3.10, sections 4.3 and 4.4), read defensively: every number in it
 * is the sender's. ZIP64 is read because other tools write it when a folder is zipped again.
 */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where the packed bytes begin. */
  readonly start: number;
}

export class ZipDamage extends Error {
  override readonly name = 'ZipDamage';
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const MAX_ENTRIES = 20_000;

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** Set when the list of files was damaged and the entries were found by reading on from the start instead. */
  readonly damage: string | null;
}

/**
 * The entries of an archive. When its end is missing or damaged, what can be found from the start is returned, so that
 * the files behind the damage can be named.
 *
 * @throws ZipDamage when nothing at all can be read
 */
export function readDirectory(bytes: Uint8Array): ZipDirectory {
  try {
    return { entries: fromCentral(bytes), damage: null };
  } catch (error) {
    if (!(error instanceof ZipDamage) && !(error instanceof RangeError)) throw error;
    const damage = error instanceof ZipDamage ? error.message : 'the archive’s list of files points outside it';
    return { entries: fromStart(bytes), damage };
  }
}

interface End {
  readonly count: number;
  readonly size: number;
  readonly offset: number;
}

function fromCentral(bytes: Uint8Array): ZipEntry[] {
  const view = viewOf(bytes);
  const { count, size, offset } = findEnd(view);
  if (count > MAX_ENTRIES) throw new ZipDamage(`the archive lists ${count} files, more than a pack has`);
  const entries: ZipEntry[] = [];
  let at = offset;
  for (let i = 0; i < count; i += 1) {
    if (view.getUint32(at, true) !== CENTRAL) throw new ZipDamage('the archive’s list of files is damaged');
    const name = nameAt(bytes, at + 46, view.getUint16(at + 28, true));
    const sizes = sizesOf(view, at, name);
    entries.push({
      name,
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      crc: view.getUint32(at + 16, true),
      packedSize: sizes.packedSize,
      size: sizes.size,
      start: contentStart(bytes, view, sizes.offset, name),
    });
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  if (at !== offset + size) throw new ZipDamage('the archive’s list of files is not as long as it says');
  return entries;
}

function findEnd(view: DataView): End {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= 0 && at >= last - MAX_COMMENT; at -= 1) {
    if (view.getUint32(at, true) !== END) continue;
    if (at + END_BYTES + view.getUint16(at + 20, true) !== view.byteLength) continue;
    const end = {
      count: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 16, true),
    };
    const wide = end.count === 0xffff || end.size === 0xffffffff || end.offset === 0xffffffff;
    return wide ? findEnd64(view, at) : end;
  }
  throw new ZipDamage('the archive has no end: it is cut off, or something was added behind it');
}

function findEnd64(view: DataView, end: number): End {
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR64) throw new ZipDamage('the archive’s end is damaged');
  const at = numberAt(view, locator + 8);
  if (view.getUint32(at, true) !== END64) throw new ZipDamage('the archive’s end is damaged');
  return { count: numberAt(view, at + 32), size: numberAt(view, at + 40), offset: numberAt(view, at + 48) };
}

/** Sizes and offset of a central entry; values of all ones stand in its ZIP64 field (header id 1). */
function sizesOf(view: DataView, at: number, name: string): { packedSize: number; size: number; offset: number } {
  let packedSize = view.getUint32(at + 20, true);
  let size = view.getUint32(at + 24, true);
  let offset = view.getUint32(at + 42, true);
  let field = at + 46 + view.getUint16(at + 28, true);
  const fieldsEnd = field + view.getUint16(at + 30, true);
  while (field + 4 <= fieldsEnd) {
    const length = view.getUint16(field + 2, true);
    if (view.getUint16(field, true) === 1) {
      let next = field + 4;
      const take = (): number => {
        if (next + 8 > field + 4 + length) throw new ZipDamage(`the sizes of ${name} are damaged`);
        next += 8;
        return numberAt(view, next - 8);
      };
      if (size === 0xffffffff) size = take();
      if (packedSize === 0xffffffff) packedSize = take();
      if (offset === 0xffffffff) offset = take();
    }
    field += 4 + length;
  }
  return { packedSize, size, offset };
}

/** A name that differs between the two places where a ZIP holds it is shown differently by different tools. */
function contentStart(bytes: Uint8Array, view: DataView, local: number, name: string): number {
  if (view.getUint32(local, true) !== LOCAL) throw new ZipDamage(`the archive’s list of files is wrong about ${name}`);
  const length = view.getUint16(local + 26, true);
  if (nameAt(bytes, local + 30, length) !== name) throw new ZipDamage(`the archive names ${name} in two ways`);
  return local + 30 + length + view.getUint16(local + 28, true);
}

/** Entries as they follow each other from the start; stops where one does not say its size. */
function fromStart(bytes: Uint8Array): ZipEntry[] {
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + 30 <= bytes.length && view.getUint32(at, true) === LOCAL && entries.length < MAX_ENTRIES) {
    const flags = view.getUint16(at + 6, true);
    const nameLength = view.getUint16(at + 26, true);
    const start = at + 30 + nameLength + view.getUint16(at + 28, true);
    if (start > bytes.length || (flags & 8) !== 0) break;
    const packedSize = view.getUint32(at + 18, true);
    entries.push({
      name: nameAt(bytes, at + 30, nameLength),
      method: view.getUint16(at + 8, true),
      encrypted: (flags & 1) === 1,
      crc: view.getUint32(at + 14, true),
      packedSize,
      size: view.getUint32(at + 22, true),
      start,
    });
    at = start + packedSize;
  }
  return entries;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function nameAt(bytes: Uint8Array, at: number, length: number): string {
  if (at + length > bytes.length) throw new ZipDamage('the archive’s list of files is cut off');
  return new TextDecoder('utf-8').decode(bytes.subarray(at, at + length));
}

function numberAt(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new ZipDamage('the archive gives a size that cannot be');
  return Number(value);
}
