import { readFileSync } from 'node:fs';
import type { X509Certificate } from 'node:crypto';
import { destination } from '../destination';
import { secondsOf } from '../destination';
import type { Given } from '../flags';
import type { Environment } from '../rim';
import { filled } from '../told';
import type { JiraOptions } from './jira';
import { certificatesOf } from './stamp/check';
import { isOid } from './stamp/request';
import type { AuthorityOptions } from './stamp/authority';

/** What was given cannot be worked with: the message says which option and what it takes. */
export class OptionProblem extends Error {
  override readonly name = 'OptionProblem';
}

const PROJECT = /^[A-Z][A-Z0-9_]{0,254}$/;

/** A secret of an environment variable; a command line is seen by everybody on the machine. */
export function secretOf(environment: Environment, name: string): string {
  const value = filled(environment[name]);
  if (value === undefined)
    throw new OptionProblem(`The secret is read from the environment variable ${name}, which is not set.`);
  return value;
}

/** An address without credentials, query and fragment, which logs would show. */
export function addressOf(text: string | undefined, flag: string): string {
  let url: URL | undefined;
  try {
    url = new URL(text ?? '');
  } catch {
    // Said below, with the option's name.
    url = undefined;
  }
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new OptionProblem(`--${flag} is an address: https://…`);
  if (url.username !== '' || url.password !== '')
    throw new OptionProblem(`--${flag} holds credentials, which logs would show. They belong into the environment.`);
  return `${url.origin}${url.pathname}`.replace(/\/$/, '');
}

/** An address to which a token goes: in clear text it would be everybody's; on this machine there is nobody between. */
export function tokenAddressOf(text: string | undefined, flag: string): string {
  const address = addressOf(text, flag);
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:' && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    throw new OptionProblem(`--${flag} has to begin with https://, because a token goes there.`);
  return address;
}

export function waitOf(told: Given): number {
  const seconds = secondsOf(told.text('wait') ?? '60', 0);
  if (seconds === undefined) throw new OptionProblem('--wait is a number of seconds from 0 to 3600.');
  return seconds;
}

export function jiraOf(told: Given, environment: Environment): JiraOptions {
  const url = tokenAddressOf(told.text('jira') ?? environment['JIRA_URL'], 'jira');
  const user = told.text('user') ?? filled(environment['JIRA_USER']);
  return { url, user, token: secretOf(environment, told.text('token-env') ?? 'JIRA_TOKEN') };
}

export function queryOf(told: Given): string {
  const [jql, projects] = [told.text('jql'), told.several('project')];
  if ((jql === undefined) === (projects.length === 0))
    throw new OptionProblem('Which changes? Name their projects with --project, or give a --jql.');
  if (jql !== undefined) return jql;
  const wrong = projects.find((key) => !PROJECT.test(key));
  if (wrong !== undefined)
    throw new OptionProblem(`${JSON.stringify(wrong)} is no key of a Jira project, such as CHG.`);
  return `project in (${projects.map((key) => `"${key}"`).join(', ')}) ORDER BY key ASC`;
}

export function rootsOf(told: Given): readonly X509Certificate[] {
  const path = told.text('tsa-root');
  if (path === undefined) throw new OptionProblem('--tsa-root names the root certificates to believe, in a PEM file.');
  const roots = certificatesOf(textOf(path));
  if (roots === undefined) throw new OptionProblem(`${path} holds no certificate in PEM, or one that cannot be read.`);
  return roots;
}

export function authorityOf(told: Given): AuthorityOptions | undefined {
  const tsa = told.text('tsa');
  if (tsa === undefined) return undefined;
  return { url: addressOf(tsa, 'tsa'), roots: rootsOf(told), policy: policyOf(told) };
}

export function policyOf(told: Given): string | undefined {
  const policy = told.text('tsa-policy');
  if (policy !== undefined && !isOid(policy))
    throw new OptionProblem('--tsa-policy is an object identifier, such as 1.2.3.4.1.');
  return policy;
}

export function intakeOf(told: Given, environment: Environment): { url: string; secret: string } | undefined {
  const url = told.text('evidence-url') ?? filled(environment['CHANGE_EVIDENCE_URL']);
  if (url === undefined) return undefined;
  const secretEnv = told.text('secret-env') ?? 'CHANGE_PIPELINE_SECRET';
  const to = destination({ url, urlVariable: 'CHANGE_EVIDENCE_URL', secretEnv, wait: '60' }, environment);
  if (!to.ok) throw new OptionProblem(to.complaint.replace('--url', '--evidence-url'));
  return { url: to.url, secret: to.secret };
}

export const bytesOf = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new OptionProblem(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const textOf = (path: string): string => bytesOf(path).toString('utf8');
