import type { IntakeRequest } from '../../../src/providers/request';
import { readRefusals } from '../../../src/handlers/record-delivery';
import {
  azureDevopsRequest,
  basic,
  circleciRequest,
  circleciSignature,
  jenkinsJsonRequest,
  jenkinsRequest,
  jenkinsToken,
} from '../intake/requests';
import { OLD_SECRET, SECRET, TestSite } from '../intake/site';

type Case = readonly [name: string, request: IntakeRequest, answer: string, reason: string | null];

const azure = JSON.stringify({
  eventType: 'build.complete',
  resource: { id: 12, buildNumber: 'CHG-7', status: 'completed', result: 'succeeded' },
});
const withHeader = (value: string) => azureDevopsRequest(azure, { Authorization: [value] });

const AZURE_DEVOPS: readonly Case[] = [
  ['as a service hook sends it', azureDevopsRequest(azure), 'accepted', null],
  ['with the older live secret', withHeader(basic(OLD_SECRET)), 'accepted', null],
  ['with another user name', withHeader(basic(SECRET, 'dana')), 'accepted', null],
  ['without a user name', withHeader(basic(SECRET, '')), 'accepted', null],
  ['with the scheme in lower case', withHeader(basic(SECRET).replace('Basic', 'basic')), 'accepted', null],
  [
    'with the header in another case',
    azureDevopsRequest(azure, { Authorization: [], authorization: [basic(SECRET)] }),
    'accepted',
    null,
  ],
  ['with a wrong password', withHeader(basic('guess')), 'unauthorized', 'signature-wrong'],
  ['with the secret and more', withHeader(basic(`${SECRET}.`)), 'unauthorized', 'signature-wrong'],
  ['with part of the secret', withHeader(basic(SECRET.slice(0, -1))), 'unauthorized', 'signature-wrong'],
  ['with an empty password', withHeader(basic('')), 'unauthorized', 'signature-wrong'],
  ['with the secret as the user name', withHeader(basic('', SECRET)), 'unauthorized', 'signature-wrong'],
  [
    'without a colon',
    withHeader(`Basic ${Buffer.from(SECRET).toString('base64')}`),
    'unauthorized',
    'signature-malformed',
  ],
  ['with another scheme', withHeader('Digest abc'), 'unauthorized', 'signature-malformed'],
  ['with nothing after the scheme', withHeader('Basic'), 'unauthorized', 'signature-malformed'],
  ['without the header', azureDevopsRequest(azure, { Authorization: [] }), 'unauthorized', 'signature-missing'],
  [
    'with two headers that differ',
    azureDevopsRequest(azure, { Authorization: [basic(SECRET), basic('guess')] }),
    'unauthorized',
    'signature-missing',
  ],
];

const circle = JSON.stringify({
  type: 'workflow-completed',
  id: '630a6132-5bf1-3600-b26d-a020d41358f9',
  workflow: { id: 'w1', status: 'success' },
  pipeline: { vcs: { branch: 'CHG-7' } },
});
const signed = (value: string, body = circle) => circleciRequest(body, { 'circleci-signature': [value] });

const CIRCLECI: readonly Case[] = [
  ['as CircleCI sends it', circleciRequest(circle), 'accepted', null],
  ['with the older live secret', signed(circleciSignature(circle, OLD_SECRET)), 'accepted', null],
  ['with a later version beside it', signed(`v2=abc,${circleciSignature(circle)}`), 'accepted', null],
  [
    'with the event in a header',
    circleciRequest(circle, { 'circleci-event-type': ['workflow-completed'] }),
    'accepted',
    null,
  ],
  ['with another secret', signed(circleciSignature(circle, 'guess')), 'unauthorized', 'signature-wrong'],
  ['with an empty secret', signed(circleciSignature(circle, '')), 'unauthorized', 'signature-wrong'],
  ['a body that was altered', signed(circleciSignature(circle), `${circle} `), 'unauthorized', 'signature-wrong'],
  [
    'a body with a lone surrogate, signed as U+FFFD',
    circleciRequest(`${circle} \ud800`),
    'unauthorized',
    'signature-wrong',
  ],
  ['with a later version only', signed('v2=abc'), 'unauthorized', 'signature-malformed'],
  ['with a shortened signature', signed(circleciSignature(circle).slice(0, -2)), 'unauthorized', 'signature-malformed'],
  ['without a signature', circleciRequest(circle, { 'circleci-signature': [] }), 'unauthorized', 'signature-missing'],
  [
    'with the event of another body in a header',
    circleciRequest(circle, { 'circleci-event-type': ['job-completed'] }),
    'invalid',
    'event-mismatch',
  ],
];

