import { AFTER, BEFORE, changeNotification, cloudTrail, configHistory, GROUP_ID, groupItem, type Call } from './aws';
import type { Work } from './github';
import type { HandedFile } from './hand-in';
import { IMANI, OWEN } from './people-map';
import type { SignedCommit } from './signing';
import type { Stage } from './stage';
import { junitReport } from './terraform';

/** What the scenes of the story share. */
export interface AwsChange {
  readonly stage: Stage;
  readonly work: Work;
  readonly commit: SignedCommit;
  /** Terraform's plan in JSON. */
  readonly plan: string;
}

const RUN = '17204466021';

/** What every envelope of the pipeline says. */
const ran = ({ stage, work, commit }: AwsChange, hours: number) => ({
  change: work.key,
  repository: work.repository,
  commits: [commit.id],
  run: { id: RUN, name: 'enclave', url: `https://github.com/${work.repository}/actions/runs/${RUN}` },
  actor: { name: IMANI.name, email: IMANI.email },
  claimedAt: stage.time(hours).toISOString(),
});

const file = (name: string, mediaType: string, text: string): HandedFile => ({ name, mediaType, text });

/** Before anybody decides: the commit with its signature, and the plan. */
export async function firstFiles(change: AwsChange): Promise<void> {
  const { stage, commit, plan } = change;
  await stage.handIn(2.02, { ...ran(change, 2.02), kind: 'commit', commits: [collected(change)] });
  await stage.handIn(2.03, {
    ...ran(change, 2.03),
    kind: 'commit-signature',
    commits: [collected(change)],
    contents: [file('commit.txt', 'text/plain', commit.object)],
  });
  await stage.handIn(2.04, {
    ...ran(change, 2.04),
    kind: 'configuration-difference',
    title: 'Terraform plan: one rule is changed',
    contents: [file('plan.json', 'application/json', plan)],
  });
}

/** A commit as the pipeline's own machine sees it, which has the key among its allowed signers. */
function collected({ stage, work, commit }: AwsChange): object {
  const person = { name: IMANI.name, email: IMANI.email };
  const at = stage.time(1.95).toISOString();
  return {
    id: commit.id,
    message: work.messages[0],
    author: person,
    committer: person,
    authoredAt: at,
    committedAt: at,
    signature: 'verified',
    files: ['security-groups.tf'],
    fileCount: 1,
  };
}

/** After the deployment: tests, AWS Config before and after, and CloudTrail of that day. */
export async function awsFiles(change: AwsChange): Promise<void> {
  const { stage } = change;
  const cases = [
    'a CAD workstation opens the share',
    'the office network is refused',
    'the printers are refused',
    'the guest network is refused',
  ];
  await stage.handIn(31.6, {
    ...ran(change, 31.6),
    kind: 'test-result',
    title: 'Who reaches the share after the change',
    state: 'success',
    contents: [file('junit.xml', 'application/xml', junitReport('reach-the-share', stage.time(31.5), cases))],
  });
  const items = [groupItem(stage.time(31.22), 8, AFTER), groupItem(stage.time(-400), 7, BEFORE)];
  await stage.handIn(32, {
    ...ran(change, 32),
    kind: 'configuration-state',
    title: 'AWS Config: the security group after and before',
    contents: [file('config-history.json', 'application/json', configHistory(...items))],
  });
  const notification = changeNotification(stage.time(31.22), 8, BEFORE, AFTER);
  await stage.handIn(32.1, {
    ...ran(change, 32.1),
    kind: 'configuration-difference',
    title: 'AWS Config: what changed of the security group',
    contents: [file('config-notification.json', 'application/json', notification)],
  });
  await stage.handIn(39, {
    ...ran(change, 39),
    kind: 'execution-log',
    title: 'CloudTrail of the day',
    startedAt: stage.time(30).toISOString(),
    endedAt: stage.time(39).toISOString(),
    contents: [file('cloudtrail.json', 'application/json', cloudTrail(callsOf(stage)))],
  });
}

/** Two calls are the change. One is by somebody else, and one is two hours after the window: both are told, not hidden. */
function callsOf(stage: Stage): readonly Call[] {
  const call = (hours: number, by: string, name: string, asked: object): Call => ({
    at: stage.time(hours),
    by,
    name,
    source: 'ec2.amazonaws.com',
    request: asked,
  });
  const smb = { ipProtocol: 'tcp', fromPort: 445, toPort: 445, cidrIpv4: AFTER };
  return [
    { ...call(31.15, IMANI.email, 'DescribeSecurityGroupRules', { filterSet: {} }), readOnly: true },
    call(31.2, IMANI.email, 'ModifySecurityGroupRules', {
      ModifySecurityGroupRulesRequest: {
        GroupId: GROUP_ID,
        SecurityGroupRule: { SecurityGroupRuleId: 'sgr-0a5b1c6d7e8f90122', SecurityGroupRule: smb },
      },
    }),
    call(31.21, IMANI.email, 'CreateTags', {
      resourcesSet: { items: [{ resourceId: GROUP_ID }] },
      tagSet: { items: [{ key: 'change', value: 'reviewed' }] },
    }),
    call(33, OWEN.email, 'RebootInstances', { instancesSet: { items: [{ instanceId: 'i-0b1c2d3e4f5a60718' }] } }),
    call(38, IMANI.email, 'RevokeSecurityGroupIngress', { groupId: GROUP_ID, ipPermissions: {} }),
  ];
}
