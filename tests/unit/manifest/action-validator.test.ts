/** Jira's action validator keeps the work type of a decided change; nothing depends on it. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { STATUSES } from '../../../src/change/fields';
import { FINAL_STATUSES } from '../../../src/gate/reasons';
import { evaluate } from '../../host/expressions';
import { Bean } from '../gate/jira-world';
import { NOW } from '../gate/scene';

const [rule] = (
  parse(readFileSync('manifest.yml', 'utf8')) as {
    modules: { 'jira:actionValidator': { action: string; expression: string; errorMessage: string }[] };
  }
).modules['jira:actionValidator'];

const named = (type: string, name: string): Bean => new Bean(type, name, { name });

const allows = (issueType: string, status: string): unknown =>
  evaluate(
    rule?.expression ?? '',
    {
      user: null,
      issue: new Bean('Issue', '10007', {
        issueType: named('IssueType', issueType),
        status: named('IssueStatus', status),
      }),
    },
    { now: NOW },
  ).json;

it('is for the one action that Jira documents', () => {
  expect(rule?.action).toBe('workItemTypeChanged');
});

it.each(STATUSES)('a change request that is %s keeps its type exactly when it was approved', (status) => {
  const decided = status === 'Closed' || !(FINAL_STATUSES.includes(status) || status === 'Proposed');
  expect(allows('Change request', status)).toBe(!decided);
});

it.each(['Approved', 'Closed', 'Done'])('another kind of work that is %s is none of ours', (status) => {
  expect(allows('Task', status)).toBe(true);
});

it('an error on the way refuses nobody: a site without the app behaves the same', () => {
  expect(evaluate(rule?.expression ?? '', { user: null, issue: null }, { now: NOW }).json).toBe(true);
});
