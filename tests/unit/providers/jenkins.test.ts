import { open } from '../../../src/providers/jenkins/body';
import { parseJenkins } from '../../../src/providers/jenkins/parse';
import { tokenOf } from '../../../src/providers/jenkins/token';
import { jenkinsRequest, jenkinsToken } from '../intake/requests';
import { TestSite } from '../intake/site';
import { factsOf, SHA_A, SHA_B } from './facts';

const facts = (event: string, body: object): unknown => factsOf(parseJenkins(event, body));
const at = '2026-03-02T09:00:00.000Z';

describe('a build', () => {
  const build = {
    pipelineId: '-1234',
    buildNumber: 12,
    displayName: 'web/portal',
    label: '#12',
    state: 'successful',
    lastUpdated: '2026-03-02T09:00:00Z',
  };
  const event = (more: object, ...others: readonly object[]) =>
    facts('build', { pipelineName: 'web/portal', payload: { builds: [{ ...build, ...more }, ...others] } });

  it.each([
    ['issue keys of the plugin', { issueKeys: ['chg-8', 'CHG-7', 7] }, ['CHG-7 by payload', 'CHG-8 by payload'], []],
    [
      'a branch that was built',
      {
        references: [
          { commit: { id: SHA_A }, ref: { name: 'feature/chg-7' } },
          { commit: { id: 'cafebabe' } },
          null,
          { commit: { id: SHA_B } },
        ],
      },
      ['CHG-7 by branch'],
      ['aaaa', 'bbbb'],
    ],
    ['its description', { description: 'Build for CHG-7' }, ['CHG-7 by title'], []],
    ['nothing', {}, [], []],
  ])('is named by %s', (_name, more, names, commits) => {
    expect(event(more)).toEqual([
      { fact: 'run web/portal#12', in: null, state: 'successful', commits, names, people: [], at },
    ]);
  });

  it('of a multibranch job is named by the branch that the job is called after', () => {
    expect(event({ displayName: 'portal/feature%2FCHG-7-port' })).toMatchObject([
      { fact: 'run portal/feature%2FCHG-7-port#12', names: ['CHG-7 by branch'] },
    ]);
    expect(event({ displayName: '100%/CHG-7' })).toMatchObject([{ names: ['CHG-7 by branch'] }]);
  });

  it('is stated with every other one of its event; one without a number or a job refuses the event', () => {
    expect(event({}, { ...build, buildNumber: 13 })).toMatchObject([
      { fact: 'run web/portal#12' },
      { fact: 'run web/portal#13' },
    ]);
    expect(event({}, { ...build, buildNumber: null })).toBe('invalid: shape');
    expect(facts('build', { payload: { builds: [{ buildNumber: 1 }] } })).toBe('invalid: shape');
    expect(facts('build', { payload: { builds: [] } })).toBe('invalid: shape');
  });
});

describe('a deployment', () => {
  const deployment = {
    deploymentSequenceNumber: 42,
    displayName: 'portal',
    state: 'successful',
    lastUpdated: '2026-03-02T09:00:00Z',
    pipeline: { displayName: 'web/portal' },
    environment: { id: 'prd-east', displayName: 'Production east', type: 'production' },
  };
  const event = (more: object) => facts('deployment', { payload: { deployments: [{ ...deployment, ...more }] } });

  it.each([
    [
      'associated keys',
      {
        associations: [
          { associationType: 'issueIdOrKeys', values: ['CHG-7', '10070'] },
          { associationType: 'service', values: ['CHG-8'] },
        ],
      },
      ['CHG-7 by payload'],
      [],
    ],
    ['keys of the older schema', { issueKeys: ['CHG-7'] }, ['CHG-7 by payload'], []],
    ['its description', { description: 'CHG-7 goes live' }, ['CHG-7 by payload'], []],
    [
      'its label, with associated commits',
      {
        label: 'CHG-7',
        associations: [
          { associationType: 'commit', values: [{ commitHash: SHA_A }, { commitHash: 'abc' }, 'x'] },
          null,
        ],
      },
      ['CHG-7 by title'],
      ['aaaa'],
    ],
  ])('is named by %s', (_name, more, names, commits) => {
    expect(event(more)).toEqual([
      { fact: 'deployment web/portal#42/prd-east', in: null, state: 'successful', commits, names, people: [], at },
    ]);
  });

  it('to nowhere in particular is one; without a number it is refused', () => {
    expect(event({ environment: null })).toMatchObject([{ fact: 'deployment web/portal#42' }]);
    expect(event({ deploymentSequenceNumber: '42' })).toBe('invalid: shape');
  });
});

