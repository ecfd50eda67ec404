import { codes, reading, refusal } from './reading';

const change = (address: string, actions: readonly string[], rest: object = {}, outer: object = {}) => ({
  address,
  mode: 'managed',
  type: address.split('.')[0],
  name: address.split('.')[1],
  provider_name: 'registry.terraform.io/hashicorp/aws',
  change: {
    actions,
    before: null,
    after: null,
    after_unknown: {},
    before_sensitive: false,
    after_sensitive: false,
    ...rest,
  },
  ...outer,
});

const plan = (resources: readonly unknown[], rest: object = {}) => ({
  format_version: '1.2',
  terraform_version: '1.9.5',
  planned_values: {},
  resource_changes: resources,
  configuration: {},
  timestamp: '2026-03-02T09:00:00Z',
  ...rest,
});

const GROUP = change('aws_security_group.web', ['update'], {
  before: { name: 'web', ingress: [{ port: 443, cidr: ['10.0.0.0/8'] }], tags: null },
  after: { name: 'web', ingress: [{ port: 443, cidr: ['0.0.0.0/0'] }], tags: {} },
});

describe('a Terraform plan', () => {
  it('is a difference for each resource, with what was before and what comes after', () => {
    const read = reading(plan([GROUP]));
    expect(read).toMatchObject({
      format: 'terraform-plan',
      kind: 'configuration-difference',
      complete: true,
      findings: [],
    });
    expect(read.title).toBe('Terraform plan: 1 update');
    expect(read.statements).toEqual([
      {
        kind: 'configuration-difference',
        id: 'aws_security_group.web',
        repository: null,
        title: 'update aws_security_group.web',
        url: null,
        state: 'update',
        commits: [],
        attributes: {
          type: 'aws_security_group',
          mode: 'managed',
          provider: 'registry.terraform.io/hashicorp/aws',
          changed: '1',
          before: '{"ingress[0].cidr[0]":"10.0.0.0/8"}',
          after: '{"ingress[0].cidr[0]":"0.0.0.0/0"}',
        },
        people: [],
        claimedAt: '2026-03-02T09:00:00.000Z',
        touches: ['aws_security_group.web', 'web'],
        effect: 'write',
      },
    ]);
  });

  it.each([
    [['create'], 'create', 'write'],
    [['delete'], 'delete', 'write'],
    [['delete', 'create'], 'replace', 'write'],
    [['create', 'delete'], 'replace (create first)', 'write'],
    [['forget'], 'forget', 'write'],
    [['read'], 'read', 'read'],
  ])('%j is %s', (actions, state, effect) => {
    const read = reading(plan([change('aws_x.a', actions, { before: null, after: { n: 1 } })]));
    expect(read.statements).toMatchObject([{ state, effect }]);
  });

  it('leaves out what does not change, and keeps what only moved', () => {
    const moved = change('aws_x.new', ['no-op'], {}, { previous_address: 'aws_x.old' });
    const read = reading(plan([change('aws_x.a', ['no-op']), moved]));
    expect(read.statements).toMatchObject([{ id: 'aws_x.new', attributes: { movedFrom: 'aws_x.old' } }]);
    expect(read.title).toBe('Terraform plan: no changes');
  });

  it('names what forces a replacement', () => {
    const read = reading(
      plan([
        change(
          'aws_x.a',
          ['delete', 'create'],
          { replace_paths: [['ami'], ['disk', 0, 'size']] },
          { action_reason: 'replace_because_cannot_update' },
        ),
      ]),
    );
    expect(read.statements[0]?.attributes).toMatchObject({
      replacedBecauseOf: 'ami disk.0.size',
      reason: 'replace_because_cannot_update',
    });
  });

  it.each([
    ['marked on the side after', { after: { v: 'S3cr3t-Value' }, after_sensitive: { v: true } }],
    ['marked on the side before', { before: { v: 'S3cr3t-Value' }, after: { v: 'x' }, before_sensitive: { v: true } }],
    ['marked as a whole', { after: { v: 'S3cr3t-Value' }, after_sensitive: true }],
    ['marked above it', { after: { v: { deep: ['S3cr3t-Value'] } }, after_sensitive: { v: true } }],
    ['marked inside a list', { after: { v: [{ w: 'S3cr3t-Value' }] }, after_sensitive: { v: [{ w: true }] } }],
    ['named like a secret', { after: { master_password: 'S3cr3t-Value' }, after_sensitive: {} }],
    ['below a name like a secret', { after: { secrets: { one: 'S3cr3t-Value' } }, after_sensitive: {} }],
    ['of the form of a secret', { after: { note: 'password = S3cr3t-Value' }, after_sensitive: {} }],
    ['unknown after', { before: { token: 'S3cr3t-Value' }, after: {}, after_unknown: { token: true } }],
    ['marked and named', { before: { name: 'S3cr3t-Value' }, before_sensitive: { name: true }, after: { name: 'b' } }],
  ])('does not show a value %s', (_, values) => {
    const read = reading(plan([change('aws_x.a', ['update'], values)]));
    expect(JSON.stringify(read)).not.toContain('S3cr3t-Value');
    expect(read.statements[0]?.attributes['changed']).toBe('1');
  });

  it('shows settings about secrets', () => {
    const read = reading(plan([change('aws_x.a', ['create'], { after: { password_length: 8, secret_arn: 'arn:x' } })]));
    expect(read.statements[0]?.attributes['after']).toBe('{"password_length":"8","secret_arn":"arn:x"}');
  });

  it('says what is known only afterwards', () => {
    const read = reading(
      plan([change('aws_x.a', ['create'], { after: { n: 1 }, after_unknown: { id: true, n: false } })]),
    );
    expect(read.statements[0]?.attributes['after']).toBe('{"n":"1","id":"(known after apply)"}');
    expect(codes(read)).toEqual(['unknown-values']);
  });

  it('tells outputs, and hides sensitive ones', () => {
    const read = reading(
      plan([], {
        output_changes: {
          ip: { actions: ['update'], before: '10.0.0.1', after: '10.0.0.2', after_unknown: false },
          key: { actions: ['create'], after: 'S3cr3t-Value', after_sensitive: true },
          same: { actions: ['no-op'], before: 1, after: 1 },
        },
      }),
    );
    expect(read.statements.map(({ id, attributes }) => [id, attributes['after']])).toEqual([
      ['output.ip', '{"ip":"10.0.0.2"}'],
      ['output.key', '{"key":"(sensitive)"}'],
    ]);
  });

  it('finds what was changed outside, errors and deferred changes', () => {
    const drift = change('aws_x.a', ['update'], { before: { n: 1 }, after: { n: 2 } });
    const read = reading(plan([], { resource_drift: [drift], errored: true, complete: false }));
    expect(read.statements).toMatchObject([{ id: 'drift:aws_x.a', state: 'drift' }]);
    expect([...codes(read)].sort()).toEqual(['drift', 'errored', 'not-read-whole']);
    expect(read.complete).toBe(false);
  });

  it('reads out of what the command line prints around it, in UTF-16 too', () => {
    const text = `aws_x.a: Refreshing state... [id=1]\n\n${JSON.stringify(plan([GROUP]))}\n\nReleasing state lock.`;
    expect(codes(reading(text))).toEqual(['wrapper-noise']);
    expect(reading(text).statements).toHaveLength(1);
  });

  it('says when only part of a resource list could be read', () => {
    const read = reading(plan([GROUP, { address: 'aws_x.b' }, 7]));
    expect([codes(read), read.complete, read.statements.length]).toEqual([['malformed-records'], false, 1]);
  });

  it.each([
    ['no version', { ...plan([GROUP]), format_version: undefined }, 'version-unknown'],
    ['a version of another major', { ...plan([GROUP]), format_version: '2.0' }, 'version-unknown'],
    ['a version that is a number', { ...plan([GROUP]), format_version: 1.2 }, 'version-unknown'],
    ['changes that are no list', plan([], { resource_changes: { a: 1 } }), 'shape'],
    ['no change that can be read', plan([{ address: 'a.b' }]), 'shape'],
    ['its end cut off', JSON.stringify(plan([GROUP])).slice(0, -20), 'not-json'],
    ['its end cut off, over many lines', JSON.stringify(plan([GROUP]), null, 2).slice(0, -20), 'not-json'],
  ])('is refused with %s', (_, content, reason) => {
    expect(refusal(content)).toBe(reason);
  });
});

