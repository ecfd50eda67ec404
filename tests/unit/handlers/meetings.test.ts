import { onChangeJob } from '../../../src/handlers/change-job';
import { downloadPack } from '../../../src/handlers/packs/read';
import { startPack } from '../../../src/handlers/packs/start';
import { verifyPack } from '../../../src/pack/verify';
import { delegate, revokeDelegation } from '../../../src/handlers/acts/delegation';
import { settleCondition } from '../../../src/handlers/acts/condition';
import { decideInMeeting } from '../../../src/handlers/meetings/decide';
import { listMeetings, readMeetingFor } from '../../../src/handlers/meetings/read';
import { saveMeeting } from '../../../src/handlers/meetings/save';
import { readChange } from '../../../src/handlers/read-change';
import { recordDecision } from '../../../src/handlers/record-decision';
import { Refused } from '../../../src/handlers/refusal';
import type { ResolverCall, ResolverMethod } from '../../../src/handlers/resolver-call';
import { meetingChain } from '../../../src/ledger/keys';
import type { Ports } from '../../../src/ports/ports';
import { GOOD_CONTENT } from '../gate/scene';
import { PeopleSite } from './people-site';

const ID = 'meeting000001';
const RECORD = {
  id: ID,
  basedOn: 0,
  title: 'CAB of 2 March',
  heldAt: '2026-03-02T08:30:00.000Z',
  chair: 'olga',
  attendees: [
    { accountId: 'rita', role: 'security reviewer' },
    { accountId: 'cora', role: 'change authority' },
  ],
  agenda: ['CHG-7', 'CHG-70'],
  minutes: 'Both are ready.',
};

class Board extends PeopleSite {
  constructor() {
    super();
    for (const key of ['10007', '10070', 'CHG-7', 'CHG-70'])
      this.snapshots.set(key, { content: GOOD_CONTENT, creator: 'somebody', historyComplete: true });
  }
  readonly ports2: Ports = {
    ...this.app,
    jira: {
      ...this.app.jira,
      mayBrowse: (key) => Promise.resolve(this.changes.has(key)),
      mayEdit: (key) => Promise.resolve(this.changes.has(key)),
      findPerson: (text) => Promise.resolve({ accountId: text, displayName: text }),
      listChanges: () => Promise.resolve({ keys: ['CHG-7', 'CHG-70'], complete: true }),
    },
  };
  async ask<T = unknown>(method: ResolverMethod, who: string, payload: unknown, issueKey?: string): Promise<T> {
    const call: ResolverCall = { ...this.call(who, payload, issueKey), projectKey: 'CHG' };
    return (await method(this.ports2, call)) as T;
  }
  /** The code of the refusal, or 'done'. */
  async code(method: ResolverMethod, who: string, payload: unknown, issueKey?: string): Promise<string> {
    try {
      await this.ask(method, who, payload, issueKey);
      return 'done';
    } catch (failure) {
      if (failure instanceof Refused) return failure.refusal.code;
      throw failure;
    }
  }
}

const approve = (...keys: readonly string[]) => ({
  meeting: ID,
  decisions: keys.map((key) => ({ key, decision: 'approved', basis: 'Looked at it together.' })),
});

describe('the record of a meeting', () => {
  test('is saved once, however often it is sent, and each revision has one successor', async () => {
    const board = new Board();
    expect(await board.ask(saveMeeting, 'rita', RECORD)).toMatchObject({ revision: 1, chair: { name: 'Olga' } });
    expect(await board.ask(saveMeeting, 'rita', RECORD)).toMatchObject({ revision: 1 });
    expect(await board.entries(meetingChain(ID))).toHaveLength(1);
    expect(await board.code(saveMeeting, 'cora', { ...RECORD, minutes: 'Other.' })).toBe('not-in-force');
    const later = { ...RECORD, basedOn: 1, minutes: 'CHG-70 waits for the backup.' };
    expect(await board.ask(saveMeeting, 'olga', later)).toMatchObject({ revision: 2, minutes: later.minutes });
    expect(await board.ask(listMeetings, 'rita', {})).toMatchObject({
      meetings: [{ id: ID, title: RECORD.title, changes: 2, attendees: 2 }],
      maySave: true,
      waiting: [{ key: 'CHG-7' }, { key: 'CHG-70' }],
    });
  });

  const REFUSED: readonly (readonly [string, string, object, string])[] = [
    ['by somebody who neither decides nor chairs', 'adam', RECORD, 'not-eligible'],
    ['by the chair of a record that is not there yet', 'olga', RECORD, 'not-eligible'],
    ['by an app', 'bot', RECORD, 'not-eligible'],
    ['with a change that nobody may see', 'rita', { ...RECORD, agenda: ['CHG-999'] }, 'unknown-change'],
    ['with a change of another project', 'rita', { ...RECORD, agenda: ['OPS-1'] }, 'unknown-change'],
    ['with an attendee whom Jira does not know', 'rita', { ...RECORD, chair: 'nobody' }, 'unknown-person'],
    ['with an app as an attendee', 'rita', { ...RECORD, chair: 'bot' }, 'unknown-person'],
    ['with a marking in it', 'rita', { ...RECORD, minutes: 'CUI//SP-CTI\nThe drawing.' }, 'marking-found'],
    ['without an agenda', 'rita', { ...RECORD, agenda: [] }, 'invalid'],
    ['based on a revision that is not there', 'rita', { ...RECORD, basedOn: 4 }, 'not-in-force'],
  ];
  test.each(REFUSED)('is not saved %s', async (_, who, payload, code) => {
    const board = new Board();
    expect(await board.code(saveMeeting, who, payload)).toBe(code);
    expect(await board.entries(meetingChain(ID))).toEqual([]);
  });

  test('one of two who save at once is refused, and nothing of the other is lost', async () => {
    const board = new Board();
    const saves = ['A', 'B', 'C'].map((minutes) => board.code(saveMeeting, 'rita', { ...RECORD, minutes }));
    expect((await Promise.all(saves)).sort()).toEqual(['done', 'not-in-force', 'not-in-force']);
    expect(await board.entries(meetingChain(ID))).toHaveLength(1);
  });
});

