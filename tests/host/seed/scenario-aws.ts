import { createHash } from 'node:crypto';
import { AFTER, BEFORE, GROUP_ID, GROUP_NAME } from './aws';
import { awsFiles, firstFiles, type AwsChange } from './aws-files';
import { checkRun, pullRequest, push, review, workflowRun, type Work } from './github';
import type { Question } from './hand-in';
import { IMANI, OWEN } from './people-map';
import { request } from './requests';
import { keyOf, signedCommit } from './signing';
import type { Stage } from './stage';
import { terraformPlan } from './terraform';

const IMANIS_KEY = keyOf(IMANI.email);

const TITLE = 'Let only the CAD workstations reach the share';

/** The system by the name that people use, and in brackets what AWS knows it by, which is what its logs say. */
const SHARE = `CUI file share (${GROUP_NAME}, ${GROUP_ID})`;

const FIELDS = {
  Summary: 'Let only the CAD workstations reach the CUI file share',
  Description:
    'The security group in front of the file share lets the whole office network in. Since the CAD workstations moved to a network of their own, only that network needs it.',
  Scope: `Security group ${GROUP_NAME} (${GROUP_ID}) in AWS GovCloud: the source of the one SMB rule, ${BEFORE} to ${AFTER}. By Terraform, nothing else is touched.`,
  'Impacted CUI systems': [SHARE],
  Justification: 'The yearly review of network flows found 31 hosts that can reach CUI and have no business with it.',
  'Security impact analysis':
    'Takes a flow away and opens none (3.1.3, 3.13.6). Logging of the group and the alarm on refused connections stay as they are.',
  'Test plan':
    'From a CAD workstation the share opens; from the office network, the printers and the guest network it does not. The same four as a test in the pipeline.',
  'Backout plan': `Revert the commit and apply: the rule is ${BEFORE} again within five minutes; no session is lost.`,
};

/**
 * Twelve people with Jira, GitHub and AWS: a signed commit, reviewed and planned, stopped by the gate until it is approved
 * and its window begins, applied by the pipeline, and held against what AWS itself recorded. Answers the change's key.
 */
export async function awsScenario(stage: Stage): Promise<string> {
  await stage.daysAgo(35);
  await addSystem(stage);
  await stage.registerKey(
    `${IMANI.email} namespaces="git" ${IMANIS_KEY.ssh}`,
    'Imani, work laptop',
    { kind: 'account', accountId: stage.accountOf('implementer') },
    'Commits to the enclave are signed from today on.',
  );
  const key = await stage.propose(request(stage, [30, 36], FIELDS));
  const message = `${key} ${TITLE}`;
  const commit = signedCommit(IMANIS_KEY, IMANI, stage.time(1.95), message);
  const plan = terraformPlan(stage.time(2.02), GROUP_ID, BEFORE, AFTER);
  const change = { stage, work: workOf(key, commit.id), commit, plan };
  await develop(change);
  await decide(change);
  await stage.ask(31, question(change), 'allowed');
  await stage.deploy(change.work, 31.1);
  await stage.as('implementer').move(key, 'Execute');
  await awsFiles(change);
  await close(change);
  await stage.assemblePack(key, 'auditor');
  return key;
}

/** A Jira admin names the share among the systems to choose from. */
async function addSystem(stage: Stage): Promise<void> {
  const admin = stage.as('admin');
  const fields = (await admin.request('GET', '/rest/api/3/field')) as readonly { id: string; name: string }[];
  const field = `/rest/api/3/field/${fields.find(({ name }) => name === 'Impacted CUI systems')?.id ?? ''}/context`;
  const { values } = (await admin.request('GET', field)) as { readonly values: readonly { readonly id: string }[] };
  await admin.request('POST', `${field}/${values[0]?.id ?? ''}/option`, { options: [{ value: SHARE }] });
}

const workOf = (key: string, commit: string): Work => ({
  key,
  repository: 'harbor-precision/enclave-terraform',
  branch: `${key}-cad-workstations`,
  number: 126,
  title: `${key} ${TITLE}`,
  author: IMANI,
  reviewer: OWEN,
  messages: [`${key} ${TITLE}`],
  ids: [commit],
  environment: 'production',
});

async function develop(change: AwsChange): Promise<void> {
  const { stage, work } = change;
  await stage.deliver(2, 'push', (at) => push(work, at));
  await firstFiles(change);
  await stage.deliver(2.05, 'pull_request', (at) => pullRequest(work, at, 'opened'));
  await stage.deliver(2.1, 'workflow_run', (at) => workflowRun(work, at, 'success'));
  await stage.deliver(2.1, 'check_run', (at) => checkRun(work, at, 'plan changes one rule', 'success'));
  await stage.deliver(3, 'pull_request_review', (at) => review(work, at, 'approved'));
  await stage.settle();
}

async function decide(change: AwsChange): Promise<void> {
  const { stage, work } = change;
  const basis = 'Takes a flow away and opens none; the plan changes that one rule.';
  await stage.ask(4, question(change), 'blocked-not-approved');
  await stage.hour(5);
  await stage.as('reviewer').decide(work.key, 'approved', basis);
  await stage.as('authority').move(work.key, 'Approve', {
    'Decision basis': 'Asked for by the review of network flows; the CAD team knows of the window.',
  });
  await stage.settle();
  await stage.ask(6, question(change), 'blocked-window');
  await stage.as('owner').move(work.key, 'Schedule');
}

/** The pipeline deploys the commit, by the very plan that was handed in. */
const question = ({ work, commit, plan }: AwsChange): Question => ({
  change: work.key,
  environment: work.environment,
  commits: [commit.id],
  artifacts: [`sha256:${createHash('sha256').update(plan).digest('hex')}`],
  actor: { name: IMANI.name, email: IMANI.email },
});

async function close({ stage, work }: AwsChange): Promise<void> {
  await stage.hour(40);
  await stage.as('implementer').invoke(work.key, 'implementation.record', {
    startedAt: stage.time(31.1).toISOString(),
    endedAt: stage.time(31.6).toISOString(),
    outcome: 'with-deviations',
    backoutUsed: false,
    verification: 'All four tests passed after the apply; the share was opened from two CAD workstations by hand.',
    controlsSatisfied: true,
    verifiedBy: stage.accountOf('owner'),
    verifiedAt: stage.time(34).toISOString(),
    baselineUpdated: 'updated',
    inventoryUpdated: 'not-needed',
    planUpdated: 'updated',
    notes:
      'CloudTrail shows two calls beside the change. Owen restarted the log collector at the time; it is no part of this. A rule for the test from the guest network was forgotten and taken away two hours after the window.',
  });
  await stage.as('owner').move(work.key, 'Close');
  await stage.settle();
}
