/**
 * From a disapproval to Closed over HTTP: what Resubmit and Close are refused for, who is waited for at each step by the
 * field that JQL searches, and who is told.
 */
import { startSite, type RunningSite } from '../running-site';
import { attempt, Drive } from './drive';

let site: RunningSite;
let drive: Drive;

beforeAll(async () => {
  site = await startSite();
  drive = new Drive(site.base);
}, 180_000);

afterAll(() => site.stop());

/** The changes that somebody finds by the search that the README gives. */
async function waitingFor(who: string): Promise<readonly string[]> {
  const { issues } = (await drive.as(who).request('POST', '/rest/api/3/search/jql', {
    jql: 'project = CHG AND "Waiting for" = currentUser() ORDER BY key',
    fields: ['summary'],
  })) as { issues: { key: string }[] };
  return issues.map(({ key }) => key);
}

interface Mail {
  readonly issueKey: string;
  /** Account ids. */
  readonly recipients: readonly string[];
  readonly subject: string;
}

async function notices(key: string): Promise<readonly string[]> {
  const { mail } = (await drive.as('admin').request('GET', '/forge/mail')) as { mail: readonly Mail[] };
  const names = new Map<string, string>();
  for (const who of ['owner', 'reviewer', 'reviewer2', 'authority', 'authority2', 'msp'])
    names.set(await drive.accountOf(who), who);
  return mail
    .filter(({ issueKey }) => issueKey === key)
    .map(({ recipients, subject }) => {
      const to = recipients.map((id) => names.get(id) ?? id).sort();
      return `${subject} → ${to.join(', ')}`;
    });
}

const refusal = async (work: () => Promise<unknown>): Promise<string> => {
  const { status, body } = await attempt(work);
  expect(status).toBe(400);
  return JSON.stringify(body);
};