describe('decisions taken in a meeting', () => {
  const held = async (also: object = {}): Promise<Board> => {
    const board = new Board();
    await board.ask(saveMeeting, 'rita', { ...RECORD, ...also });
    return board;
  };

  test('are each attendee’s own, one result a row, and twice is once', async () => {
    const board = await held();
    expect(await board.ask(decideInMeeting, 'rita', approve('CHG-7', 'OPS-1', 'CHG-70'))).toMatchObject({
      rows: [
        { key: 'CHG-7', outcome: 'recorded' },
        { key: 'OPS-1', outcome: 'refused', refusal: { code: 'not-on-agenda' } },
        { key: 'CHG-70', outcome: 'recorded' },
      ],
    });
    expect(await board.ask(readMeetingFor, 'rita', { meeting: ID })).toMatchObject({
      agenda: [{ open: false, needs: 'one change authority' }, { open: false }],
    });
    expect(await board.ask(decideInMeeting, 'rita', approve('CHG-7', 'CHG-70'))).toMatchObject({
      rows: [{ outcome: 'recorded-before' }, { outcome: 'recorded-before' }],
    });
    await board.ask(decideInMeeting, 'cora', approve('CHG-7'));
    const entries = await board.entries('10007');
    expect(
      entries.flatMap(({ entry }) => (entry.kind === 'decision' ? [[entry.body.meeting, entry.body.roles]] : [])),
    ).toEqual([
      [ID, ['security-reviewer']],
      [ID, ['change-authority']],
    ]);
    expect(await board.ask(readMeetingFor, 'olga', { meeting: ID })).toMatchObject({
      attends: false,
      maySave: true,
      agenda: [
        { key: 'CHG-7', open: true, decisions: [{ by: 'Rita' }, { by: 'Cora' }] },
        { key: 'CHG-70', open: false },
      ],
    });
  });

  test('nothing opens on the chair’s word, nor for an app, nor before it begins', async () => {
    const board = await held({ attendees: [...RECORD.attendees, { accountId: 'olga', role: 'chair' }] });
    expect(await board.code(decideInMeeting, 'adam', approve('CHG-7'))).toBe('not-attending');
    expect(await board.code(decideInMeeting, 'bot', approve('CHG-7'))).toBe('not-attending');
    expect(await board.ask(decideInMeeting, 'olga', approve('CHG-7'))).toMatchObject({
      rows: [{ outcome: 'refused', refusal: { code: 'not-eligible' } }],
    });
    const later = await held({ heldAt: '2026-03-02T09:00:00.001Z' });
    expect(await later.code(decideInMeeting, 'rita', approve('CHG-7'))).toBe('not-begun');
    expect(await later.code(decideInMeeting, 'rita', { ...approve('CHG-7'), meeting: 'anothermeeting' })).toBe(
      'unknown-meeting',
    );
  });
});

