import type { IntakeRequest } from '../../../src/providers/request';
import { readRawDeliveries } from '../../../src/handlers/packs/raw-deliveries';
import { readRefusals } from '../../../src/handlers/record-delivery';
import {
  azureDevopsRequest,
  basic,
  bitbucketRequest,
  bitbucketSignature,
  circleciRequest,
  circleciSignature,
  gitlabRequest,
  gitlabSignedRequest,
  jenkinsJsonRequest,
  jenkinsRequest,
  jenkinsToken,
} from '../intake/requests';
import { OLD_SECRET, SECRET, TestSite } from '../intake/site';
import { processorSeconds } from '../processor-time';

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

const deployed = JSON.stringify({
  object_kind: 'deployment',
  deployment_id: 15,
  status: 'success',
  environment: 'production',
  ref: 'CHG-7',
});
const token = (...values: readonly string[]) => gitlabRequest(deployed, { 'X-Gitlab-Token': values });
const bySignature = (
  signed: Parameters<typeof gitlabSignedRequest>[1] = {},
  headers: Parameters<typeof gitlabSignedRequest>[2] = {},
) => gitlabSignedRequest(deployed, signed, headers);
const [wrong, malformed, missing, stale] = [
  'signature-wrong',
  'signature-malformed',
  'signature-missing',
  'signature-stale',
] as const;

const GITLAB: readonly Case[] = [
  ['with the secret token', gitlabRequest(deployed), 'accepted', null],
  ['with the older live secret', token(OLD_SECRET), 'accepted', null],
  [
    'without any of the headers that nothing rests on',
    bare(gitlabRequest(deployed), 'X-Gitlab-Token'),
    'accepted',
    null,
  ],
  ['with another token', token('guess'), 'unauthorized', wrong],
  ['with the token and more', token(`${SECRET}.`), 'unauthorized', wrong],
  ['with part of the token', token(SECRET.slice(0, -1)), 'unauthorized', wrong],
  ['with an empty token', token(''), 'unauthorized', missing],
  ['without a token', token(), 'unauthorized', missing],
  ['with two tokens that differ', token(SECRET, 'guess'), 'unauthorized', missing],
  ['signed', bySignature(), 'accepted', null],
  ['signed with the older live secret', bySignature({ secret: OLD_SECRET }), 'accepted', null],
  [
    'signed, with the right signature after another',
    bySignature({ signature: (v1) => `v1,${'A'.repeat(43)}= ${v1}` }),
    'accepted',
    null,
  ],
  ['signed, with a later version beside it', bySignature({ signature: (v1) => `v2,abc ${v1}` }), 'accepted', null],
  ['signed as long ago as clocks may differ', bySignature({ at: 1772441700 }), 'accepted', null],
  ['signed a second longer ago', bySignature({ at: 1772441699 }), 'unauthorized', stale],
  ['signed too far ahead', bySignature({ at: 1772442301 }), 'unauthorized', stale],
  ['signed with another secret', bySignature({ secret: 'guess' }), 'unauthorized', wrong],
  ['signed with no secret', bySignature({ secret: '' }), 'unauthorized', wrong],
  ['a signature of another id', bySignature({}, { 'webhook-id': ['another'] }), 'unauthorized', wrong],
  ['a signature of another time', bySignature({}, { 'webhook-timestamp': ['1772442001'] }), 'unauthorized', wrong],
  ['a signature of another body', { ...bySignature(), body: `${deployed} ` }, 'unauthorized', wrong],
  ['a body with a lone surrogate, signed as U+FFFD', gitlabSignedRequest(`${deployed} \ud800`), 'unauthorized', wrong],
  ['a shortened signature', bySignature({ signature: (v1) => v1.slice(0, -1) }), 'unauthorized', malformed],
  ['a later version only', bySignature({ signature: () => 'v2,abc' }), 'unauthorized', malformed],
  ['a time that is none', bySignature({}, { 'webhook-timestamp': ['now'] }), 'unauthorized', malformed],
  ['an id that is none', bySignature({}, { 'webhook-id': ['a b'] }), 'unauthorized', malformed],
  ['a signature without a time', bySignature({}, { 'webhook-timestamp': [] }), 'unauthorized', missing],
  ['a signature without an id', bySignature({}, { 'webhook-id': [] }), 'unauthorized', missing],
  [
    'a wrong signature beside the right token',
    bySignature({ secret: 'guess' }, { 'X-Gitlab-Token': [SECRET] }),
    'unauthorized',
    wrong,
  ],
  [
    'an old signature beside the right token',
    bySignature({ at: 1 }, { 'X-Gitlab-Token': [SECRET] }),
    'unauthorized',
    stale,
  ],
  [
    'two signatures that differ beside the right token',
    bySignature({}, { 'webhook-signature': ['a', 'b'], 'X-Gitlab-Token': [SECRET] }),
    'unauthorized',
    missing,
  ],
  [
    'with the event of another body in a header',
    gitlabRequest(deployed, { 'X-Gitlab-Event': ['Push Hook'] }),
    'invalid',
    'event-mismatch',
  ],
  [
    'of a hook of the whole instance',
    gitlabRequest(deployed, { 'X-Gitlab-Event': ['System Hook'] }),
    'ignored',
    'ignored.system-hook',
  ],
];

