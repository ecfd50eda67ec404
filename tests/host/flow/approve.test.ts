/** Blocking self-approval over HTTP, every way in: the table says who, the site says what happened. */
import { startSite, type RunningSite } from '../running-site';
import { differences } from './approve.cells';
import { APPROVE_LATE } from './approve-late.table';
import { prepared } from './approve.prepared';
import { APPROVE, type ApproveCase } from './approve.table';
import { attempt, Drive } from './drive';

let site: RunningSite;
let drive: Drive;

beforeAll(async () => {
  site = await startSite();
  drive = new Drive(site.base);
}, 180_000);

afterAll(() => site.stop());

describe.each([...APPROVE, ...APPROVE_LATE])('$title ($who)', (one) => {
  it('is told in the panel whether they may decide, and why not', async () => {
    expect(await differences(drive, one, 'told')).toEqual([]);
  });

  it(`is ${one.offered ? '' : 'not '}offered Approve and gets ${one.transition} from it`, async () => {
    expect(await differences(drive, one, 'transition')).toEqual([]);
  });

  it(`gets ${one.panel} from signing off in the panel`, async () => {
    expect(await differences(drive, one, 'panel')).toEqual([]);
  });
});

const signedFor = (who: string) => prepared(drive, { who, before: 'nothing' } as ApproveCase);

describe('the same rules whichever way the move comes', () => {
  it('bulk: the owner is refused, a change authority is not', async () => {
    const key = await signedFor('authority');
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
    const key = await signedFor('authority');
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
  const key = await signedFor('authority2');
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
