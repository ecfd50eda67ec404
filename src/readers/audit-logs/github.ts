import { logReader } from '../log-reader';
import { found } from '../statements';
import { utcOf } from '../times';
import { firstText, present, textOf, type Members } from '../wire';

/**
 * GitHub's audit log as its API, export and streaming write it (docs.github.com, "Audit log events", "Reviewing the audit
 * log"). An entry is a fact if it names an action and a time.
 */
export const githubAudit = logReader({
  name: 'github-audit',
  record: 'GitHub audit log entry',
  records: 'GitHub audit log entries',
  kind: 'execution-log',
  mark: /"_document_id"\s*:|"@timestamp"\s*:\s*\d{13}/,
  isRecord: (record) =>
    typeof record['action'] === 'string' &&
    '@timestamp' in record &&
    ['_document_id', 'actor', 'actor_id', 'org', 'business', 'operation_type'].some((name) => name in record),
  read: (record) => {
    const action = textOf(record['action']);
    const at = utcOf(record['@timestamp']) ?? utcOf(record['created_at']);
    if (action === null || at === null) return undefined;
    const repository = firstText(record['repo'], record['repository']);
    const actor = textOf(record['actor']);
    return [
      {
        kind: 'execution-log',
        id: firstText(record['_document_id']) ?? `${action}:${at}`,
        repository,
        title: [action, repository ?? textOf(record['org'])].filter((part) => part !== null).join(' · '),
        state: textOf(record['operation_type']),
        claimedAt: at,
        people: actor === null ? [] : [{ role: 'actor', person: { login: actor } }],
        attributes: present({
          action,
          actorType: record['actor_is_bot'] === true ? 'bot' : null,
          org: textOf(record['org']),
          visibility: textOf(record['visibility']),
          team: textOf(record['team']),
          environment: textOf(record['environment_name']),
          branch: firstText(record['branch'], record['name']),
          access: textOf(record['programmatic_access_type']),
        }),
        touches: [repository, textOf(record['org']), textOf(record['environment_name'])].filter(
          (name) => name !== null,
        ),
        effect: effectOf(record, action),
      },
    ];
  },
  findings: (records) => {
    const altered = records.filter(({ action }) => /^audit_log_streaming\./.test(textOf(action) ?? '')).length;
    return altered === 0 ? [] : [found('audit-altered', `${altered} entries change where the log is sent.`)];
  },
});

function effectOf(record: Members, action: string): 'read' | 'write' {
  if (record['operation_type'] === 'access') return 'read';
  return /^git\.(?:clone|fetch)$|\.(?:download|access|view|search|read)\w*$/.test(action) ? 'read' : 'write';
}
