import { gzipSync } from 'fflate';
import { codes, reading, refusal } from './reading';

const record = (changed: object = {}) => ({
  eventVersion: '1.10',
  userIdentity: {
    type: 'IAMUser',
    arn: 'arn:aws:iam::123456789012:user/dana',
    accountId: '123456789012',
    userName: 'dana',
  },
  eventTime: '2026-03-02T10:15:00Z',
  eventSource: 'ec2.amazonaws.com',
  eventName: 'AuthorizeSecurityGroupIngress',
  awsRegion: 'us-gov-west-1',
  requestParameters: { groupId: 'sg-0a1b2c3d', ipPermissions: { items: [{ fromPort: 22 }] } },
  responseElements: null,
  requestID: 'r-1',
  eventID: 'e-1',
  readOnly: false,
  recipientAccountId: '123456789012',
  ...changed,
});

const only = (content: unknown) => reading(content).statements[0];

describe('CloudTrail records', () => {
  it('say who did what on which resource, when, and whether it worked', () => {
    expect(only([record()])).toEqual({
      kind: 'execution-log',
      id: 'e-1',
      repository: null,
      title: 'AuthorizeSecurityGroupIngress on ec2.amazonaws.com',
      url: null,
      state: 'succeeded',
      commits: [],
      attributes: {
        action: 'AuthorizeSecurityGroupIngress',
        identity: 'IAMUser',
        account: '123456789012',
        source: 'ec2.amazonaws.com',
        region: 'us-gov-west-1',
        request: 'r-1',
      },
      people: [{ role: 'actor', person: { login: 'dana' } }],
      claimedAt: '2026-03-02T10:15:00.000Z',
      touches: ['ec2', 'sg-0a1b2c3d'],
      effect: 'write',
    });
  });

  const role = {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::123456789012:assumed-role/Deployer/dana@example.test',
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::123456789012:role/Deployer', userName: 'Deployer' },
    },
  };

  it.each([
    [
      'the session of a role',
      role,
      [{ login: 'dana@example.test', email: 'dana@example.test' }],
      'arn:aws:iam::123456789012:role/Deployer',
    ],
    [
      'a source identity before the session',
      { ...role, sessionContext: { ...role.sessionContext, sourceIdentity: 'dana' } },
      [{ login: 'dana' }],
      'arn:aws:iam::123456789012:role/Deployer',
    ],
    ['the root user', { type: 'Root', accountId: '1' }, [{ login: 'root' }], undefined],
    [
      'a federated user',
      { type: 'FederatedUser', arn: 'arn:aws:sts::1:federated-user/olga' },
      [{ login: 'olga' }],
      undefined,
    ],
    [
      'a user by SAML',
      { type: 'SAMLUser', userName: 'olga@example.test' },
      [{ login: 'olga@example.test', email: 'olga@example.test' }],
      undefined,
    ],
    ['a service', { type: 'AWSService', invokedBy: 'config.amazonaws.com' }, [], undefined],
    ['nobody that is said', null, [], undefined],
    ['a name of another type', { type: 'IAMUser', userName: { a: 1 } }, [], undefined],
  ])('by %s', (_, userIdentity, people, roleArn) => {
    const statement = only([record({ userIdentity })]);
    expect(statement?.people.map(({ person }) => person)).toEqual(people);
    expect(statement?.attributes['role']).toBe(roleArn);
  });

  it.each([
    [{ readOnly: true }, 'read'],
    [{ readOnly: false, eventName: 'GetObject' }, 'write'],
    [{ readOnly: undefined, eventName: 'DescribeInstances' }, 'read'],
    [{ readOnly: undefined, eventName: 'RunInstances' }, 'write'],
    [{ readOnly: undefined, eventName: 'GetawayCreate' }, 'write'],
  ])('%j: %s', (changed, effect) => {
    expect(only([record(changed)])?.effect).toBe(effect);
  });

  it('that were refused have failed, with the code', () => {
    expect(only([record({ errorCode: 'AccessDenied' })])).toMatchObject({
      state: 'failed',
      attributes: { errorCode: 'AccessDenied' },
    });
  });

  const one = record();
  it.each([
    ['the bucket’s file', { Records: [one] }],
    ['the bucket’s file, compressed', gzipSync(Buffer.from(JSON.stringify({ Records: [one] })))],
    ['one a line', `${JSON.stringify(one)}\n`],
    ['lookup-events', { Events: [{ EventId: 'e-1', CloudTrailEvent: JSON.stringify(one) }] }],
    ['EventBridge', { 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.ec2', detail: one }],
    ['CloudWatch Logs', { logEvents: [{ id: '1', message: JSON.stringify(one) }] }],
    ['Elasticsearch', { hits: { hits: [{ _source: one }] } }],
    ['{"logs": …}', { logs: [one] }],
  ])('are found in %s', (_, content) => {
    expect(only(content)?.id).toBe('e-1');
  });

  it('without what a fact rests on are counted, and the others read', () => {
    const read = reading({
      Records: [record(), record({ eventTime: 'yesterday' }), record({ eventName: 7e99 }), 'x', record()],
    });
    expect([read.statements.length, read.complete]).toEqual([2, false]);
    expect([...codes(read)].sort()).toEqual(['duplicate-records', 'malformed-records']);
  });

  it('that turn recording off are a finding', () => {
    expect(codes(reading([record({ eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com' })]))).toEqual([
      'audit-altered',
    ]);
  });

  it('hide what has the form of a secret', () => {
    const read = reading([record({ requestParameters: { name: 'ghp_0123456789abcdefghijklmnopqrstuvwxyz' } })]);
    expect(JSON.stringify(read)).not.toContain('ghp_0');
    expect(codes(read)).toEqual(['values-redacted']);
  });

  it.each([
    ['without a time in any', [record({ eventTime: null })], 'shape'],
    ['cut off', JSON.stringify({ Records: [one, one] }).slice(0, -30), 'not-json'],
  ])('are refused %s', (_, content, reason) => {
    expect(refusal(content)).toBe(reason);
  });
});

const item = (changed: object = {}) => ({
  configurationItemVersion: '1.3',
  configurationItemCaptureTime: '2026-03-02T10:20:00.000Z',
  configurationStateId: 1772446800,
  awsAccountId: '123456789012',
  configurationItemStatus: 'OK',
  resourceType: 'AWS::EC2::SecurityGroup',
  resourceId: 'sg-0a1b2c3d',
  resourceName: 'web',
  ARN: 'arn:aws:ec2:us-gov-west-1:123456789012:security-group/sg-0a1b2c3d',
  awsRegion: 'us-gov-west-1',
  relatedEvents: ['e-1'],
  configuration: { a: 1 },
  ...changed,
});

const notification = (changed: object = {}) => ({
  configurationItemDiff: {
    changedProperties: {
      'Configuration.IpPermissions.0': { previousValue: null, updatedValue: { fromPort: 22 }, changeType: 'CREATE' },
      'Configuration.Password': { previousValue: 'old-S3cr3t', updatedValue: 'new-S3cr3t', changeType: 'UPDATE' },
    },
    changeType: 'UPDATE',
  },
  configurationItem: item(),
  notificationCreationTime: '2026-03-02T10:21:00.000Z',
  messageType: 'ConfigurationItemChangeNotification',
  recordVersion: '1.3',
  ...changed,
});

describe('AWS Config', () => {
  it('a notification is a difference with before and after, and no secret', () => {
    const read = reading(notification());
    expect(read.statements).toMatchObject([
      {
        kind: 'configuration-difference',
        id: 'arn:aws:ec2:us-gov-west-1:123456789012:security-group/sg-0a1b2c3d@1772446800',
        state: 'update',
        claimedAt: '2026-03-02T10:20:00.000Z',
        attributes: {
          changed: '2',
          before: '{"Configuration.Password":"(sensitive)"}',
          after: '{"Configuration.IpPermissions.0.fromPort":"22","Configuration.Password":"(sensitive)"}',
          relatedEvents: 'e-1',
        },
        effect: 'write',
      },
    ]);
  });

  it.each([
    ['by itself', item()],
    ['in a list', [item()]],
    ['in a snapshot', { fileVersion: '1.0', configSnapshotId: 'x', configurationItems: [item()] }],
    [
      'in a rule’s event',
      { invokingEvent: JSON.stringify({ configurationItem: item(), messageType: 'x' }), ruleParameters: '{}' },
    ],
    ['out of SNS', { Type: 'Notification', Message: JSON.stringify(notification({ configurationItemDiff: null })) }],
    [
      'out of EventBridge',
      { 'detail-type': 'Config Configuration Item Change', detail: notification({ configurationItemDiff: null }) },
    ],
  ])('an item %s is a state', (_, content) => {
    expect(reading(content).statements).toMatchObject([
      { kind: 'configuration-state', title: 'AWS::EC2::SecurityGroup web', effect: 'unknown' },
    ]);
  });

  it.each<[string, object, object | undefined]>([
    [
      'as it is',
      { configuration: { port: 22, password: 'S3cr3t-x', tags: [{ key: 'a' }] } },
      { port: '22', password: '(sensitive)', 'tags[0].key': 'a' },
    ],
    ['out of a text, as the API answers', { configuration: '{"port":22}' }, { port: '22' }],
    ['as a text that is none', { configuration: '{cut' }, { configuration: '{cut' }],
    [
      'with its supplementary part',
      { configuration: { a: 1 }, supplementaryConfiguration: { Policy: '{"x":true}' } },
      { a: '1', 'supplementary.Policy.x': 'true' },
    ],
    ['not at all where there is none', { configuration: null }, undefined],
  ])('an item has the values it is configured with, %s', (_, changed, values) => {
    const attributes = only(item(changed))?.attributes;
    expect(attributes?.['values'] === undefined ? undefined : JSON.parse(attributes['values'])).toEqual(values);
    expect(attributes?.['before']).toBeUndefined();
  });

  it('an item with more values than a fact holds says how many it does not show', () => {
    const configuration = Object.fromEntries(Array.from({ length: 400 }, (__, i) => [`tag${i}`, 'x'.repeat(40)]));
    const { values = '', notShown } = only(item({ configuration }))?.attributes ?? {};
    expect(values.length).toBeLessThan(8_000);
    expect(Object.keys(JSON.parse(values) as object)).toHaveLength(400 - Number(notShown));
  });

  it('titles count in words', () => {
    expect(reading(item()).title).toBe('1 AWS Config item');
    expect(reading([item(), item({ resourceId: 'sg-2' })]).title).toBe('2 AWS Config items');
  });

  it('says when a change was too large for its message', () => {
    const read = reading(
      notification({
        configurationItem: undefined,
        configurationItemSummary: item(),
        configurationItemDiff: undefined,
        messageType: 'OversizedConfigurationItemChangeNotification',
      }),
    );
    expect([read.statements.length, codes(read)]).toEqual([1, ['not-read-whole']]);
  });

  it('says when an item has no time', () => {
    expect(codes(reading(item({ configurationItemCaptureTime: 'datetime.datetime(2020)' })))).toEqual(['time-missing']);
  });

  it('tells the result of a rule as a check', () => {
    const compliance = {
      messageType: 'ComplianceChangeNotification',
      configRuleName: 'restricted-ssh',
      resourceType: 'AWS::EC2::SecurityGroup',
      resourceId: 'sg-1',
      newEvaluationResult: { complianceType: 'NON_COMPLIANT', resultRecordedTime: '2026-03-02T10:22:00Z' },
    };
    expect(reading(compliance).statements).toMatchObject([
      { kind: 'check', state: 'non_compliant', touches: ['sg-1'] },
    ]);
  });

  it.each([
    ['without its resource', item({ resourceId: undefined }), 'shape'],
    ['with a line break in a text', JSON.stringify(item()).replace('"web"', '"we\nb"'), 'not-json'],
    ['without a comma', JSON.stringify(item()).replace('","', '""'), 'not-json'],
  ])('is refused %s', (_, content, reason) => {
    expect(refusal(content)).toBe(reason);
  });
});