const approved = JSON.stringify({
  pullrequest: { id: 1, title: 'CHG-7' },
  approval: { date: '2026-03-02T08:00:00Z', user: { uuid: '{u1}' } },
});
const hub = (value: string, body = approved) =>
  bitbucketRequest('pullrequest:approved', body, { 'X-Hub-Signature': [value] });

const BITBUCKET: readonly Case[] = [
  ['as Bitbucket sends it', bitbucketRequest('pullrequest:approved', approved), 'accepted', null],
  ['with the older live secret', hub(bitbucketSignature(approved, OLD_SECRET)), 'accepted', null],
  [
    'without the id of the request',
    bitbucketRequest('pullrequest:approved', approved, { 'X-Request-UUID': [] }),
    'accepted',
    null,
  ],
  [
    'with the id of the request in braces',
    bitbucketRequest('pullrequest:approved', approved, { 'X-Request-UUID': ['{7f0a4b6e}'] }),
    'accepted',
    null,
  ],
  ['with another secret', hub(bitbucketSignature(approved, 'guess')), 'unauthorized', wrong],
  ['with an empty secret', hub(bitbucketSignature(approved, '')), 'unauthorized', wrong],
  ['a body that was altered', hub(bitbucketSignature(approved), `${approved} `), 'unauthorized', wrong],
  [
    'a body with a lone surrogate, signed as U+FFFD',
    bitbucketRequest('pullrequest:approved', `${approved} \ud800`),
    'unauthorized',
    wrong,
  ],
  ['in capitals', hub(bitbucketSignature(approved).toUpperCase()), 'unauthorized', malformed],
  ['with a shortened signature', hub(bitbucketSignature(approved).slice(0, -2)), 'unauthorized', malformed],
  ['with SHA-1', hub(`sha1=${'a'.repeat(40)}`), 'unauthorized', malformed],
  [
    'without a signature',
    bitbucketRequest('pullrequest:approved', approved, { 'X-Hub-Signature': [] }),
    'unauthorized',
    missing,
  ],
  [
    "with the secret in GitHub's header",
    bitbucketRequest('pullrequest:approved', approved, {
      'X-Hub-Signature': [],
      'X-Hub-Signature-256': [bitbucketSignature(approved)],
    }),
    'unauthorized',
    missing,
  ],
  ['without an event', bitbucketRequest('', approved, { 'X-Event-Key': [] }), 'invalid', 'event-header'],
  [
    'with two events that differ',
    bitbucketRequest('', approved, { 'X-Event-Key': ['pullrequest:approved', 'repo:push'] }),
    'invalid',
    'event-header',
  ],
  ['under the name of another event', bitbucketRequest('pullrequest:fulfilled', approved), 'invalid', 'event-mismatch'],
  [
    'with an id that is none',
    bitbucketRequest('pullrequest:approved', approved, { 'X-Request-UUID': ['a b'] }),
    'invalid',
    'delivery-header',
  ],
];

/** The request with one of its headers and no other. */
function bare(request: IntakeRequest, header: string): IntakeRequest {
  return { ...request, headers: { [header]: request.headers[header] ?? [] } };
}

