import type { Person } from '../../ledger/entry';
import { logReader } from '../log-reader';
import { found } from '../statements';
import { utcOf } from '../times';
import { firstText, listAt, member, present, textAt, textOf } from '../wire';

/** Okta's System Log (developer.okta.com, "System Log API", LogEvent). An event is a fact if it has a type and a time. */
export const oktaAudit = logReader({
  name: 'okta-audit',
  record: 'Okta System Log event',
  records: 'Okta System Log events',
  kind: 'execution-log',
  mark: /"eventType"\s*:[\s\S]{0,4000}"published"|"published"\s*:[\s\S]{0,4000}"eventType"|"legacyEventType"\s*:/,
  isRecord: (record) => 'eventType' in record && 'published' in record && ('actor' in record || 'outcome' in record),
  read: (record) => {
    const type = textOf(record['eventType']);
    const at = utcOf(record['published']);
    if (type === null || at === null) return undefined;
    const actor = actorOf(record['actor']);
    const targets = listAt(record, 'target').map((one) =>
      firstText(textAt(one, 'alternateId'), textAt(one, 'displayName')),
    );
    return [
      {
        kind: 'execution-log',
        id: textOf(record['uuid']) ?? `${type}:${at}`,
        title: firstText(record['displayMessage'], type) ?? type,
        state: textAt(record, 'outcome', 'result')?.toLowerCase() ?? null,
        claimedAt: at,
        people: actor === null ? [] : [{ role: 'actor', person: actor }],
        attributes: present({
          action: type,
          severity: textOf(record['severity']),
          reason: textAt(record, 'outcome', 'reason'),
          actorType: textAt(record, 'actor', 'type'),
          transaction: textAt(record, 'transaction', 'id'),
        }),
        touches: targets.filter((name) => name !== null),
        effect: effectOf(type),
      },
    ];
  },
  findings: (records) => {
    const altered = records.filter(({ eventType }) => /^system\.log_stream\./.test(textOf(eventType) ?? '')).length;
    return altered === 0 ? [] : [found('audit-altered', `${altered} events change where the log is sent.`)];
  },
});

function actorOf(actor: unknown): Person | null {
  if (/^(?:SystemPrincipal|PublicClientApp)$/.test(textAt(actor, 'type') ?? '')) return null;
  const login = firstText(member(actor, 'alternateId'), member(actor, 'id'));
  const displayName = textAt(actor, 'displayName');
  if (login === null && displayName === null) return null;
  return present({ login, displayName, email: login?.includes('@') === true ? login : null });
}

/** Sessions, authentication and access to applications read; what has a life cycle or a membership is written. */
const effectOf = (type: string): 'read' | 'write' =>
  /^user\.(?:session|authentication)\.|^policy\.evaluate|\.(?:view|read|download|list)$|^app\.(?:oauth2\..*token|access_request)/.test(
    type,
  )
    ? 'read'
    : 'write';
