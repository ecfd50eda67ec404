import * as z from '#zod';
import { setupDraftPayload } from '../../contract/payloads';
import { SETUP_DRAFT_KEY } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { choicesSchema, type Choices } from '../../setup/choices';
import { mustAdminister } from '../policy/admins-only';
import { parsed, type ResolverCall } from '../resolver-call';
import { choicesOf } from './choices-of';
import type { SetupPorts } from './setup-ports';

/** What was chosen so far, and the step one was at: a frame in Jira has no storage of its own that lasts. */
export interface Draft {
  readonly choices: Choices;
  readonly step: number;
}

const stored = z.lazy(() => z.object({ choices: choicesSchema, step: z.number() }));

/** `setup.keep`: what was chosen so far, for after a reload. Changes nothing in Jira. */
export async function keepSetup(ports: SetupPorts, call: ResolverCall): Promise<{ readonly kept: true }> {
  await mustAdminister(ports);
  const draft: Draft = { choices: choicesOf(call), step: parsed(setupDraftPayload, call.payload).step };
  await ports.store.set(SETUP_DRAFT_KEY, draft);
  return { kept: true };
}

/** One that cannot be read any more is none: it is chosen again. */
export async function readDraft({ store }: Pick<Ports, 'store'>): Promise<Draft | undefined> {
  return stored.safeParse(await store.get(SETUP_DRAFT_KEY)).data;
}
