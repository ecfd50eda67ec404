import type { Content } from './content';
import type { Read } from './reader';

/** Any file that no reader knows: its name, size, digest and what its first bytes say it is. */
export function readOther({ file, encoding }: Content): Extract<Read, { outcome: 'read' }> {
  const type = typeByBytes(file.bytes) ?? (encoding === null ? 'application/octet-stream' : 'text/plain');
  const attributes = { size: String(file.bytes.length), type, sha256: file.digest };
  return {
    outcome: 'read',
    format: 'other-file',
    kind: 'document',
    title: file.name,
    statements: [
      {
        kind: 'document',
        id: `sha256:${file.digest}`,
        repository: null,
        title: file.name,
        url: null,
        state: null,
        commits: [],
        attributes,
        people: [],
        claimedAt: null,
        touches: [],
        effect: 'unknown',
      },
    ],
    findings: [],
    complete: true,
    attributes,
  };
}

const MAGIC: readonly (readonly [readonly number[], string])[] = [
  [[0x25, 0x50, 0x44, 0x46], 'application/pdf'],
  [[0x89, 0x50, 0x4e, 0x47], 'image/png'],
  [[0xff, 0xd8, 0xff], 'image/jpeg'],
  [[0x47, 0x49, 0x46, 0x38], 'image/gif'],
  [[0x50, 0x4b, 0x03, 0x04], 'application/zip'],
  [[0x1f, 0x8b], 'application/gzip'],
  [[0x7f, 0x45, 0x4c, 0x46], 'application/x-elf'],
  [[0x4d, 0x5a], 'application/vnd.microsoft.portable-executable'],
  [[0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65], 'application/x-windows-event-log'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'application/x-ole-storage'],
];

const typeByBytes = (bytes: Uint8Array): string | undefined =>
  MAGIC.find(([magic]) => magic.every((byte, i) => bytes[i] === byte))?.[1];
