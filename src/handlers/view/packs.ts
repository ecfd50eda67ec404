import type { PackView } from '../../contract/panel';
import type { PackRecord } from '../packs/record';
import { PARTS_SIZE } from '../packs/record';

export function packView(record: PackRecord): PackView {
  return {
    id: record.id,
    state: record.state,
    progress: record.progress,
    createdAt: record.createdAt,
    by: { accountId: record.by.accountId, name: record.by.displayName },
    files: record.sealed?.files ?? null,
    bytes: record.sealed?.bytes ?? null,
    manifestDigest: record.sealed?.manifestDigest ?? null,
    parts: record.state === 'ready' && record.sealed !== undefined ? Math.ceil(record.sealed.chunks / PARTS_SIZE) : 0,
    fileName: record.fileName,
    failure: record.failure ?? null,
    attachment:
      record.attachment === undefined
        ? null
        : { attached: record.attachment.attached, because: record.attachment.because ?? null },
  };
}