describe.each([
  ['azure-devops', AZURE_DEVOPS],
  ['gitlab', GITLAB],
  ['bitbucket', BITBUCKET],
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
  ['gitlab', gitlabRequest(deployed), 'shared-secret'],
  ['gitlab', bySignature(), 'hmac-sha256'],
  ['bitbucket', bitbucketRequest('pullrequest:approved', approved), 'hmac-sha256'],
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

it('a signing token is a key in base64, as GitLab has it', async () => {
  const site = new TestSite();
  const key = Buffer.alloc(32, 7);
  const live = { label: 'signing', value: `whsec_${key.toString('base64')}` };
  Object.assign(site.ports.secrets, { live: () => Promise.resolve([live]) });
  expect(await site.deliver(bySignature({ secret: key }))).toBe('accepted');
  expect(await site.deliver(bySignature({ secret: live.value, id: 'another' }))).toBe('unauthorized');
});

describe('deliveries whose bodies are the same', () => {
  const sent = (event: string, id = 'r1') => bitbucketRequest(event, approved, { 'X-Request-UUID': [id] });

  it('an approval and its removal are two deliveries at Bitbucket, each once, and one under a new id is a repetition', async () => {
    const site = new TestSite();
    const answers = [];
    for (const request of [
      sent('pullrequest:approved'),
      sent('pullrequest:unapproved', 'r2'),
      sent('pullrequest:approved'),
      sent('pullrequest:approved', 'replayed'),
      sent('pullrequest:unapproved', 'replayed'),
    ])
      answers.push(await site.deliver(request));
    expect(answers).toEqual(['accepted', 'accepted', 'duplicate', 'duplicate', 'duplicate']);
    await site.drain();
    const states = (await site.entries('10007')).flatMap(({ entry }) =>
      entry.kind === 'evidence' ? [`${entry.body.id} ${entry.body.state ?? ''}`] : [],
    );
    expect(states).toEqual(['1/{u1} approved', '1/{u1} unapproved']);
    expect(await readRawDeliveries(site.ports, await site.entries('10007'))).toMatchObject([{ state: 'kept' }]);
  });

  it('are told by their id at GitLab, and add no fact', async () => {
    const site = new TestSite();
    const again = (id: string) => gitlabRequest(deployed, { 'Idempotency-Key': [id] });
    const answers = [];
    for (const request of [again('a'), again('a'), again('b')]) answers.push(await site.deliver(request));
    expect(answers).toEqual(['accepted', 'duplicate', 'accepted']);
    await site.drain();
    expect(await site.recorded('10007')).toEqual(['deployment:15']);
    expect(await readRawDeliveries(site.ports, await site.entries('10007'))).toMatchObject([{ state: 'kept' }]);
  });
});

it.each([
  ['azure-devops', (body: string) => azureDevopsRequest(body)],
  ['circleci', (body: string) => circleciRequest(body)],
  ['jenkins', (body: string) => jenkinsRequest(jenkinsToken(body))],
  ['gitlab', (body: string) => gitlabRequest(body)],
] as const)('an authentic body of %s that says nothing is refused by its own reason', async (_source, request) => {
  for (const [body, reason] of [
    ['', 'not-json'],
    ['{"type":', 'not-json'],
    ['[]', 'not-an-object'],
    ['null', 'not-an-object'],
    ['{}', 'event-missing'],
    ['{"type":7,"eventType":7,"requestType":7,"object_kind":7}', 'event-missing'],
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
    gitlabRequest(`{"object_kind":${'['.repeat(2_200_000)}${']'.repeat(2_200_000)}}`),
    gitlabRequest(JSON.stringify({ object_kind: 'push', ref: 'x', project: { web_url: `https://a/${many('/')}` } })),
    gitlabRequest(
      JSON.stringify({ object_kind: 'merge_request', object_attributes: { url: many('/merge_requests/1') } }),
    ),
    gitlabRequest(deployed, { 'X-Gitlab-Token': [many('a')] }),
    gitlabSignedRequest(deployed, { signature: () => many('v1,a ') }),
    bitbucketRequest('pullrequest:approved', approved, { 'X-Hub-Signature': [many('sha256=')] }),
    bitbucketRequest(
      'repo:push',
      JSON.stringify({
        push: { changes: [{ new: { name: 'm' }, commits: [{ hash: 'a'.repeat(40), author: { raw: many('<a@') } }] }] },
      }),
    ),
    jenkinsRequest(jenkinsToken(JSON.stringify({ requestType: many('x').slice(0, 3_000_000) }))),
  ];
  for (const [i, bomb] of bombs.entries()) {
    const seconds = await processorSeconds(() => new TestSite().deliver(bomb));
    // What is not linear takes minutes on these; a slow machine does not.
    expect([i, seconds < 30]).toEqual([i, true]);
  }
}, 180_000);
