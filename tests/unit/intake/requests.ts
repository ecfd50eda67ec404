import { createHmac } from 'node:crypto';
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