it('a notification is a run in the phase that it reports', () => {
  const build = {
    number: 18,
    phase: 'COMPLETED',
    status: 'SUCCESS',
    timestamp: Date.parse(at),
    full_url: 'https://jenkins.test/job/portal/18/',
    scm: { branch: 'origin/chg-7', commit: SHA_A },
    parameters: { CHANGE: 'CHG-8' },
    notes: 'for CHG-9',
  };
  const names = ['CHG-7 by branch', 'CHG-9 by payload', 'CHG-8 by payload'];
  const fact = { fact: 'run portal#18', in: null, commits: ['aaaa'], names, people: [], at };
  expect(facts('notification', { name: 'portal', build })).toEqual([{ ...fact, state: 'success' }]);
  expect(facts('notification', { name: 'portal', build: { ...build, phase: 'STARTED', status: null } })).toEqual([
    { ...fact, state: 'started' },
  ]);
  expect(facts('notification', { build })).toBe('invalid: shape');
  expect(facts('notification', { name: 'portal', build: { ...build, timestamp: 1e300 } })).toMatchObject([
    { at: null },
  ]);
});

it.each([
  [{ requestType: 'ping' }, 'ignored.ping'],
  [{ requestType: 'gatingStatus', deploymentId: '4711' }, 'ignored.gatingStatus'],
  [{ requestType: 'pluginConfig' }, 'ignored.pluginConfig'],
  [{ requestType: 'event', eventType: 'featureFlag' }, 'ignored.featureFlag'],
  [{ requestType: 'event' }, 'event-missing'],
  [{ requestType: 'event', eventType: 'build' }, 'shape'],
  [{ requestType: '<img>' }, 'event-missing'],
])('the plugin’s request %o leaves the count %s', async (body, reason) => {
  const site = new TestSite();
  expect(await site.deliver(jenkinsRequest(jenkinsToken(JSON.stringify(body))))).toBe(
    reason.startsWith('ignored') ? 'ignored' : 'invalid',
  );
  expect(site.keys('refusals:')).toEqual([expect.stringContaining(`:jenkins:${reason}`)]);
});

it('a token whose body was redacted is kept as the token that it was, unsigned, without what was taken out', () => {
  const token = jenkinsToken('{"a":"secret"}', { jti: '1' });
  const opened = open(jenkinsRequest(token));
  if (!opened.opened) throw new Error('not opened');
  const [header = '', payload = '', signature] = opened.rewrap('{"a":"[redacted]"}').split('.');
  expect([header, signature]).toEqual([token.split('.')[0], '']);
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
    jti: '1',
    iss: 'jenkins-plugin',
    request_body_json: '{"a":"[redacted]"}',
  });
});

it('a marking inside a token is found, quarantined and not recorded', async () => {
  const site = new TestSite();
  const build = {
    pipelineId: 'p',
    buildNumber: 1,
    issueKeys: ['CHG-7'],
    description: 'CUI//SP-CTI drawing of the vault',
  };
  const body = JSON.stringify({ requestType: 'event', eventType: 'build', payload: { builds: [build] } });
  expect(await site.deliver(jenkinsRequest(jenkinsToken(body)))).toBe('accepted');
  await site.drain();
  expect(await site.recorded('10007')).toEqual(['run:p#1']);
  expect(site.keys('quarantine:')).toHaveLength(1);
  expect(JSON.stringify(await site.entries('10007'))).not.toContain('vault');
  const [, payload = ''] = (await site.keptBody()).split('.');
  expect(Buffer.from(payload, 'base64url').toString()).not.toContain('vault');
});

describe('a body', () => {
  it.each([
    '',
    '.',
    '..',
    'a.b',
    'a.b.',
    '.b.c',
    'a..c',
    'a.b.c.d',
    'a.b.c\n',
    'a b.c.d',
    'a.b=.c',
    '{"a":1.5,"b":2.5}',
  ])('that is no token and nothing else is read as it is: %j', (body) => {
    expect(tokenOf(body)).toBeUndefined();
  });

  it('that is a token of many megabytes is taken apart', () => {
    const payload = 'a'.repeat(16_000_000);
    expect(tokenOf(`aa.${payload}.b-_0`)).toEqual({ header: 'aa', payload, signature: 'b-_0' });
  });
});
