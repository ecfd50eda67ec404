/** The rest of the main job over HTTP: fields, content binding, moves, evidence, packs. */
import { startSite, type RunningSite } from '../running-site';
import {
  commitIds,
  deliver,
  deployment,
  deploymentStatus,
  pullRequest,
  push,
  review,
  workflowRun,
} from '../seed/github';
import { work } from '../seed/requests';
import { attempt, Drive } from './drive';

let site: RunningSite;
let drive: Drive;

beforeAll(async () => {
  site = await startSite();
  drive = new Drive(site.base);
}, 180_000);

afterAll(() => site.stop());

const messagesOf = (body: unknown): string => JSON.stringify(body);

async function approved(overrides = {}): Promise<string> {
  const key = await drive.propose(overrides);
  await drive.as('reviewer').decide(key, 'approved', 'One managed source, one port, logged.');
  await drive.as('authority').move(key, 'Approve');
  await drive.settle();
  return key;
}

describe('required fields', () => {
  const INADEQUATE = {
    'Backout plan': 'N/A',
    'Test plan': 'tbd',
    Scope: ' none. ',
    'Impacted CUI systems': [],
    Justification: 'Allow SFTP from the jump host',
  };

  it('Approve names every inadequate field at once, in the words of the screen, and changes nothing', async () => {
    const key = await drive.propose({ ...INADEQUATE, 'Change window start': undefined });
    const id = await drive.transitionId(key, 'Approve', 'authority');
    const refused = await attempt(() =>
      drive.as('authority').request('POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id } }),
    );
    expect(refused.status).toBe(400);
    for (const name of [...Object.keys(INADEQUATE), 'Change window start'])
      expect(messagesOf(refused.body)).toContain(name);
    expect(await drive.statusOf(key)).toBe('Proposed');
    expect((await drive.read(key)).decisions).toEqual([]);
  });

  it('the panel refuses the sign-off with the same names', async () => {
    const key = await drive.propose(INADEQUATE);
    const refused = await attempt(() => drive.as('reviewer').decide(key, 'approved', 'Fine.'));
    expect(refused).toMatchObject({ status: 409, body: { code: 'fields-inadequate' } });
    for (const name of Object.keys(INADEQUATE)) expect(messagesOf(refused.body)).toContain(name);
  });

  it('a value on the transition screen counts: the analysis written while approving', async () => {
    const key = await drive.propose({
      'Impacted CUI systems': ['None: no CUI system is touched'],
      'Security impact analysis': undefined,
    });
    await expect(drive.as('authority').move(key, 'Approve')).rejects.toMatchObject({ status: 400 });
    await drive
      .as('authority')
      .move(key, 'Approve', { 'Security impact analysis': 'No system of the enclave is touched.' });
    await drive.settle();
    const view = await drive.read(key);
    expect(view).toMatchObject({ status: 'Approved', verdict: { open: true } });
    expect(view.decisions).toMatchObject([{ valid: true, via: 'transition' }]);
  });

  it('another controlled field on the Approve screen is refused: edit first, then approve', async () => {
    const key = await drive.propose({ 'Impacted CUI systems': ['None: no CUI system is touched'] });
    const refused = await attempt(() =>
      drive.as('authority').move(key, 'Approve', { 'Backout plan': 'Another plan altogether.' }),
    );
    expect(refused.status).toBe(400);
    expect(messagesOf(refused.body)).toContain('Backout plan');
    expect(await drive.statusOf(key)).toBe('Proposed');
  });
});

describe('two deciders', () => {
  it('Approve by the first is refused, names who is missing and the panel, and records nothing', async () => {
    const key = await drive.propose();
    const refused = await attempt(() => drive.as('reviewer').move(key, 'Approve'));
    expect(refused.status).toBe(400);
    expect(messagesOf(refused.body)).toMatch(/change authority/);
    expect(messagesOf(refused.body)).toMatch(/panel/);
    await drive.settle();
    expect(await drive.read(key)).toMatchObject({ status: 'Proposed', decisions: [] });
  });

  it('two sign-offs open it while the status is still Proposed; Approve is then a move and no third decision', async () => {
    const key = await drive.propose();
    await drive.as('reviewer').decide(key, 'approved', 'Logged and reviewed weekly.');
    await drive.as('authority').decide(key, 'approved', 'Needed for the patch process.');
    expect(await drive.read(key)).toMatchObject({ status: 'Proposed', verdict: { open: true, decided: true } });
    await drive.as('authority2').move(key, 'Approve');
    await drive.settle();
    const view = await drive.read(key);
    expect(view.status).toBe('Approved');
    expect(view.decisions).toHaveLength(2);
    expect(view.verdict.exceptions).toEqual([]);
  });

  it('the same decision twice, also at the same time, is recorded once', async () => {
    const key = await drive.propose();
    const once = () => drive.as('reviewer').decide(key, 'approved', 'Read it.');
    await Promise.all([once(), once(), once()]);
    await once();
    expect((await drive.read(key)).decisions).toHaveLength(1);
  });

  it('two people at the same time are both recorded, in some order', async () => {
    const key = await drive.propose();
    await Promise.all([
      drive.as('reviewer').decide(key, 'approved', 'Security agrees.'),
      drive.as('authority').decide(key, 'approved', 'The board agrees.'),
    ]);
    const view = await drive.read(key);
    expect(view.decisions).toHaveLength(2);
    expect(view).toMatchObject({ verdict: { open: true }, ledger: { intact: true } });
  });

  it('one decider is enough when no CUI system is touched', async () => {
    const key = await drive.propose({ 'Impacted CUI systems': ['None: no CUI system is touched'] });
    await drive.as('reviewer2').decide(key, 'approved', 'Office printers only.');
    expect((await drive.read(key)).verdict.open).toBe(true);
  });

  it('Unknown counts as a CUI system', async () => {
    const key = await drive.propose({ 'Impacted CUI systems': ['Unknown'] });
    await drive.as('reviewer2').decide(key, 'approved', 'Probably harmless.');
    expect((await drive.read(key)).verdict.open).toBe(false);
  });
});

describe('a decision binds to content', () => {
  it('a later edit of a controlled field voids it, visibly, also when it is edited back', async () => {
    const key = await approved();
    expect((await drive.read(key)).verdict.open).toBe(true);
    const before = (await drive.complete())['Scope'];
    await drive.as('owner').edit(key, { Scope: 'Any source.' });
    await drive.settle();
    const voided = await drive.read(key);
    expect(voided.verdict.open).toBe(false);
    expect(voided.verdict.reasons.map(({ code }) => code)).toContain('voided');
    expect(
      voided.decisions.every(
        ({ valid, editedSince }) =>
          !valid && editedSince.some(({ field, after }) => field === 'Scope' && after.includes('Any source')),
      ),
    ).toBe(true);
    await drive.as('owner').edit(key, { Scope: before });
    await drive.settle();
    expect((await drive.read(key)).verdict.open).toBe(false);
  });

  it('a comment or a label does not void it', async () => {
    const key = await approved();
    await drive.as('owner').comment(key, 'Ticket with the provider: 4711.');
    await drive.settle();
    expect((await drive.read(key)).verdict.open).toBe(true);
  });

  it('a decider who becomes the assignee afterwards decided their own change: it closes', async () => {
    const key = await approved();
    await drive.as('admin').edit(key, { Assignee: await drive.accountOf('authority') });
    await drive.settle();
    expect((await drive.read(key)).verdict.open).toBe(false);
  });

  it('Resubmit from Approved is refused unless the decision is void, and voids what came before', async () => {
    const key = await approved();
    expect((await attempt(() => drive.as('owner').move(key, 'Resubmit'))).status).toBe(400);
    await drive.as('owner').edit(key, { Scope: 'Two rules on the enclave firewall.' });
    await drive.settle();
    await drive.as('owner').move(key, 'Resubmit');
    await drive.settle();
    expect(await drive.read(key)).toMatchObject({ status: 'Proposed', verdict: { open: false } });
  });
});

describe('disapproving', () => {
  it('with the transition needs a basis and a required action with an owner', async () => {
    const key = await drive.propose();
    for (const fields of [
      {},
      { 'Decision basis': 'Too wide.' },
      { 'Decision basis': 'Too wide.', 'Required actions': 'Narrow it down' },
    ]) {
      expect((await attempt(() => drive.as('reviewer').move(key, 'Disapprove', fields))).status).toBe(400);
    }
    await drive
      .as('reviewer')
      .move(key, 'Disapprove', { 'Decision basis': 'Too wide.', 'Required actions': 'Narrow the source down @owner' });
    await drive.settle();
    const view = await drive.read(key);
    expect(view).toMatchObject({ status: 'Disapproved', verdict: { open: false } });
    expect(view.decisions).toMatchObject([
      {
        decision: 'disapproved',
        basis: 'Too wide.',
        requiredActions: [{ what: 'Narrow the source down', owner: { accountId: await drive.accountOf('owner') } }],
      },
    ]);
  });

  it('in the panel closes an approved change at once, without moving it', async () => {
    const key = await approved();
    const owner = await drive.accountOf('owner');
    expect(await attempt(() => drive.as('reviewer2').decide(key, 'disapproved', 'The scan shows more.'))).toMatchObject(
      { status: 400 },
    );
    await drive
      .as('reviewer2')
      .decide(key, 'disapproved', 'The scan shows more.', [{ what: 'Repeat the scan', owner }]);
    expect(await drive.read(key)).toMatchObject({ status: 'Approved', verdict: { open: false } });
  });

  it('a withdrawn decision no longer counts; deciding elsewhere than in Proposed, Approved or Scheduled is 409', async () => {
    const key = await approved();
    await drive.as('authority').decide(key, 'withdrawn', 'I have to look again.');
    expect((await drive.read(key)).verdict.open).toBe(false);
    const other = await drive.propose();
    await drive.as('requester').move(other, 'Withdraw');
    await drive.settle();
    expect(await attempt(() => drive.as('reviewer').decide(other, 'approved', 'Too late.'))).toMatchObject({
      status: 409,
    });
  });
});

/** What was done, inside the window and after the approval. */
const DONE = {
  startedAt: '2026-03-02T11:00:00.000Z',
  endedAt: '2026-03-02T11:30:00.000Z',
  outcome: 'as-planned',
  backoutUsed: false,
  verification: 'A transfer from the jump host works, from another host it is refused.',
  controlsSatisfied: true,
  verifiedAt: '2026-03-02T11:45:00.000Z',
  baselineUpdated: 'updated',
  inventoryUpdated: 'not-needed',
  planUpdated: 'not-needed',
};

describe('moves', () => {
  it('Schedule and Execute need an open verdict, Execute also the window', async () => {
    const key = await approved();
    await drive.as('owner').move(key, 'Schedule');
    await drive.settle();
    await drive.clock('2026-03-04T09:00:00Z');
    expect((await attempt(() => drive.as('implementer').move(key, 'Execute'))).status).toBe(400);
    await drive.clock('2026-03-02T12:00:00Z');
    await drive.as('implementer').move(key, 'Execute');
    const early = await attempt(() => drive.as('owner').move(key, 'Close'));
    expect(early.status).toBe(400);
    expect(JSON.stringify(early.body)).toContain('implementation record is missing');
    await drive.as('implementer').invoke(key, 'implementation.record', {
      ...DONE,
      verifiedBy: await drive.accountOf('owner'),
    });
    await drive.as('owner').move(key, 'Close');
    await drive.settle();
    const view = await drive.read(key);
    expect(view).toMatchObject({ status: 'Closed', verdict: { open: false, exceptions: [] } });
    expect(view.verdict.reasons.map(({ code }) => code)).toContain('change-closed');
  });

  it('an approval that the app never heard of opens nothing, is an exception, and the same person can confirm it', async () => {
    const key = await drive.propose({ 'Impacted CUI systems': ['None: no CUI system is touched'] });
    await drive.faults({ events: { drop: 1 } });
    await drive.as('authority').move(key, 'Approve');
    await drive.settle();
    await drive.faults({});
    const view = await drive.read(key, 'authority');
    expect(view).toMatchObject({ status: 'Approved', verdict: { open: false } });
    expect(view.verdict.exceptions).toContainEqual(
      expect.objectContaining({ code: 'moved-no-decision', mayConfirm: true }),
    );
    await drive.as('authority').decide(key, 'approved', 'It was me, and I meant it.');
    expect((await drive.read(key)).verdict.open).toBe(true);
  });

  it('only the requester or the owner may withdraw the change', async () => {
    const key = await drive.propose();
    expect(await drive.offered(key, 'reviewer')).not.toContain('Withdraw');
    expect(await drive.offered(key, 'implementer')).not.toContain('Withdraw');
    expect(await drive.offered(key, 'owner')).toContain('Withdraw');
    await drive.as('requester').move(key, 'Withdraw');
    expect(await drive.statusOf(key)).toBe('Withdrawn');
  });
});

describe('evidence', () => {
  it('comes in once, however often it is delivered, and CHG-70 never links CHG-7', async () => {
    const key = await drive.propose();
    const done = work(key, 'enclave-firewall', 'sftp', 41, 'allow SFTP', ['add the rule', 'log the rule']);
    const at = new Date('2026-03-02T09:30:00Z');
    const deliveries = [
      ['push', push(done, at)],
      ['pull_request', pullRequest(done, at, 'opened')],
      ['pull_request', pullRequest(done, at, 'closed')],
      ['pull_request_review', review(done, at, 'approved')],
      ['workflow_run', workflowRun(done, at, 'success')],
      ['deployment', deployment(done, at)],
      ['deployment_status', deploymentStatus(done, at, 'success')],
    ] as const;
    for (const [event, payload] of deliveries) expect(await deliver(site.base, event, payload)).toBe(202);
    for (const [event, payload] of deliveries) expect(await deliver(site.base, event, payload)).toBe(200);
    await deliver(site.base, 'push', push(work(`${key}0`, 'other', 'branch', 1, 'other', ['not this change']), at));
    await drive.settle();
    const { evidence } = await drive.read(key);
    const kinds = evidence.map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['commit', 'commit', 'deployment', 'deployment-status', 'pull-request', 'review', 'run']);
    expect(
      evidence
        .filter(({ kind }) => kind === 'commit')
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...commitIds(done)].sort());
  });

  it('is refused with a wrong signature and leaves no entry', async () => {
    const key = await drive.propose();
    const done = work(key, 'enclave-firewall', 'x', 2, 'x', ['x']);
    expect(await deliver(site.base, 'push', push(done, new Date('2026-03-02T09:30:00Z')), 'wrong')).toBe(401);
    await drive.settle();
    expect((await drive.read(key)).evidence).toEqual([]);
  });
});