const plugin = JSON.stringify({
  requestType: 'event',
  eventType: 'build',
  payload: { builds: [{ pipelineId: 'p', buildNumber: 1, issueKeys: ['CHG-7'] }] },
});
const notification = JSON.stringify({ name: 'portal', build: { number: 1, scm: { branch: 'origin/CHG-7' } } });
const claiming = (claims: Readonly<Record<string, unknown>>) => jenkinsRequest(jenkinsToken(plugin, claims));
const [header = '', payload = '', signature = ''] = jenkinsToken(plugin).split('.');

const JENKINS: readonly Case[] = [
  ['as the plugin sends it', claiming({}), 'accepted', null],
  ['with the older live secret', jenkinsRequest(jenkinsToken(plugin, {}, { secret: OLD_SECRET })), 'accepted', null],
  ['to an audience in a list', claiming({ aud: ['jenkins-forge-app'] }), 'accepted', null],
  ['without an expiry', claiming({ exp: undefined }), 'accepted', null],
  ['expired as long ago as clocks may differ', claiming({ exp: 1772441700 }), 'accepted', null],
  ['expired a second longer ago', claiming({ exp: 1772441699 }), 'unauthorized', 'signature-stale'],
  ['not valid yet', claiming({ nbf: 1772442301 }), 'unauthorized', 'signature-stale'],
  ['of another issuer', claiming({ iss: 'pollinator-test' }), 'unauthorized', 'signature-wrong'],
  ['to another audience', claiming({ aud: 'another-app' }), 'unauthorized', 'signature-wrong'],
  ['without a body', claiming({ request_body_json: undefined }), 'unauthorized', 'signature-wrong'],
  [
    'with another secret',
    jenkinsRequest(jenkinsToken(plugin, {}, { secret: 'guess' })),
    'unauthorized',
    'signature-wrong',
  ],
  ['with an empty secret', jenkinsRequest(jenkinsToken(plugin, {}, { secret: '' })), 'unauthorized', 'signature-wrong'],
  [
    'with a payload that was altered',
    jenkinsRequest(`${header}.${payload.slice(0, -2)}.${signature}`),
    'unauthorized',
    'signature-wrong',
  ],
  [
    'with a signature that was cut',
    jenkinsRequest(`${header}.${payload}.${signature.slice(0, -1)}`),
    'unauthorized',
    'signature-wrong',
  ],
  ['without a signature', jenkinsRequest(`${header}.${payload}.`), 'unauthorized', 'signature-missing'],
  [
    'with the algorithm "none"',
    jenkinsRequest(jenkinsToken(plugin, {}, { header: { typ: 'JWT', alg: 'none' } })),
    'unauthorized',
    'signature-malformed',
  ],
  [
    'with another algorithm, rightly signed',
    jenkinsRequest(jenkinsToken(plugin, {}, { header: { typ: 'JWT', alg: 'HS512' }, algorithm: 'sha512' })),
    'unauthorized',
    'signature-malformed',
  ],
  [
    'with an extension that must be understood',
    jenkinsRequest(jenkinsToken(plugin, {}, { header: { alg: 'HS256', crit: ['b64'], b64: false } })),
    'unauthorized',
    'signature-malformed',
  ],
  ['a token with more around it', jenkinsRequest(`${jenkinsToken(plugin)}\n`), 'unauthorized', 'signature-missing'],
  ['JSON with the secret as a password', jenkinsJsonRequest(notification), 'accepted', null],
  [
    'JSON with another token',
    jenkinsJsonRequest(notification, { Authorization: ['Bearer guess'] }),
    'unauthorized',
    'signature-wrong',
  ],
  ['JSON of the plugin with the secret as a password', jenkinsJsonRequest(plugin), 'accepted', null],
  ['JSON without a header', jenkinsJsonRequest(plugin, { Authorization: [] }), 'unauthorized', 'signature-missing'],
  [
    'a forged token with the secret in a header as well',
    jenkinsRequest(jenkinsToken(plugin, {}, { secret: 'guess' }), { Authorization: [basic(SECRET)] }),
    'unauthorized',
    'signature-wrong',
  ],
];

describe.each([
  ['azure-devops', AZURE_DEVOPS],
  ['circleci', CIRCLECI],
  ['jenkins', JENKINS],
] as const)('who a delivery of %s is from', (source, cases) => {
  it.each(cases)('%s', async (_name, request, answer, reason) => {
    const site = new TestSite();
    expect(await site.deliver(request)).toBe(answer);
    expect((await readRefusals(site.ports)).map((count) => [count.source, count.reason])).toEqual(
      reason === null ? [] : [[source, reason]],
    );
    expect(site.keys('delivery:')).toHaveLength(answer === 'accepted' ? 1 : 0);
    await site.drain();
    expect(await site.recorded('10007')).toHaveLength(answer === 'accepted' ? 1 : 0);
  });

  it('is not known while nobody gave the sender a secret', async () => {
    const site = new TestSite();
    site.unconfigured.add(source);
    for (const [, request, answer] of cases.filter(([, , answer]) => answer === 'accepted')) {
      expect([answer, await site.deliver(request)]).toEqual(['accepted', 'unauthorized']);
    }
    expect((await readRefusals(site.ports)).map(({ reason }) => reason)).toEqual(['no-secret']);
  });
});

