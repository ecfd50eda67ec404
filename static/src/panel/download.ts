import type { PackView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { ask } from '../bridge/ask';
import { partBytes } from '../wording/bytes';

/**
 * Fetches all parts of a pack in order; `onPart` is told how many are there. Rejects rather than giving back a file
 * with a part missing.
 */
export async function fetchPack(pack: PackView, onPart: (done: number) => void): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let part = 0; part < pack.parts; part += 1) {
    const answer = await ask(METHODS.downloadPack, { pack: pack.id, part });
    if (answer.part !== part) throw new Error(`asked for part ${part}, got ${answer.part}`);
    parts.push(partBytes(answer.base64));
    onPart(part + 1);
  }
  return new Blob(parts, { type: 'application/zip' });
}

/** Hands a blob to the browser's download manager. Works in Forge's sandbox, which allows downloads. */
export function save(url: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
}
