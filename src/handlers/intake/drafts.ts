import { factOf } from '../../evidence/fact';
import type { NamedItem } from '../../evidence/item';
import type { Draft } from '../../ledger/append';
import type { Provenance } from '../../ledger/entry';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import type { DeliveryContent, DeliveryRecord } from './delivery';

/** An entry for each fact that names the change, by whatever key; `changes` maps keys to issue ids. */
export function evidenceDrafts(
  ports: Ports,
  record: DeliveryRecord,
  { items }: DeliveryContent,
  changes: ReadonlyMap<string, string>,
  issueId: string,
): readonly Draft[] {
  return items.flatMap(({ item, names }) => {
    const places = names.filter(({ key }) => changes.get(key) === issueId).flatMap((name) => name.places);
    return places.length === 0 ? [] : [evidenceDraft(ports, record, item, [...new Set(places)], issueId)];
  });
}

/** One fact as an entry of a change's chain; `namedBy` says where the change was named. */
export function evidenceDraft(
  ports: Ports,
  record: DeliveryRecord,
  item: NamedItem['item'],
  namedBy: readonly string[],
  chain: string,
): Draft {
  const disclosing = new Disclosing(ports.random);
  const { id, repository, state, url, commits, attributes, claimedAt } = item;
  const body = {
    evidence: item.kind,
    id,
    repository,
    state,
    title: disclosing.value(item.title),
    url,
    commits,
    attributes,
    people: item.people.map(({ role, person }) => ({ role, person: disclosing.value(person) })),
    claimedAt,
    receivedAt: record.receivedAt,
    namedBy,
    provenance: provenanceOf(record),
  };
  return { chain, kind: 'evidence', fact: factOf(record.source, item), body, disclosures: disclosing.disclosures };
}

export function provenanceOf(record: DeliveryRecord): Provenance {
  const { source, event, deliveryId, authenticatedBy, secret, bodyDigest, bodySize, redactedDigest } = record;
  return {
    source,
    event,
    deliveryId,
    authenticatedBy: authenticatedBy ?? 'hmac-sha256',
    secret,
    bodyDigest,
    ...(bodySize === undefined ? {} : { bodySize }),
    ...(redactedDigest === undefined ? {} : { redactedDigest }),
  };
}

/** Markings of a delivery concern every change that it names. */
export const markingDrafts = ({ findings }: DeliveryRecord, chain: string): readonly Draft[] =>
  findings.map((body) => ({ chain, kind: 'marking-found', fact: `marking:${body.finding}`, body, disclosures: {} }));
