import { isReadVerb } from '../effects';
import { logReader } from '../log-reader';
import { found, type StatementInput } from '../statements';
import { utcOf } from '../times';
import { firstText, listAt, present, textAt, textOf, type Members } from '../wire';

/**
 * Microsoft 365's unified audit log (learn.microsoft.com, "Office 365 Management Activity API schema"), also as the
 * `AuditData` of a search's export, and Entra's directory audits (Graph, `directoryAudit`). Times without a zone are UTC.
 */
export const microsoftAudit = logReader({
  name: 'microsoft-365-audit',
  record: 'Microsoft 365 audit record',
  records: 'Microsoft 365 audit records',
  kind: 'execution-log',
  mark: /"(?:OrganizationId|UserKey|AuditData)"\s*:|"activityDateTime"\s*:/,
  isRecord: (record) => isUnified(record) || isDirectory(record),
  read: (record) => (isUnified(record) ? unified(record) : directory(record)),
  findings: (records) => {
    const altered = records.filter(({ Operation }) =>
      /AdminAuditLogConfig|AuditRetention|AuditBypass/i.test(textOf(Operation) ?? ''),
    );
    return altered.length === 0
      ? []
      : [found('audit-altered', `${altered.length} records change what is recorded or for how long.`)];
  },
});

const isUnified = (record: Members): boolean =>
  'Operation' in record && 'CreationTime' in record && ('RecordType' in record || 'Workload' in record);

const isDirectory = (record: Members): boolean => 'activityDateTime' in record && 'initiatedBy' in record;

function unified(record: Members): readonly StatementInput[] | undefined {
  const operation = textOf(record['Operation']);
  const at = utcOf(record['CreationTime']);
  if (operation === null || at === null) return undefined;
  const user = textOf(record['UserId']);
  const object = textOf(record['ObjectId']);
  return [
    {
      kind: 'execution-log',
      id: textOf(record['Id']) ?? `${operation}:${at}`,
      title: [operation, object].filter((part) => part !== null).join(' · '),
      state: resultOf(textOf(record['ResultStatus'])),
      claimedAt: at,
      people: user === null || isMachine(record) ? [] : [{ role: 'actor', person: personOf(user) }],
      attributes: present({
        action: operation,
        workload: textOf(record['Workload']),
        recordType: textOf(record['RecordType']),
        userType: textOf(record['UserType']),
        organization: textOf(record['OrganizationId']),
      }),
      touches: [object, textOf(record['SiteUrl']), textOf(record['Workload'])].filter((name) => name !== null),
      effect:
        isReadVerb(operation) || /(?:Accessed|Viewed|Downloaded|Previewed|LoggedIn)$/.test(operation)
          ? 'read'
          : 'write',
    },
  ];
}

/** User types 4 (system), 5 (application), 6 (service principal) are no people. */
const isMachine = ({ UserType }: Members): boolean => ['4', '5', '6'].includes(textOf(UserType) ?? '');

const personOf = (user: string): { readonly login: string; readonly email?: string } =>
  user.includes('@') ? { login: user, email: user } : { login: user };

function resultOf(result: string | null): string | null {
  if (result === null) return null;
  if (/^(?:succe|true)/i.test(result)) return 'succeeded';
  return /^(?:fail|false)/i.test(result) ? 'failed' : result;
}

function directory(record: Members): readonly StatementInput[] | undefined {
  const action = textOf(record['activityDisplayName']);
  const at = utcOf(record['activityDateTime']);
  if (action === null || at === null) return undefined;
  const user = textAt(record, 'initiatedBy', 'user', 'userPrincipalName');
  const targets = listAt(record, 'targetResources').map((one) =>
    firstText(textAt(one, 'displayName'), textAt(one, 'userPrincipalName'), textAt(one, 'id')),
  );
  return [
    {
      kind: 'execution-log',
      id: textOf(record['id']) ?? `${action}:${at}`,
      title: action,
      state: resultOf(textOf(record['result'])),
      claimedAt: at,
      people: user === null ? [] : [{ role: 'actor', person: personOf(user) }],
      attributes: present({
        action,
        category: textOf(record['category']),
        service: textOf(record['loggedByService']),
        application: textAt(record, 'initiatedBy', 'app', 'displayName'),
        operation: textOf(record['operationType']),
      }),
      touches: targets.filter((name) => name !== null),
      effect: isReadVerb(action) ? 'read' : 'write',
    },
  ];
}
