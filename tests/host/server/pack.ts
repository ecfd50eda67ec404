import * as z from 'zod/mini';
import { METHODS } from '../../../src/contract/panel';
import type { Forge } from '../forge/platform';
import { InvokeRefusal } from '../forge/refusal';

const PANEL = 'change-evidence-panel';
const LOOK_MILLIS = 100;
const MOST_MILLIS = 300_000;

const pack = z.object({
  id: z.string(),
  state: z.enum(['queued', 'assembling', 'ready', 'failed']),
  parts: z.number(),
  fileName: z.string(),
  failure: z.nullable(z.object({ code: z.string(), sentence: z.string() })),
});
const part = z.object({ base64: z.string() });

/** Does what the panel's button does, as this person and through the same resolver calls; answers the pack's bytes. */
export async function makePack(forge: Forge, issueKey: string, accountId: string): Promise<Response> {
  const ask = (functionKey: string, payload: unknown): Promise<unknown> =>
    forge.invoke({ moduleKey: PANEL, functionKey, payload, accountId, context: { issueKey } });
  const end = Date.now() + MOST_MILLIS;
  let view = pack.parse(await ask(METHODS.startPack, {}));
  while (view.state === 'queued' || view.state === 'assembling') {
    if (Date.now() > end) throw new InvokeRefusal(504, 'pack-timeout', `Pack ${view.id} is still being assembled.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLIS));
    view = pack.parse(await ask(METHODS.readPack, { pack: view.id }));
  }
  if (view.state === 'failed') {
    throw new InvokeRefusal(409, view.failure?.code ?? 'pack-failed', view.failure?.sentence ?? 'The pack failed.');
  }
  const bytes: Buffer[] = [];
  for (let i = 0; i < view.parts; i += 1) {
    const { base64 } = part.parse(await ask(METHODS.downloadPack, { pack: view.id, part: i }));
    bytes.push(Buffer.from(base64, 'base64'));
  }
  return new Response(new Uint8Array(Buffer.concat(bytes)), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${view.fileName.replace(/[^A-Za-z0-9._-]/g, '_')}"`,
    },
  });
}
