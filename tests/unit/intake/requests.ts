import { createHmac } from 'node:crypto';
import { signedHeaders } from '../../../src/providers/envelope';
import type { IntakeRequest } from '../../../src/providers/request';
import { SECRET } from './site';

type Headers = Readonly<Record<string, readonly string[]>>;

const request = (source: string, body: string, headers: Headers): IntakeRequest => ({
  method: 'POST',
  query: { source: [source] },
  body,
  headers,
});

export const basic = (password: string, user = 'azure'): string =>
  `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;

/** A delivery as a service hook of Azure DevOps makes it; `headers` replace or, with an empty list, remove. */
export const azureDevopsRequest = (body: string, headers: Headers = {}): IntakeRequest =>
  request('azure-devops', body, {
    'Content-Type': ['application/json; charset=utf-8'],
    'User-Agent': ['VSServices/20.255.36416.2 (w3wp.exe) (TFS Service Hooks)'],
    Authorization: [basic(SECRET)],
    ...headers,
  });

export const circleciSignature = (body: string, secret = SECRET): string =>
  `v1=${createHmac('sha256', secret).update(body, 'utf8').digest('hex')}`;

/** A delivery as CircleCI makes it. */
export const circleciRequest = (body: string, headers: Headers = {}): IntakeRequest =>
  request('circleci', body, {
    'Content-Type': ['application/json'],
    'User-Agent': ['CircleCI-Webhook/1.0'],
    'circleci-signature': [circleciSignature(body)],
    ...headers,
  });

const part = (value: unknown): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');

/** A token as Jenkins' plugin makes it; `claims` replace or, when undefined, remove. */
export function jenkinsToken(
  body: string,
  claims: Readonly<Record<string, unknown>> = {},
  {
    secret = SECRET,
    header = { typ: 'JWT', alg: 'HS256' },
    algorithm = 'sha256',
  }: { readonly secret?: string; readonly header?: unknown; readonly algorithm?: string } = {},
): string {
  const signed = `${part(header)}.${part({
    aud: 'jenkins-forge-app',
    request_body_json: body,
    iss: 'jenkins-plugin',
    // 2026-03-02T09:05:00Z: five minutes after the clock of the tests.
    exp: 1772442300,
    iat: 1772442000,
    ...claims,
  })}`;
  return `${signed}.${createHmac(algorithm, secret).update(signed).digest('base64url')}`;
}

/** A delivery as Jenkins' plugin makes it: the token is the body. */
export const jenkinsRequest = (token: string, headers: Headers = {}): IntakeRequest =>
  request('jenkins', token, { 'Content-Type': ['application/json; charset=utf-8'], ...headers });

/** JSON as another plugin or a step of a pipeline sends it. */
export const jenkinsJsonRequest = (body: string, headers: Headers = {}): IntakeRequest =>
  request('jenkins', body, {
    'Content-Type': ['application/json'],
    Authorization: [basic(SECRET, 'jenkins')],
    ...headers,
  });

/** A delivery as GitLab makes it, with the secret token in a header. */
export const gitlabRequest = (body: string, headers: Headers = {}): IntakeRequest =>
  request('gitlab', body, {
    'Content-Type': ['application/json'],
    'User-Agent': ['GitLab/18.2.0'],
    'X-Gitlab-Instance': ['https://gitlab.example.test'],
    'X-Gitlab-Event-UUID': ['9a1b2c3d-0000-4000-8000-000000000001'],
    'Idempotency-Key': ['f5e5f430-f57b-4e6e-9fac-d9128cd7232f'],
    'X-Gitlab-Token': [SECRET],
    ...headers,
  });

/** What GitLab signs with a signing token; `at` in Unix seconds, by default the clock of the tests. */
export interface GitlabSigned {
  readonly id?: string;
  readonly at?: number;
  readonly secret?: string | Buffer;
  readonly signature?: (right: string) => string;
}

/** A delivery as GitLab makes it when a signing token is set. */
export function gitlabSignedRequest(body: string, signed: GitlabSigned = {}, headers: Headers = {}): IntakeRequest {
  const { id = 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f', at = 1772442000, secret = SECRET } = signed;
  const right = `v1,${createHmac('sha256', secret).update(`${id}.${at}.${body}`, 'utf8').digest('base64')}`;
  return gitlabRequest(body, {
    'X-Gitlab-Token': [],
    'webhook-id': [id],
    'webhook-timestamp': [String(at)],
    'webhook-signature': [signed.signature?.(right) ?? right],
    ...headers,
  });
}

export const bitbucketSignature = (body: string, secret = SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body, 'utf8').digest('hex')}`;

/** A delivery as Bitbucket Cloud makes it. */
export const bitbucketRequest = (event: string, body: string, headers: Headers = {}): IntakeRequest =>
  request('bitbucket', body, {
    'Content-Type': ['application/json'],
    'User-Agent': ['Bitbucket-Webhooks/2.0'],
    'X-Event-Key': [event],
    'X-Hook-UUID': ['ba3f0c9b-7b8b-4f0e-9a53-4f3ab0aeae1f'],
    'X-Request-UUID': ['7f0a4b6e-5d53-4c0b-8a0e-0f1c2d3e4f50'],
    'X-Attempt-Number': ['1'],
    'X-Hub-Signature': [bitbucketSignature(body)],
    ...headers,
  });

/** How our own envelope is signed: `at` in Unix seconds, by default the clock of the tests. */
export interface PipelineSigned {
  readonly secret?: string;
  readonly at?: number;
  readonly nonce?: string;
  /** The body that was signed, where another one is sent. */
  readonly signed?: string;
}

/** A delivery as our own senders make it. */
export function pipelineRequest(body: string, how: PipelineSigned = {}): IntakeRequest {
  const { secret = SECRET, at: timestamp = 1772442000, nonce = 'n'.repeat(20), signed = body } = how;
  const headers = Object.entries(signedHeaders(secret, { timestamp, nonce, body: signed }));
  return request('pipeline', body, Object.fromEntries(headers.map(([name, value]) => [name, [value]])));
}
