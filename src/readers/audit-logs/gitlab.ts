import { logReader } from '../log-reader';
import type { StatementInput } from '../statements';
import { utcOf } from '../times';
import { firstText, isMembers, member, present, textAt, textOf, type Members } from '../wire';

/**
 * GitLab's audit events as its API, streaming and audit_json.log write them (docs.gitlab.com, "Audit event schema", "Log
 * system"). An event is a fact if it says on what and when.
 */
export const gitlabAudit = logReader({
  name: 'gitlab-audit',
  record: 'GitLab audit event',
  records: 'GitLab audit events',
  kind: 'execution-log',
  mark: /"entity_type"\s*:[\s\S]{0,2000}"(?:author_id|entity_id)"|"author_id"\s*:[\s\S]{0,2000}"entity_type"/,
  isRecord: (record) => 'entity_type' in record && 'author_id' in record,
  read: (record) => {
    const entity = textOf(record['entity_type']);
    const at = utcOf(record['created_at']) ?? utcOf(record['time']);
    if (entity === null || at === null) return undefined;
    return [statementOf(record, entity, at)];
  },
});

function statementOf(record: Members, entity: string, at: string): StatementInput {
  const details = isMembers(record['details']) ? record['details'] : record;
  const path = firstText(record['entity_path'], details['entity_path']);
  const target = firstText(record['target_details'], details['target_details']);
  const author = firstText(record['author_name'], details['author_name']);
  const email = firstText(details['author_email'], record['author_email']);
  const action = actionOf(record, details);
  return {
    kind: 'execution-log',
    id: textOf(record['id']) ?? `${entity}:${textOf(record['entity_id']) ?? ''}:${at}`,
    repository: entity === 'Project' ? path : null,
    title: [action, path ?? entity, target].filter((part) => part !== null).join(' · '),
    state: null,
    claimedAt: at,
    people:
      author === null && email === null ? [] : [{ role: 'actor', person: present({ displayName: author, email }) }],
    attributes: present({
      action,
      entity,
      entityId: textOf(record['entity_id']),
      changed: firstText(details['change'], details['as']),
      authorClass: textOf(details['author_class']),
    }),
    touches: [path, target].filter((name) => name !== null),
    effect: record['event_type'] === 'repository_git_operation' && !/receive-pack/.test(action) ? 'read' : 'write',
  };
}

/** What happened, in the words of whichever of its members says so; older events name one only by a verb's member. */
function actionOf(record: Members, details: Members): string {
  const protocol = textAt(details, 'custom_message', 'action');
  const said = firstText(protocol, details['custom_message'], record['event_type'], details['event_name']);
  if (said !== null) return said;
  const verb = ['add', 'remove', 'change', 'failed_login', 'with'].find((name) => member(details, name) !== undefined);
  return verb === undefined ? 'audit event' : `${verb} ${textOf(details[verb]) ?? ''}`.trim();
}