test('disapproved, refused, settled, resubmitted, approved, executed, refused, recorded, closed', async () => {
  const key = await drive.propose({ 'Backout plan': 'Remove the rule again.' });
  expect(await waitingFor('reviewer')).toEqual([key]);
  expect(await waitingFor('owner')).toEqual([]);

  await drive.as('reviewer').move(key, 'Disapprove', {
    'Decision basis': 'The plan does not say how the old rule set comes back.',
    'Required actions': 'Describe the backout step by step @owner',
  });
  await drive.settle();
  expect(await waitingFor('owner')).toEqual([key]);
  expect(await waitingFor('reviewer')).toEqual([]);
  const refused = await refusal(() => drive.as('owner').move(key, 'Resubmit'));
  expect(refused).toMatch(/Describe the backout step by step/);
  expect(refused).toMatch(/who set it, may withdraw it/);

  await drive.as('owner').edit(key, { 'Backout plan': 'Load the exported rule set and probe the port.' });
  const [action] = (await drive.read(key, 'owner')).actions;
  expect(action).toMatchObject({ outcome: 'open', mayFinish: true, mayWithdraw: false });
  const settle = { decision: action?.decision, action: action?.action, outcome: 'done', note: 'Written.' };
  expect(await attempt(() => drive.as('implementer').invoke(key, 'action.settle', settle))).toMatchObject({
    status: 403,
  });
  await drive.as('owner').invoke(key, 'action.settle', settle);
  await drive.as('owner').move(key, 'Resubmit');
  await drive.settle();
  const again = await drive.read(key, 'reviewer');
  expect(again.decisions[0]?.editedSince).toMatchObject([
    {
      field: 'Backout plan',
      before: 'Remove the rule again.',
      after: 'Load the exported rule set and probe the port.',
    },
  ]);

  expect(await attempt(() => drive.as('authority').invoke(key, 'decision.ask'))).toMatchObject({ status: 403 });
  await drive.as('owner').invoke(key, 'decision.ask');
  expect(await attempt(() => drive.as('requester').invoke(key, 'decision.ask'))).toMatchObject({
    status: 409,
    body: { code: 'asked-already' },
  });
  expect(await notices(key)).toEqual([
    `${key}: your decision is asked for → authority, authority2, msp, reviewer, reviewer2`,
  ]);

  await drive.as('reviewer').decide(key, 'approved', 'The plan works now.');
  await drive.as('authority').decide(key, 'approved', 'Agreed.');
  await drive.as('owner').edit(key, { Scope: 'One rule on the enclave firewall, logged.' });
  await drive.settle();
  await drive.as('reviewer').decide(key, 'approved', 'Still fine.');
  await drive.as('authority').move(key, 'Approve');
  await drive.settle();
  expect((await notices(key)).slice(1)).toEqual([`${key}: edited after it was approved → authority, owner, reviewer`]);
  expect(await waitingFor('implementer')).toEqual([key]);

  await drive.clock('2026-03-02T12:00:00Z');
  await drive.as('implementer').move(key, 'Execute');
  await drive.settle();
  expect(await refusal(() => drive.as('owner').move(key, 'Close'))).toMatch(/implementation record is missing/);

  const record = {
    startedAt: '2026-03-02T11:00:00.000Z',
    endedAt: '2026-03-02T11:30:00.000Z',
    outcome: 'as-planned',
    backoutUsed: false,
    verification: 'A transfer from the jump host works, from another host it is refused.',
    controlsSatisfied: true,
    verifiedBy: await drive.accountOf('owner'),
    verifiedAt: '2026-03-02T11:45:00.000Z',
    baselineUpdated: 'updated',
    inventoryUpdated: 'outstanding',
    planUpdated: 'not-needed',
  };
  const keep = (more: object) => drive.as('implementer').invoke(key, 'implementation.record', { ...record, ...more });
  for (const [wrong, code] of [
    [{ endedAt: '2026-03-02T10:00:00.000Z' }, 'times-inverted'],
    [{ endedAt: '2026-03-02T13:00:00.000Z', verifiedAt: '2026-03-02T13:00:00.000Z' }, 'in-the-future'],
    [{ verifiedAt: '2026-03-02T11:29:00.000Z' }, 'verified-too-early'],
    [{ verification: 'tbd' }, 'verification-missing'],
    [{ verifiedBy: 'nobody at all' }, 'unknown-verifier'],
    [{ inventoryUpdated: undefined }, 'invalid'],
  ] as const)
    expect(await attempt(() => keep(wrong))).toMatchObject({ status: 400, body: { code } });
  await keep({});
  await keep({});
  await keep({ inventoryUpdated: 'updated' });
  await drive.as('owner').move(key, 'Close');
  await drive.settle();
  const closed = await drive.read(key);
  expect(closed).toMatchObject({
    status: 'Closed',
    implementation: { inventoryUpdated: 'updated', verifiedBy: { name: expect.stringMatching(/./) as string } },
    earlierImplementations: [{ inventoryUpdated: 'outstanding' }],
    verdict: { exceptions: [] },
  });
  for (const who of ['owner', 'implementer', 'reviewer']) expect(await waitingFor(who)).toEqual([]);
});

test('the reviewers of an emergency are reminded once a stage, however often the hourly job runs', async () => {
  const key = await drive.propose({ 'Change type': 'Emergency', 'Change window end': '2026-04-03T20:00:00.000+0000' });
  await drive.as('emergency').move(key, 'Approve');
  await drive.settle();
  const decidedAt = Date.parse((await drive.read(key)).decisions[0]?.at ?? '');
  const counts: number[] = [];
  for (const hours of [30, 50, 50.5, 70, 73, 97]) {
    await drive.clock(new Date(decidedAt + hours * 3_600_000).toISOString());
    await drive.as('admin').request('POST', '/forge/scheduled/reconcile');
    await drive.as('admin').request('POST', '/forge/scheduled/reconcile');
    await drive.settle();
    counts.push((await notices(key)).length);
  }
  expect(counts).toEqual([0, 1, 1, 2, 3, 4]);
  const { rows } = (await drive.as('authority').request('POST', '/forge/invoke/change-register', {
    functionKey: 'register.read',
    payload: {},
    context: { projectKey: 'CHG' },
  })) as { rows: readonly { key: string; waitingForYou: readonly string[]; review: unknown }[] };
  expect(rows.find((row) => row.key === key)).toMatchObject({
    waitingForYou: ['review'],
    review: { overdue: true, people: expect.arrayContaining([expect.stringMatching(/./) as string]) as string[] },
  });
});