it('a marking blocks the export until a named person clears it with a reason', async () => {
  const key = await drive.propose({ Description: 'Pasted from the mail.\nCUI//SP-CTI\nIndex of drawings.' });
  const refused = await attempt(() => drive.as('auditor').invoke(key, 'pack.start'));
  expect(refused).toMatchObject({ status: 409, body: { code: 'marking-uncleared' } });
  for (const { finding } of (await drive.read(key)).markings) {
    await drive
      .as('owner')
      .invoke(key, 'marking.clear', { finding, reason: 'A heading of the index; no controlled content.' });
  }
  await drive.as('auditor').invoke(key, 'pack.start');
});

it('the validator makes at most three Jira REST calls, also on a long history, and two reads of storage', async () => {
  const key = await drive.propose();
  for (let i = 0; i < 110; i += 1) await drive.as('admin').edit(key, { Description: `Revision ${i}` });
  await drive.settle();
  await attempt(() => drive.as('authority').move(key, 'Approve'));
  const meter = (await drive.as('admin').request('GET', '/forge/meter')) as {
    handlers: Record<string, { last?: { jiraCalls: number; kvsReadCalls: number } }>;
  };
  const calls = JSON.stringify(meter);
  expect(calls).toContain('validate-change');
  const last = meter.handlers['validate-change']?.last?.jiraCalls;
  expect(last).toBeGreaterThan(0);
  expect(last).toBeLessThanOrEqual(3);
  // This ledger has an entry for each edit. A typical one, signed once, takes two reads: a batch of up to 25 keys is one,
  // as it is one request to Forge.
  const typical = await drive.propose();
  await drive.as('reviewer').decide(typical, 'approved', 'One managed source, one port, logged.');
  expect((await attempt(() => drive.as('authority').move(typical, 'Approve'))).status).toBe(200);
  const { handlers } = (await drive.as('admin').request('GET', '/forge/meter')) as typeof meter;
  const { jiraCalls, kvsReadCalls } = handlers['validate-change']?.last ?? {};
  expect({ jiraCalls, kvsReadCalls }).toEqual({ jiraCalls: 1, kvsReadCalls: 2 });
}, 120_000);
