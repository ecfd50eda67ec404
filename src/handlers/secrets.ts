import { secretPayload } from '../contract/payloads';
import type { SecretAdded, SecretsView } from '../contract/policy';
import type { LiveSecret, Ports } from '../ports/ports';
import { NAMES } from '../providers/names';
import { mustAdminister } from './policy/admins-only';
import { refuse } from './refusal';
import { parsed, type ResolverCall } from './resolver-call';

/** Who signs what they send: the senders of evidence, and the pipelines that ask the deploy gate. */
export const SENDERS: readonly { readonly source: string; readonly name: string }[] = [
  ...Object.entries(NAMES).map(([source, name]) => ({ source, name })),
  { source: 'gate', name: 'Deploy gate' },
];

/** During a rotation two are live, or three; each further one is tried for every delivery. */
const MOST_LIVE = 5;
const ATTEMPTS = 3;

/** `secrets.read`: which secrets are live, by label and age. Jira administrators only. */
export async function readSecrets(ports: Ports): Promise<SecretsView> {
  await mustAdminister(ports);
  return view(ports);
}

/**
 * `secrets.add`: one more live secret, 256 random bits, answered this one time and never logged. Those
 * before it stay live, so that a sender can be switched without a delivery being refused.
 */
export async function addSecret(ports: Ports, call: ResolverCall): Promise<SecretAdded> {
  await mustAdminister(ports);
  const { source, label } = senderOf(call);
  const value = secretFor(source, ports.random.salt());
  const addedAt = ports.clock.now().toISOString();
  await change(ports, source, (live) => {
    if (live.some((one) => one.value === value)) return undefined;
    if (live.some((one) => one.label === label))
      throw refuse(409, 'label-taken', `There is a live secret called "${label}" already: choose another label.`, [
        'label',
      ]);
    if (live.length >= MOST_LIVE)
      throw refuse(409, 'too-many', `There are ${live.length} live secrets: retire one that no sender uses any more.`);
    return [{ label, value, addedAt }, ...live];
  });
  ports.log.info('a secret was added', { source, label });
  return { source, label, value, secrets: await view(ports) };
}

/** `secrets.retire`: what is signed with it is refused from now on. Retiring the last one closes the door to this sender. */
export async function retireSecret(ports: Ports, call: ResolverCall): Promise<SecretsView> {
  await mustAdminister(ports);
  const { source, label } = senderOf(call);
  const isIt = (one: LiveSecret): boolean => one.label === label;
  if (!(await ports.secrets.live(source)).some(isIt))
    throw refuse(404, 'unknown-secret', `There is no live secret called "${label}".`);
  await change(ports, source, (live) => (live.some(isIt) ? live.filter((one) => !isIt(one)) : undefined));
  ports.log.info('a secret was retired', { source, label });
  return view(ports);
}

/**
 * In hexadecimal; for GitLab in the only form that its signing token takes (standardwebhooks.com, "Signature scheme"),
 * which its secret token takes as well.
 */
const secretFor = (source: string, hex: string): string =>
  source === 'gitlab' ? `whsec_${Buffer.from(hex, 'hex').toString('base64')}` : hex;

function senderOf(call: ResolverCall): { source: string; label: string } {
  const { source, label } = parsed(secretPayload, call.payload);
  if (!SENDERS.some((sender) => sender.source === source))
    throw refuse(404, 'unknown-sender', `There is no sender "${source}".`, ['source']);
  return { source, label };
}

/**
 * Encrypted storage has no create-once and no compare: of two administrators at once one write could be lost. So it is
 * read again after writing, until nothing is left to do.
 */
async function change(
  ports: Ports,
  source: string,
  next: (live: readonly LiveSecret[]) => readonly LiveSecret[] | undefined,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const wanted = next(await ports.secrets.live(source));
    if (wanted === undefined) return;
    await ports.secrets.replace(source, wanted);
  }
  if (next(await ports.secrets.live(source)) === undefined) return;
  throw refuse(503, 'busy', 'Somebody else is changing the secrets of this sender. Try again in a minute.');
}

async function view(ports: Ports): Promise<SecretsView> {
  const senders = await Promise.all(
    SENDERS.map(async ({ source, name }) => ({
      source,
      name,
      live: (await ports.secrets.live(source)).map(({ label, addedAt }) => ({ label, addedAt: addedAt ?? null })),
    })),
  );
  return { senders, now: ports.clock.now().toISOString() };
}
