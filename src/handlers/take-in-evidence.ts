import type { Ports } from '../ports/ports';
import { providerOf, sourceName } from '../providers/sources';
import type { IntakeRequest } from '../providers/request';
import { sha256Hex } from '../ledger/hash';
import { nameOfDelivery } from './intake/delivery-name';
import { countRefusal } from './intake/refusals';
import { storeDelivery } from './intake/store-delivery';
import { understand } from './intake/understand';
import { spendNonce } from './spend-nonce';

/** The output keys of the web trigger `evidence-intake`. 2xx (the first three) means stored or not wanted. */
export type IntakeAnswer = 'accepted' | 'duplicate' | 'ignored' | 'unauthorized' | 'invalid' | 'unavailable';

/**
 * Takes in what a sender delivers: is the sender known, are the bytes authentic, what do they say, may they be kept as
 * they are, are they durable. Only then is it answered; which changes exist is asked of Jira afterwards, by
 * `recordDelivery`. Never throws. Whatever is not stored leaves a count for its hour, source and reason.
 */
export async function takeInEvidence(ports: Ports, request: IntakeRequest): Promise<IntakeAnswer> {
  try {
    return await takeIn(ports, request);
  } catch (failure) {
    ports.log.error('evidence could not be stored; the sender was told to send again', failure);
    return 'unavailable';
  }
}

async function takeIn(ports: Ports, request: IntakeRequest): Promise<IntakeAnswer> {
  const source = sourceName(soleValue(request.query.source));
  const provider = providerOf(source);
  if (provider === undefined) return refuse(ports, source, 'source-not-taken-in', 'invalid');
  const sender = provider.authenticate(request, await ports.secrets.live(source), ports.clock.now());
  if (!sender.authentic) return refuse(ports, source, sender.reason, 'unauthorized');
  if (sender.nonce !== undefined && !(await spendNonce(ports, source, sender.nonce))) {
    return refuse(ports, source, 'nonce-spent', 'unauthorized');
  }
  const understood = understand(provider, request);
  switch (understood.outcome) {
    case 'evidence': {
      const by = { source, secret: sender.secret, by: sender.by };
      const { event, deliveryId } = understood;
      const delivery = nameOfDelivery({ source, event, deliveryId, bodyDigest: sha256Hex(request.body) });
      const outcome = await storeDelivery(ports, delivery, by, request.body, understood);
      return outcome === 'contradicts' ? refuse(ports, source, 'idempotency-key-reused', 'invalid') : outcome;
    }
    case 'ignored':
      return refuse(ports, source, `ignored.${understood.event ?? 'event'}`, 'ignored');
    case 'invalid':
      return refuse(ports, source, understood.reason, 'invalid');
  }
}

async function refuse(ports: Ports, source: string, reason: string, answer: IntakeAnswer): Promise<IntakeAnswer> {
  await countRefusal(ports, source, reason);
  ports.log.info('evidence was not taken in', { source, reason, answer });
  return answer;
}

const soleValue = (values: readonly string[] | undefined): string | undefined =>
  values?.length === 1 ? values[0] : undefined;
