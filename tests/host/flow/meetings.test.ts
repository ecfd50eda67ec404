/** A change board on a running site: decisions in a meeting, for somebody else, with an outside provider, on a condition. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MeetingDecided, MeetingView } from '../../../src/contract/meetings';
import type { PolicyView } from '../../../src/contract/policy';
import { run } from '../../../src/cli/arguments';
import { startSite, type RunningSite } from '../running-site';
import { attempt, Drive } from './drive';

const MEETING = 'board00000001';
let site: RunningSite;
let drive: Drive;

beforeAll(async () => {
  site = await startSite();
  drive = new Drive(site.base);
}, 180_000);

afterAll(() => site.stop());

const invoke = (
  module: string,
  functionKey: string,
  payload: unknown,
  as: string,
  context: unknown,
): Promise<unknown> => drive.as(as).request('POST', `/forge/invoke/${module}`, { functionKey, payload, context });
const board = (functionKey: string, payload: unknown, as: string): Promise<unknown> =>
  invoke('change-register', functionKey, payload, as, { projectKey: 'CHG' });
const approve = (key: string, as: string, also: object = {}): Promise<unknown> =>
  drive.as(as).invoke(key, 'decision.record', { decision: 'approved', basis: 'One port, logged.', ...also });
const open = async (key: string): Promise<boolean> => (await drive.read(key)).verdict.open;
const codes = async (key: string): Promise<readonly string[]> =>
  (await drive.read(key)).verdict.reasons.map(({ code }) => code);

it('a board decides on three changes at once, each attendee for themselves, and the pack has its record', async () => {
  const keys = [
    await drive.propose(),
    await drive.propose(),
    await drive.propose({ 'Change owner': await drive.accountOf('reviewer') }),
  ];
  const [first = '', second = '', own = ''] = keys;
  const record = {
    id: MEETING,
    basedOn: 0,
    title: 'Change board of 2 March',
    heldAt: '2026-03-02T08:45:00.000Z',
    chair: await drive.accountOf('authority'),
    attendees: [
      { accountId: await drive.accountOf('reviewer'), role: 'security reviewer' },
      { accountId: await drive.accountOf('authority'), role: 'change authority' },
    ],
    agenda: keys,
    minutes: 'The port is needed; the flow is logged.',
  };
  expect((await board('meeting.save', record, 'authority')) as MeetingView).toMatchObject({ revision: 1 });
  const decide = async (as: string) =>
    (
      (await board(
        'meeting.decide',
        {
          meeting: MEETING,
          decisions: keys.map((key) => ({ key, decision: 'approved', basis: 'Looked at it together.' })),
        },
        as,
      )) as MeetingDecided
    ).rows;
  expect(await decide('reviewer')).toMatchObject([
    { key: first, outcome: 'recorded' },
    { key: second, outcome: 'recorded' },
    { key: own, outcome: 'refused', refusal: { code: 'own-change' } },
  ]);
  expect(await open(first)).toBe(false);
  expect((await decide('authority')).map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'recorded']);
  expect((await decide('authority')).map(({ outcome }) => outcome)).toEqual(Array(3).fill('recorded-before'));
  expect([await open(first), await open(second), await open(own)]).toEqual([true, true, false]);
  expect((await attempt(() => decide('reviewer2'))).status).toBe(403);

  const authorization = `Basic ${Buffer.from('auditor:local').toString('base64')}`;
  const pack = await fetch(`${site.base}/forge/pack/${first}`, { method: 'POST', headers: { authorization } });
  const file = join(mkdtempSync(join(tmpdir(), 'board-')), 'pack.zip');
  writeFileSync(file, Buffer.from(await pack.arrayBuffer()));
  const { exitCode, output } = await run(['verify', file]);
  expect(exitCode).toBe(0);
  expect(output).toMatch(/ok +meetings +1 record of meetings, 1 entry/);
});

it('a say that was handed over is one say, whoever uses it', async () => {
  const key = await drive.propose();
  const { change } = (await drive.as('reviewer').invoke(key, 'delegation.record', {
    to: await drive.accountOf('reviewer2'),
    role: 'security-reviewer',
    until: null,
    basis: 'Away until Monday.',
  })) as { change: { delegations: { seq: number }[] } };
  const delegation = change.delegations[0]?.seq ?? -1;
  await approve(key, 'reviewer2', { delegation });
  await approve(key, 'reviewer');
  expect((await drive.read(key)).verdict).toMatchObject({ open: false, needs: { missing: 1 } });
  await approve(key, 'authority');
  expect(await open(key)).toBe(true);
});

it('an approval on a condition opens once somebody says that it is met', async () => {
  const key = await drive.propose();
  await approve(key, 'reviewer', { conditions: 'After the backup of tonight.' });
  await approve(key, 'authority');
  expect(await codes(key)).toEqual(['condition-open']);
  const decision = (await drive.read(key)).decisions[0]?.seq ?? -1;
  await drive.as('authority').invoke(key, 'condition.settle', { decision, outcome: 'met', note: 'Restored it.' });
  expect(await open(key)).toBe(true);
});

it('with two organisations required two of one do not open, one of each do, and not once the provider’s time is over', async () => {
  const ask = (functionKey: string, payload: unknown = {}) =>
    invoke('change-control-admin', functionKey, payload, 'admin', {});
  const { version, policy } = (await ask('policy.read')) as PolicyView;
  const outsideProvider = {
    organisation: 'Acme MSP',
    group: 'msp-acme',
    groupId: null,
    until: '2026-03-02T12:00:00.000Z',
    required: true,
  };
  await ask('policy.save', {
    basedOn: version,
    policy: { ...policy, outsideProvider },
    reason: 'Two of us are not enough.',
  });
  const [key, late] = [await drive.propose(), await drive.propose()];
  await approve(key, 'reviewer');
  await approve(key, 'authority');
  expect(await open(key)).toBe(false);
  await approve(key, 'msp');
  expect(await open(key)).toBe(true);
  await approve(late, 'reviewer');
  await drive.clock('2026-03-02T12:00:01Z');
  expect((await attempt(() => approve(late, 'msp'))).status).toBe(403);
  await approve(late, 'authority');
  expect(await open(late)).toBe(false);
});
