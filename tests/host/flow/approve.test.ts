/** Blocking self-approval over HTTP, every way in: the table says who, the site says what happened. */
import { startSite, type RunningSite } from '../running-site';
import { APPROVE, type ApproveCase } from './approve.table';
import { attempt, Drive } from './drive';

let site: RunningSite;
let drive: Drive;

beforeAll(async () => {
  site = await startSite();
  drive = new Drive(site.base);
}, 180_000);

afterAll(() => site.stop());

/** A change that a security reviewer signed and that then still lacks a change authority. */
async function prepared({ who, before }: ApproveCase): Promise<string> {
  const account = await drive.accountOf(who);
  const key = await drive.propose({
    ...(before === 'is owner' ? { 'Change owner': account } : {}),
    ...(before === 'is implementer' ? { Implementer: account } : {}),
  });
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
  await drive.settle();
  await drive.as('reviewer').decide(key, 'approved', 'One managed source, one port, logged.');
  return key;
}

describe.each(APPROVE)('$title ($who, $before)', (one) => {
  let key: string;
  beforeAll(async () => {
    key = await prepared(one);
  }, 60_000);

  it('is told in the panel whether they may decide, and why not', async () => {
    if (one.panel === 404 || one.who === 'outsider') return;
    const { mayDecide } = await drive.read(key, one.who);
    const expected = one.panel === 200;
    expect({ allowed: mayDecide.allowed || mayDecide.reasons.some(({ code }) => code === 'already-signed') }).toEqual({
      allowed: expected,
    });
    if (!expected) expect(mayDecide.reasons.map(({ sentence }) => sentence).join(' ')).not.toBe('');
  });

  it(`is ${one.offered ? '' : 'not '}offered Approve and gets ${one.transition} from it`, async () => {
    const offered = await attempt(() => drive.offered(key, one.who));
    if (offered.status === 200) expect((offered.body as string[]).includes('Approve')).toBe(one.offered);
    const id = await drive.transitionId(key, 'Approve', 'authority2');
    const done = await attempt(() =>
      drive.as(one.who).request('POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id } }),
    );
    expect(done.status === 200 ? 204 : done.status).toBe(one.transition);
    await drive.settle();
    const view = await drive.read(key);
    const moved = one.transition === 204;
    expect({
      status: await drive.statusOf(key),
      moves: await drive.movesOf(key),
      decisions: view.decisions.length,
      open: view.verdict.open,
    }).toEqual(
      moved
        ? { status: 'Approved', moves: 1, decisions: 2, open: true }
        : { status: 'Proposed', moves: 0, decisions: 1, open: false },
    );
  });

  it(`gets ${one.panel} from signing off in the panel`, async () => {
    const fresh = await prepared(one);
    const answered = await attempt(() => drive.as(one.who).decide(fresh, 'approved', 'Read and agreed.'));
    expect(answered.status).toBe(one.panel);
    if (one.code !== undefined) expect(answered.body).toMatchObject({ code: one.code });
    expect((await drive.read(fresh)).verdict.open).toBe(one.panel === 200 && one.who !== 'reviewer');
  });
});

describe('the same rules whichever way the move comes', () => {
  const signed = async () => prepared({ who: 'authority', before: 'nothing' } as ApproveCase);

  it('bulk: the owner is refused, a change authority is not', async () => {
    const key = await signed();
    const id = await drive.transitionId(key, 'Approve', 'authority');
    for (const [who, status] of [
      ['owner', 'Proposed'],
      ['authority', 'Approved'],
    ] as const) {
      const body = { bulkTransitionInputs: [{ selectedIssueIdsOrKeys: [key], transitionId: id }] };
      await drive.bulk(who, body);
      await drive.settle();
      expect(await drive.statusOf(key)).toBe(status);
    }
  });

  it('automation: the app account is refused though it is in a deciding group, a named person is judged as that person', async () => {
    const key = await signed();
    for (const [actor, status] of [
      ['bot', 'Proposed'],
      ['owner', 'Proposed'],
      ['authority', 'Approved'],
    ] as const) {
      await attempt(() =>
        drive.as('admin').request('POST', '/forge/automation', { issue: key, transition: 'Approve', actor }),
      );
      await drive.settle();
      expect(await drive.statusOf(key)).toBe(status);
    }
  });
});

it('a membership that ended counts for nothing, at once', async () => {
  const key = await prepared({ who: 'authority2', before: 'nothing' } as ApproveCase);
  const accountId = await drive.accountOf('authority2');
  await drive.as('admin').request('DELETE', `/rest/api/3/group/user?groupname=change-authority&accountId=${accountId}`);
  expect(await drive.offered(key, 'authority2')).not.toContain('Approve');
  expect((await attempt(() => drive.as('authority2').decide(key, 'approved', 'Still here?'))).status).toBe(403);
  await drive.as('admin').request('POST', '/rest/api/3/group/user?groupname=change-authority', { accountId });
});

it('a person in both groups counts once: the second approval has to come from somebody else', async () => {
  const accountId = await drive.accountOf('authority');
  await drive.as('admin').request('POST', '/rest/api/3/group/user?groupname=security-reviewers', { accountId });
  try {
    const key = await drive.propose();
    await drive.as('authority').decide(key, 'approved', 'Both hats, one head.');
    expect((await drive.read(key)).verdict.open).toBe(false);
    await attempt(() => drive.as('authority').decide(key, 'approved', 'And again.'));
    expect((await drive.read(key)).verdict.open).toBe(false);
    await drive.as('reviewer').decide(key, 'approved', 'A second person.');
    expect((await drive.read(key)).verdict.open).toBe(true);
  } finally {
    await drive
      .as('admin')
      .request('DELETE', `/rest/api/3/group/user?groupname=security-reviewers&accountId=${accountId}`);
  }
});