test('the pack of a change brings the record of the meeting, every save, and verifies', async () => {
  const board = new Board();
  await board.ask(saveMeeting, 'rita', RECORD);
  await board.ask(decideInMeeting, 'rita', approve('CHG-7'));
  await board.ask(saveMeeting, 'rita', { ...RECORD, basedOn: 1, minutes: 'CHG-7 is ready, CHG-70 is not.' });
  const { id: pack } = await board.ask<{ id: string }>(startPack, 'rita', {}, 'CHG-7');
  for (let job = board.queue.shift(); job !== undefined; job = board.queue.shift())
    await onChangeJob(board.ports2, job);
  const { base64 } = await board.ask<{ base64: string }>(downloadPack, 'rita', { pack, part: 0 }, 'CHG-7');
  const { breaks, checks } = verifyPack(Buffer.from(base64, 'base64'));
  expect(breaks).toEqual([]);
  expect(checks.find(({ name }) => name === 'meetings')).toMatchObject({
    ok: true,
    detail: '1 record of meetings, 2 entries',
  });
});

describe('a say handed over, on a site', () => {
  const handOver = { to: 'olga', role: 'security-reviewer', until: null, basis: 'Away until Monday.' };
  const sign = (delegation?: number) => ({ decision: 'approved', basis: 'Looked at it.', delegation });

  test('from the hand-over to the open change, and the end of it', async () => {
    const board = new Board();
    const { change } = await board.ask<{ change: { delegations: { seq: number }[] } }>(
      delegate,
      'rita',
      handOver,
      'CHG-7',
    );
    const seq = change.delegations[0]?.seq ?? -1;
    expect(await board.ask(readChange, 'olga', {}, 'CHG-7')).toMatchObject({
      mayDecide: { allowed: true, onBehalf: [{ delegation: seq, of: 'Rita', role: 'security reviewer' }] },
    });
    expect(await board.code(recordDecision, 'olga', sign(), 'CHG-7')).toBe('not-eligible');
    expect(await board.code(recordDecision, 'cora', sign(seq), 'CHG-7')).toBe('not-delegated');
    expect(await board.ask(recordDecision, 'olga', sign(seq), 'CHG-7')).toMatchObject({
      decision: { by: { name: 'Olga' }, onBehalfOf: { name: 'Rita' }, countsFor: 'security reviewer' },
    });
    expect(await board.ask(recordDecision, 'cora', sign(), 'CHG-7')).toMatchObject({
      change: { verdict: { open: true } },
    });
    expect(await board.code(revokeDelegation, 'cora', { delegation: seq, reason: 'x' }, 'CHG-7')).toBe('not-yours');
    expect(await board.code(revokeDelegation, 'rita', { delegation: seq, reason: 'Back.' }, 'CHG-7')).toBe('done');
    expect(await board.code(recordDecision, 'olga', { ...sign(seq), basis: 'Again.' }, 'CHG-7')).toBe('not-delegated');
    expect(await board.ask(readChange, 'cora', {}, 'CHG-7')).toMatchObject({ verdict: { open: true } });
  });

  const REFUSED: readonly (readonly [string, string, object, string])[] = [
    ['by somebody without a say', 'olga', { ...handOver, to: 'adam' }, 'not-eligible'],
    ['for a role one does not hold', 'rita', { ...handOver, role: 'change-authority' }, 'not-eligible'],
    ['to oneself', 'rita', { ...handOver, to: 'rita' }, 'not-a-delegate'],
    ['to an app', 'rita', { ...handOver, to: 'bot' }, 'not-a-delegate'],
    ['to nobody', 'rita', { ...handOver, to: 'nobody' }, 'not-a-delegate'],
    ['into the past', 'rita', { ...handOver, until: '2026-03-01T00:00:00.000Z' }, 'until-past'],
  ];
  test.each(REFUSED)('is not handed over %s', async (_, who, payload, code) => {
    expect(await new Board().code(delegate, who, payload, 'CHG-7')).toBe(code);
  });
});

test('an approval on a condition opens once it is met, said by those who may say it', async () => {
  const board = new Board();
  const conditional = { decision: 'approved', basis: 'Looked at it.', conditions: 'With the backup of tonight.' };
  const { decision } = await board.ask<{ decision: { seq: number } }>(recordDecision, 'rita', conditional, 'CHG-7');
  await board.ask(recordDecision, 'cora', { decision: 'approved', basis: 'Fine.' }, 'CHG-7');
  expect(await board.ask(readChange, 'cora', {}, 'CHG-7')).toMatchObject({
    verdict: { open: false, decided: true, reasons: [{ code: 'condition-open' }] },
  });
  const met = { decision: decision.seq, outcome: 'met', note: '' };
  expect(await board.code(settleCondition, 'olga', met, 'CHG-7')).toBe('not-eligible');
  expect(await board.code(settleCondition, 'cora', { ...met, outcome: 'waived' }, 'CHG-7')).toBe('not-yours');
  expect(await board.ask(settleCondition, 'cora', met, 'CHG-7')).toMatchObject({ change: { verdict: { open: true } } });
  expect(await board.code(settleCondition, 'cora', met, 'CHG-7')).toBe('unknown-condition');
});
