import type { Ports } from '../../ports/ports';
import { deleteUpload, expiresAt, listUploads } from './upload';

/** Takes away what somebody began to hand in and left, and what is left of finished uploads. Harmless at any time. */
export async function sweepUploads(ports: Ports): Promise<void> {
  const now = ports.clock.now();
  for (const upload of await listUploads(ports)) {
    if (now >= expiresAt(upload)) await deleteUpload(ports, upload);
  }
}
