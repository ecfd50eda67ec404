/**
 * What AWS records of one security group being changed, in the forms in which it is delivered: CloudTrail log files (user
 * guide, "CloudTrail record contents"), and AWS Config items and notifications (developer guide, "Components of a
 * configuration item", "Example notifications").
 */
export const ACCOUNT = '123456789012';
export const REGION = 'us-gov-west-1';
export const GROUP_ID = 'sg-0f5a01c0ffee01d2a';
export const GROUP_NAME = 'cui-file-share';
export const GROUP_ARN = `arn:aws-us-gov:ec2:${REGION}:${ACCOUNT}:security-group/${GROUP_ID}`;
/** The networks that its one rule lets in. */
export const BEFORE = '10.20.0.0/16';
export const AFTER = '10.20.4.0/24';
const ROLE = 'EnclaveChange';

export interface Call {
  readonly at: Date;
  /** The session's name, which the role takes from the person who signed in. */
  readonly by: string;
  readonly name: string;
  readonly source: string;
  readonly readOnly?: boolean;
  readonly request: object;
  readonly response?: object;
}

/** A CloudTrail log file of these calls, as it lies in the bucket, unpacked. */
export const cloudTrail = (calls: readonly Call[]): string => JSON.stringify({ Records: calls.map(record) }, null, 1);

function record({ at, by, name, source, readOnly = false, request, response }: Call, i: number): object {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLEROLEID0001:${by}`,
      arn: `arn:aws-us-gov:sts::${ACCOUNT}:assumed-role/${ROLE}/${by}`,
      accountId: ACCOUNT,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROAEXAMPLEROLEID0001',
          arn: `arn:aws-us-gov:iam::${ACCOUNT}:role/${ROLE}`,
          accountId: ACCOUNT,
          userName: ROLE,
        },
        attributes: { creationDate: seconds(new Date(at.getTime() - 600_000)), mfaAuthenticated: 'true' },
      },
    },
    eventTime: seconds(at),
    eventSource: source,
    eventName: name,
    awsRegion: REGION,
    sourceIPAddress: '203.0.113.24',
    userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.8',
    requestParameters: request,
    responseElements: response ?? null,
    requestID: identifier(at, i, '4000'),
    eventID: identifier(at, i, '4e1d'),
    readOnly,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
  };
}

const seconds = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z');

const identifier = (at: Date, i: number, part: string): string =>
  `${(Math.floor(at.getTime() / 1000) + i).toString(16).padStart(8, '0')}-c0de-${part}-a000-0000000000${String(i).padStart(2, '0')}`;

/** What the rule of the group lets in. */
const configuration = (source: string): object => ({
  description: 'SMB to the CUI file share',
  groupName: GROUP_NAME,
  groupId: GROUP_ID,
  ownerId: ACCOUNT,
  vpcId: 'vpc-0c0de00000e1c1a7e',
  ipPermissions: [{ ipProtocol: 'tcp', fromPort: 445, toPort: 445, ipRanges: [source], userIdGroupPairs: [] }],
  ipPermissionsEgress: [],
  tags: [],
});

/** The configuration item of the group while it lets in `source`. */
export function groupItem(at: Date, state: number, source: string): object {
  return {
    version: '1.3',
    accountId: ACCOUNT,
    configurationItemCaptureTime: at.toISOString(),
    configurationItemStatus: 'OK',
    configurationStateId: String(state),
    arn: GROUP_ARN,
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: GROUP_ID,
    resourceName: GROUP_NAME,
    awsRegion: REGION,
    availabilityZone: 'Not Applicable',
    tags: {},
    relatedEvents: [],
    relationships: [],
    configuration: configuration(source),
    supplementaryConfiguration: {},
  };
}

/** What `aws configservice get-resource-config-history` prints. */
export const configHistory = (...items: readonly object[]): string =>
  JSON.stringify({ configurationItems: items }, null, 1);

/** The notification that AWS Config sends of the change, with what was before and after. */
export function changeNotification(at: Date, state: number, before: string, after: string): string {
  const permission = (source: string) => ({ ipProtocol: 'tcp', fromPort: 445, toPort: 445, ipRanges: [source] });
  return JSON.stringify(
    {
      configurationItemDiff: {
        changedProperties: {
          'Configuration.IpPermissions.0': {
            previousValue: permission(before),
            updatedValue: permission(after),
            changeType: 'UPDATE',
          },
        },
        changeType: 'UPDATE',
      },
      configurationItem: groupItem(at, state, after),
      notificationCreationTime: new Date(at.getTime() + 2_000).toISOString(),
      messageType: 'ConfigurationItemChangeNotification',
      recordVersion: '1.3',
    },
    null,
    1,
  );
}
