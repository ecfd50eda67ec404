import type { Finding } from '../findings';
import { logReader } from '../log-reader';
import { counted } from '../stated';
import { found, type StatementInput } from '../statements';
import { utcOf } from '../times';
import { firstText, isMembers, listOf, present, textAt, type Members } from '../wire';
import { isItem, isNotification, itemStatement } from './items';

/**
 * AWS Config: configuration items by themselves, in snapshots and histories, and in notifications with their difference,
 * out of SNS, EventBridge or a rule's event (developer guide, "Notifications that AWS Config sends").
 */
export const awsConfig = logReader({
  name: 'aws-config',
  record: 'AWS Config item',
  records: 'AWS Config items',
  kind: 'configuration-state',
  mark: /"configurationItem(?:s|Diff|Summary|Status|CaptureTime)?"\s*:|"relatedEvents"\s*:\s*\[/,
  isRecord: (record) => isItem(record) || isNotification(record) || isCompliance(record),
  read: readRecord,
  findings: (records) => [...oversized(records), ...timeless(records)],
});

function readRecord(record: Members): readonly StatementInput[] | undefined {
  if (isCompliance(record)) return compliance(record);
  const item = isNotification(record) ? (record['configurationItem'] ?? record['configurationItemSummary']) : record;
  const statement = isMembers(item) ? itemStatement(item, record['configurationItemDiff']) : undefined;
  return statement === undefined ? undefined : [statement];
}

const isCompliance = (record: Members): boolean =>
  record['messageType'] === 'ComplianceChangeNotification' && isMembers(record['newEvaluationResult']);

function compliance(record: Members): readonly StatementInput[] | undefined {
  const rule = textAt(record, 'configRuleName');
  const resource = textAt(record, 'resourceId');
  const claimedAt = utcOf(
    firstText(textAt(record, 'newEvaluationResult', 'resultRecordedTime'), record['notificationCreationTime']),
  );
  if (rule === null || resource === null || claimedAt === null) return undefined;
  const state = textAt(record, 'newEvaluationResult', 'complianceType')?.toLowerCase() ?? null;
  return [
    {
      kind: 'check',
      id: `${rule}:${resource}@${claimedAt}`,
      title: `Rule ${rule} on ${resource}`,
      state,
      claimedAt,
      attributes: present({
        type: textAt(record, 'resourceType'),
        before: textAt(record, 'oldEvaluationResult', 'complianceType'),
        account: textAt(record, 'awsAccountId'),
        region: textAt(record, 'awsRegion'),
      }),
      touches: [resource],
      effect: 'read',
    },
  ];
}

/** A change too large for a message comes as a summary; the difference is in a bucket that nobody here can read. */
function oversized(records: readonly Members[]): readonly Finding[] {
  const count = records.filter(
    (record) => isMembers(record['configurationItemSummary']) || listOf(record['s3DeliverySummary']).length > 0,
  ).length;
  const sentence = `${counted(count, 'notification')} too large for a message: before and after are in the bucket named there.`;
  return count === 0 ? [] : [found('not-read-whole', sentence)];
}

function timeless(records: readonly Members[]): readonly Finding[] {
  const items = records
    .map((record) => (isNotification(record) ? record['configurationItem'] : record))
    .filter(isMembers);
  const count = items.filter((item) => isItem(item) && utcOf(item['configurationItemCaptureTime']) === null).length;
  return count === 0 ? [] : [found('time-missing', `${counted(count, 'item')} without a time that can be read.`)];
}
