import type { FieldValues } from '../seed/person';
import type { ApproveCase, Since } from './approve.table';
import { attempt, type Drive } from './drive';

const GROUP = '/rest/api/3/group/user?groupname=change-authority';

/** The change of a case, as it is when the person comes to decide. */
export async function prepared(drive: Drive, one: ApproveCase): Promise<string> {
  const { who, before, signedBy = 'reviewer', since } = one;
  const account = await drive.accountOf(who);
  if (before === 'joined the change authority') await drive.as('admin').request('POST', GROUP, { accountId: account });
  const key = await proposed(drive, one, account);
  await happened(drive, key, one, account);
  await drive.settle();
  if (signedBy !== null) await drive.as(signedBy).decide(key, 'approved', 'One managed source, one port, logged.');
  if (since !== undefined) await happenedSince(drive, key, who, account, since);
  return key;
}

/** Takes back what a case changed outside its own change. */
export async function tidied(drive: Drive, { who, before }: ApproveCase): Promise<void> {
  if (before === 'joined the change authority') await left(drive, await drive.accountOf(who));
}

const left = (drive: Drive, account: string) =>
  attempt(() => drive.as('admin').request('DELETE', `${GROUP}&accountId=${account}`));

function proposed(drive: Drive, { who, before }: ApproveCase, account: string): Promise<string> {
  switch (before) {
    case 'created it':
      return drive.propose({}, who);
    case 'is owner':
      return drive.propose({ 'Change owner': account });
    case 'is implementer':
      return drive.propose({ Implementer: account });
    case 'no CUI system and no backout plan':
      return drive.propose({ 'Impacted CUI systems': ['None: no CUI system is touched'], 'Backout plan': undefined });
    default:
      return drive.propose();
  }
}

async function happened(drive: Drive, key: string, { who, before }: ApproveCase, account: string): Promise<void> {
  const admin = drive.as('admin');
  if (before === 'was assignee' || before === 'is assignee') await admin.edit(key, { Assignee: account });
  if (before === 'was assignee') await admin.edit(key, { Assignee: null });
  if (before === 'was reporter') {
    await admin.edit(key, { Reporter: account });
    await admin.edit(key, { Reporter: await drive.accountOf('requester') });
  }
  if (before === 'edited the backout plan') {
    await drive.as(who).edit(key, { 'Backout plan': 'Disable the rule, push the previous policy, tell the desk.' });
  }
  if (before === 'edited the analysis') {
    await drive.as(who).edit(key, { 'Security impact analysis': 'One logged flow; the weekly review covers it.' });
  }
}

async function happenedSince(drive: Drive, key: string, who: string, account: string, since: Since): Promise<void> {
  if (since.what === 'left the change authority') {
    await left(drive, account);
    return;
  }
  if (since.unheard === true) await drive.faults({ events: { drop: 1 } });
  try {
    const [by, values] = await editSince(drive, who, account, since.what);
    await drive.as(by).edit(key, values);
    await drive.settle();
  } finally {
    if (since.unheard === true) await drive.faults({});
  }
}

const OTHER_PLAN = { 'Backout plan': 'Disable the rule; nothing has to be restored.' };

async function editSince(
  drive: Drive,
  who: string,
  account: string,
  what: Exclude<Since['what'], 'left the change authority'>,
): Promise<readonly [by: string, values: FieldValues]> {
  switch (what) {
    case 'became the assignee':
      return ['admin', { Assignee: account }];
    case 'became the reporter':
      return ['admin', { Reporter: account }];
    case 'became the owner':
      return ['admin', { 'Change owner': account }];
    case 'became the implementer':
      return ['admin', { Implementer: account }];
    case 'edited the backout plan':
      return [who, OTHER_PLAN];
    case 'the owner edited the backout plan':
      return ['owner', OTHER_PLAN];
    case 'the reviewer became the assignee':
      return ['admin', { Assignee: await drive.accountOf('reviewer') }];
  }
}
