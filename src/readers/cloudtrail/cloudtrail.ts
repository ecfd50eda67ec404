import type { Finding } from '../findings';
import { isReadVerb } from '../effects';
import { logReader, type LogFormat } from '../log-reader';
import { found, type StatementInput } from '../statements';
import { utcOf } from '../times';
import { present, textAt, type Members } from '../wire';
import { callerOf, identityAttributes } from './identity';
import { resourcesOf } from './resources';

/**
 * AWS CloudTrail records (user guide, "CloudTrail record contents"), as delivered to a bucket, by lookup-events, Lake,
 * EventBridge or CloudWatch Logs. A record is a fact if it says what was called and when. CloudTrail documents that
 * records of a file are in no order, so disorder is no finding here.
 */
const cloudtrailFormat: LogFormat = {
  name: 'cloudtrail',
  record: 'CloudTrail record',
  records: 'CloudTrail records',
  kind: 'execution-log',
  mark: /"eventSource"\s*:\s*"[a-z0-9.-]+\.amazonaws\.com"|"userIdentity"\s*:[\s\S]{0,2000}"eventName"/,
  isRecord: (record) =>
    'eventName' in record && 'eventSource' in record && ('userIdentity' in record || 'eventVersion' in record),
  read: readRecord,
  findings: auditingAltered,
};

export const cloudtrail = logReader(cloudtrailFormat);

function readRecord(record: Members): readonly StatementInput[] | undefined {
  const name = textAt(record, 'eventName');
  const source = textAt(record, 'eventSource');
  const claimedAt = utcOf(record['eventTime']);
  if (name === null || source === null || claimedAt === null) return undefined;
  const caller = callerOf(record);
  const errorCode = textAt(record, 'errorCode');
  return [
    {
      kind: 'execution-log',
      id: textAt(record, 'eventID') ?? `${source}:${name}:${claimedAt}`,
      title: `${name} on ${source}`,
      state: errorCode === null ? 'succeeded' : 'failed',
      claimedAt,
      people: caller === null ? [] : [{ role: 'actor', person: caller }],
      attributes: {
        action: name,
        ...identityAttributes(record),
        ...present({
          source,
          region: textAt(record, 'awsRegion'),
          category: textAt(record, 'eventCategory'),
          type: textAt(record, 'eventType'),
          request: textAt(record, 'requestID'),
          errorCode,
        }),
      },
      touches: resourcesOf(record),
      effect: effectOf(record, name),
    },
  ];
}

/** CloudTrail says so itself since event version 1.01; before, the verb does. */
function effectOf({ readOnly }: Members, name: string): 'read' | 'write' {
  if (readOnly === true || readOnly === 'true') return 'read';
  if (readOnly === false || readOnly === 'false') return 'write';
  return isReadVerb(name) ? 'read' : 'write';
}

const ALTERING: readonly string[] = [
  'StopLogging',
  'DeleteTrail',
  'UpdateTrail',
  'PutEventSelectors',
  'DeleteFlowLogs',
  'DeleteResolverQueryLogConfig',
  'DeleteEventDataStore',
  'StopConfigurationRecorder',
  'DeleteConfigurationRecorder',
  'DeleteLogGroup',
  'DeleteLogStream',
  'DeleteDetector',
];

function auditingAltered(records: readonly Members[]): readonly Finding[] {
  const names = records.map((record) => textAt(record, 'eventName') ?? '').filter((name) => ALTERING.includes(name));
  const said = [...new Set(names)].sort().join(', ');
  return names.length === 0 ? [] : [found('audit-altered', `${names.length} calls change what is recorded: ${said}.`)];
}
