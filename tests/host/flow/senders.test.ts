/** One delivery of each sender to a running site, as that sender makes it, seen in the panel; and refused from a stranger. */
import { createHmac } from 'node:crypto';
import { startSite, type RunningSite } from '../running-site';
import { Drive } from './drive';

interface Sent {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Sender {
  readonly source: string;
  /** A delivery that names the change, authenticated with the secret. */
  readonly sent: (key: string, secret: string) => Sent;
  readonly evidence: { readonly kind: string; readonly id: string };
}

const SHA = '5f'.repeat(20);
const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text);
const json = { 'Content-Type': 'application/json' };

const SENDERS: readonly Sender[] = [
  {
    source: 'gitlab',
    sent: (key, secret) => ({
      headers: { ...json, 'X-Gitlab-Event': 'Push Hook', 'X-Gitlab-Token': secret, 'Idempotency-Key': 'f5e5f430' },
      body: JSON.stringify({
        object_kind: 'push',
        ref: 'refs/heads/main',
        project: { path_with_namespace: 'acme/enclave/portal', web_url: 'https://gitlab.com/acme/enclave/portal' },
        commits: [{ id: SHA, message: `${key} open the port`, timestamp: '2026-03-02T08:30:00+00:00' }],
        total_commits_count: 1,
      }),
    }),
    evidence: { kind: 'commit', id: SHA },
  },
  {
    source: 'bitbucket',
    sent: (key, secret) => {
      const body = JSON.stringify({
        actor: { display_name: 'Rex', uuid: '{u2}' },
        repository: { full_name: 'acme/portal' },
        pullrequest: { id: 3, title: `${key} open the port`, state: 'OPEN', author: { display_name: 'Dana' } },
        approval: { date: '2026-03-02T08:30:00+00:00', user: { display_name: 'Rex', uuid: '{u2}' } },
      });
      const signature = `sha256=${hmac(secret, body).digest('hex')}`;
      return { headers: { ...json, 'X-Event-Key': 'pullrequest:approved', 'X-Hub-Signature': signature }, body };
    },
    evidence: { kind: 'review', id: '3/{u2}' },
  },
  {
    source: 'azure-devops',
    sent: (key, secret) => ({
      headers: { ...json, Authorization: `Basic ${Buffer.from(`hook:${secret}`).toString('base64')}` },
      body: JSON.stringify({
        id: '6872ee8c-b333-4eff-bfb9-0d5274943566',
        eventType: 'git.push',
        publisherId: 'tfs',
        createdDate: '2026-03-02T08:30:00.3156388Z',
        resource: {
          commits: [
            { commitId: SHA, comment: `${key} open the port`, author: { name: 'Dana', email: 'd@example.test' } },
          ],
          refUpdates: [{ name: 'refs/heads/main', oldObjectId: '1'.repeat(40), newObjectId: SHA }],
          repository: { name: 'portal', project: { name: 'Web' } },
        },
      }),
    }),
    evidence: { kind: 'commit', id: SHA },
  },
  {
    source: 'jenkins',
    sent: (key, secret) => {
      const deployment = {
        deploymentSequenceNumber: 42,
        state: 'successful',
        pipeline: { id: '-1234', displayName: 'web/portal' },
        environment: { id: 'production', displayName: 'Production', type: 'production' },
        associations: [{ associationType: 'issueKeys', values: [key] }],
      };
      const claims = {
        iss: 'jenkins-plugin',
        aud: 'jenkins-forge-app',
        // An hour after the site's clock was put where it starts.
        exp: Date.parse('2026-03-02T10:00:00Z') / 1000,
        request_body_json: JSON.stringify({
          requestType: 'event',
          eventType: 'deployment',
          payload: { deployments: [deployment] },
        }),
      };
      const signed = [{ typ: 'JWT', alg: 'HS256' }, claims]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      return { headers: json, body: `${signed}.${hmac(secret, signed).digest('base64url')}` };
    },
    evidence: { kind: 'deployment', id: 'web/portal#42/production' },
  },
  {
    source: 'circleci',
    sent: (key, secret) => {
      const body = JSON.stringify({
        id: '630a6132-5bf1-3600-b26d-a020d41358f9',
        type: 'workflow-completed',
        happened_at: '2026-03-02T08:40:00.733348Z',
        workflow: { id: '7381218b-d04c-4aa3-b8b8-8c00a9319d1f', name: 'build', status: 'success' },
        pipeline: { number: 4, vcs: { revision: SHA, branch: `feature/${key.toLowerCase()}-port` } },
        project: { name: 'portal', slug: 'gh/acme/portal' },
      });
      return { headers: { ...json, 'circleci-signature': `v1=${hmac(secret, body).digest('hex')}` }, body };
    },
    evidence: { kind: 'run', id: '7381218b-d04c-4aa3-b8b8-8c00a9319d1f' },
  },
];

let site: RunningSite;
let drive: Drive;
let key: string;

beforeAll(async () => {
  site = await startSite();
  drive = new Drive(site.base);
  key = await drive.propose();
}, 180_000);

afterAll(() => site.stop());

async function deliver(source: string, { body, headers }: Sent): Promise<readonly [number, unknown]> {
  const address = `${site.base}/forge/webtrigger/evidence-intake?source=${source}`;
  const response = await fetch(address, { method: 'POST', headers, body });
  return [response.status, await response.json()];
}

it.each(SENDERS.map((sender) => [sender.source, sender] as const))('%s', async (source, { sent, evidence }) => {
  const delivery = sent(key, `local-${source}-secret`);
  expect(await deliver(source, sent(key, 'a guess'))).toEqual([401, { result: 'unauthorized' }]);
  expect(await deliver(source, delivery)).toEqual([202, { result: 'accepted' }]);
  expect(await deliver(source, delivery)).toEqual([200, { result: 'duplicate' }]);
  await drive.settle();
  const recorded = (await drive.read(key)).evidence.filter((row) => row.source === source);
  expect(recorded).toMatchObject([{ ...evidence, facts: 1 }]);
});