it('the token of a secret without blanks is accepted as a bearer token', async () => {
  const site = new TestSite();
  const live = { label: 'token', value: 'local-jenkins-secret' };
  Object.assign(site.ports.secrets, { live: () => Promise.resolve([live]) });
  const request = jenkinsJsonRequest(notification, { Authorization: ['Bearer local-jenkins-secret'] });
  expect(await site.deliver(request)).toBe('accepted');
});

it.each([
  ['azure-devops', azureDevopsRequest(azure), 'shared-secret'],
  ['circleci', circleciRequest(circle), 'hmac-sha256'],
  ['jenkins', jenkinsRequest(jenkinsToken(plugin)), 'hmac-sha256'],
  ['jenkins', jenkinsJsonRequest(notification), 'shared-secret'],
] as const)('the evidence of %s says how far its sender was authenticated', async (source, request, by) => {
  const site = new TestSite();
  await site.deliver(request);
  await site.drain();
  const evidence = (await site.entries('10007')).flatMap(({ entry }) =>
    entry.kind === 'evidence' ? [entry.body] : [],
  );
  expect(evidence.map(({ provenance }) => provenance)).toMatchObject([
    { source, authenticatedBy: by, secret: 'newest' },
  ]);
});

it.each([
  ['azure-devops', (body: string) => azureDevopsRequest(body)],
  ['circleci', (body: string) => circleciRequest(body)],
  ['jenkins', (body: string) => jenkinsRequest(jenkinsToken(body))],
] as const)('an authentic body of %s that says nothing is refused by its own reason', async (_source, request) => {
  for (const [body, reason] of [
    ['', 'not-json'],
    ['{"type":', 'not-json'],
    ['[]', 'not-an-object'],
    ['null', 'not-an-object'],
    ['{}', 'event-missing'],
    ['{"type":7,"eventType":7,"requestType":7}', 'event-missing'],
    [`{"a":${'['.repeat(70)}${']'.repeat(70)}}`, 'too-deep'],
  ] as const) {
    const site = new TestSite();
    expect([body, await site.deliver(request(body))]).toEqual([body, 'invalid']);
    expect((await readRefusals(site.ports)).map((count) => count.reason)).toEqual([reason]);
  }
});

it('answers what would take long, quickly', async () => {
  const many = (text: string) => text.repeat(Math.floor(4_500_000 / text.length));
  const pipeline = (vcs: object) =>
    JSON.stringify({ type: 'workflow-completed', workflow: { id: 'w' }, pipeline: { vcs } });
  const build = (more: object) => JSON.stringify({ eventType: 'build.complete', resource: { id: 1, ...more } });
  const bombs = [
    circleciRequest(`{"type":${'['.repeat(2_200_000)}${']'.repeat(2_200_000)}}`),
    circleciRequest(pipeline({ target_repository_url: `https://a/${many('/')}` })),
    circleciRequest(pipeline({ target_repository_url: many('a@') })),
    circleciRequest(pipeline({ branch: many('A1'), commit: { body: many('-') } }).slice(0, 5_000_000)),
    azureDevopsRequest(build({ sourceGetVersion: `LG:${many(':a')}` })),
    azureDevopsRequest(build({ requestedFor: { uniqueName: many('\\a@b').slice(0, 2_000_000) } })),
    azureDevopsRequest(build({ tags: Array.from({ length: 400_000 }, (_, i) => `T${i}`) })),
    azureDevopsRequest(build({}), { Authorization: [`Basic ${many('A')}=`] }),
    jenkinsRequest(`${many('a').slice(0, 1_500_000)}.${many('a').slice(0, 1_500_000)}.`),
    jenkinsRequest(many('a.')),
    jenkinsRequest(jenkinsToken(JSON.stringify({ requestType: many('x').slice(0, 3_000_000) }))),
  ];
  for (const [i, bomb] of bombs.entries()) {
    const started = performance.now();
    await new TestSite().deliver(bomb);
    // What is not linear takes minutes on these; a slow machine does not.
    expect([i, performance.now() - started < 30_000]).toEqual([i, true]);
  }
}, 180_000);