describe('a Terraform state', () => {
  const values = {
    outputs: { url: { value: 'https://a.test', sensitive: false }, key: { value: 'S3cr3t-Value', sensitive: true } },
    root_module: {
      resources: [
        {
          address: 'aws_x.a',
          mode: 'managed',
          type: 'aws_x',
          values: { n: 1, v: 'S3cr3t-Value' },
          sensitive_values: { v: true },
        },
      ],
      child_modules: [{ resources: [{ address: 'module.m.aws_x.b', values: { n: 2 } }] }],
    },
  };

  it('is a configuration for each resource and output, modules included', () => {
    const read = reading({ format_version: '1.0', terraform_version: '1.9.5', values });
    expect(read.statements.map(({ id, attributes }) => [id, attributes['values']])).toEqual([
      ['aws_x.a', '{"n":"1","v":"(sensitive)"}'],
      ['module.m.aws_x.b', '{"n":"2"}'],
      ['output.url', '{"":"https://a.test"}'],
      ['output.key', '{"":"(sensitive)"}'],
    ]);
    expect(codes(read)).toEqual(['values-redacted']);
  });

  const file = {
    version: 4,
    terraform_version: '1.9.5',
    serial: 7,
    lineage: '6f0e',
    outputs: {},
    resources: [
      {
        module: 'module.m',
        mode: 'data',
        type: 'aws_x',
        name: 'a',
        provider: 'p',
        instances: [
          {
            index_key: 'one',
            attributes: { n: 1, v: 'S3cr3t-Value' },
            sensitive_attributes: [[{ type: 'get_attr', value: 'v' }]],
          },
        ],
      },
    ],
  };

  it('is read from the file of a backend, with its own marks', () => {
    const read = reading(file);
    expect(read.statements).toMatchObject([
      { id: 'module.m.data.aws_x.a["one"]', attributes: { values: '{"n":"1","v":"(sensitive)"}' } },
    ]);
    expect(read.attributes).toMatchObject({ serial: '7', lineage: '6f0e' });
  });

  it.each([
    ['of an older version', { ...file, version: 3 }, 'version-unknown'],
    ['without resources', { ...file, resources: null }, 'shape'],
    ['shown without a root module', { format_version: '1.0', values: { root_module: 7 } }, 'shape'],
  ])('is refused %s', (_, content, reason) => {
    expect(refusal(content)).toBe(reason);
  });
});
