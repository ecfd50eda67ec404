/** Records of meetings in packs: which part is taken, what does not hold in one, and what a report says of them. */
import { judge } from '../../../src/gate/judge';
import { appendEntries, readLedger } from '../../../src/ledger/append';
import { commit } from '../../../src/ledger/commitment';
import type { EntryBodies, StoredEntry } from '../../../src/ledger/entry';
import { sha256Hex } from '../../../src/ledger/hash';
import { assemblePack, type PackFile } from '../../../src/pack/assemble';
import { factsOf } from '../../../src/pack/facts';
import { FILES } from '../../../src/pack/files';
import { meetingBreaks, meetingRows, meetingText, saveInForce, type MeetingPart } from '../../../src/pack/meetings';
import { particulars } from '../../../src/pack/report/decision-particulars';
import { processSection } from '../../../src/pack/report/process-section';
import { verifyFiles } from '../../../src/pack/verify';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { fileOf, resealed } from '../../golden/bytes';
import { goldenInput } from '../../golden/input';
import { FakeStore } from '../../fakes/store';
import { id, NOW, Scene } from '../gate/scene';

const MEETING = 'meeting000001';

let part: MeetingPart;
let files: PackFile[];
beforeAll(async () => {
  const input = await goldenInput();
  const [first] = input.meetings ?? [];
  if (first === undefined) throw new Error('the golden pack has a meeting');
  part = first;
  files = assemblePack(input);
});

const altered = (stored: StoredEntry, body: Partial<EntryBodies['meeting-saved']>): StoredEntry =>
  ({ ...stored, entry: { ...stored.entry, body: { ...stored.entry.body, ...body } } }) as StoredEntry;

describe('what does not hold in the record of a meeting', () => {
  const CASES: readonly (readonly [string, (part: MeetingPart) => MeetingPart, string])[] = [
    ['no entry at all', (one) => ({ ...one, entries: [] }), 'nothing is recorded of it'],
    ['no first save', (one) => ({ ...one, entries: one.entries.slice(1) }), 'stands where entry 0 belongs'],
    [
      'an altered agenda',
      (one) => ({
        ...one,
        entries: one.entries.map((stored, i) => (i === 0 ? altered(stored, { agenda: [] }) : stored)),
      }),
      'is not the hash of the entry before it',
    ],
    [
      'an altered revision of the newest',
      (one) => ({
        ...one,
        entries: one.entries.map((stored, i) => (i === 1 ? altered(stored, { revision: 3 }) : stored)),
      }),
      'is not its revision 2',
    ],
    [
      'another meeting’s record',
      (one) => ({ ...one, meeting: 'meeting000002' }),
      'is of the chain meeting-meeting000001',
    ],
    ['what was broken at export', (one) => ({ ...one, breaksAtExport: ['entry 1: gone'] }), 'did not hold together'],
  ];
  test.each(CASES)('%s', (_, change, sentence) => {
    expect(meetingBreaks(part)).toEqual([]);
    expect(meetingBreaks(change(part)).join('\n')).toContain(sentence);
  });

  test('the newest entry left out or altered is found by nothing of its own chain, and by the manifests', () => {
    expect(meetingBreaks({ ...part, entries: part.entries.slice(0, 1) })).toEqual([]);
    const shorter = { meetings: [{ meeting: MEETING, entries: [], breaksAtExport: [] }] };
    const forged = files.map((file) =>
      file.name === FILES.meetings ? { ...file, bytes: Buffer.from(JSON.stringify(shorter)) } : file,
    );
    expect(verifyFiles(forged).ok).toBe(false);
    expect(verifyFiles(resealed(forged)).breaks).toContainEqual(
      expect.objectContaining({ check: 'meetings', sentence: `meeting ${MEETING}: nothing is recorded of it` }),
    );
  });

  test.each([
    '{',
    '[]',
    '{"meetings": [{"meeting": 1}]}',
    '{"meetings": [{"meeting": "m", "entries": [1], "breaksAtExport": []}]}',
  ])('a file that is none: %s', (text) => {
    const forged = files.map((file) => (file.name === FILES.meetings ? { ...file, bytes: Buffer.from(text) } : file));
    expect(verifyFiles(resealed(forged)).breaks).toContainEqual(
      expect.objectContaining({ file: FILES.meetings, check: 'meetings' }),
    );
  });

  test('a file of meetings where no decision names one', async () => {
    const { meetings, entries, ...input } = await goldenInput();
    const cut = entries.slice(0, 3);
    const pack = assemblePack({
      ...input,
      entries: cut,
      verdict: judge(input.policy, { ...input, entries: cut }, NOW),
      meetings: meetings ?? [],
    });
    expect(fileOf(pack, FILES.meetings)).toBeDefined();
    expect(verifyFiles(pack).breaks).toContainEqual(expect.objectContaining({ check: 'meetings' }));
  });
});

describe('the record in force when something was decided', () => {
  test('is the newest save until then, and the first where a clock ran backwards', () => {
    const at = (instant: string) => saveInForce(part, instant)?.entry.body.revision;
    expect(['2026-03-03T12:29:59.999Z', '2026-03-03T12:30:00.000Z', '2026-01-01T00:00:00.000Z'].map(at)).toEqual([
      1, 2, 1,
    ]);
    expect(meetingText(MEETING, '2026-03-03T11:00:00.000Z', [part])).toBe(
      'the meeting "Change board of 3 March" of 2026-03-03 10:30:00 UTC',
    );
    expect(meetingText('gone', '2026-03-03T11:00:00.000Z', [part])).toContain('no record is there');
  });

  test('says whether the decider attended, and that it cannot be told once they were erased', async () => {
    const { entries } = await goldenInput();
    const attended = (one: MeetingPart) => meetingRows(entries, [one])[0]?.decisions[0]?.attended;
    expect(attended(part)).toBe(true);
    expect(attended({ ...part, entries: part.entries.map((stored) => ({ ...stored, disclosures: {} })) })).toBeNull();
    const alone = part.entries.map((stored) => altered(stored, { attendees: [] }));
    expect(attended({ ...part, entries: alone })).toBe(false);
  });
});

describe('what is missing of a meeting', () => {
  test('stands in the completeness file with its reason', async () => {
    const input = await goldenInput();
    const row = (meetings: readonly MeetingPart[]) =>
      factsOf({ ...input, meetings }).completeness.sought.find(({ sought }) =>
        sought.startsWith('Records of the meetings'),
      );
    expect(row([part])).toMatchObject({ found: 1, complete: true, detail: '1 of 1, every revision' });
    expect(row([])).toMatchObject({ complete: false, missing: [{ because: 'nothing is stored under this name' }] });
    expect(row([{ ...part, breaksAtExport: ['entry 2: gone'] }])).toMatchObject({
      missing: [{ because: 'entry 2: gone' }],
    });
    const erased = { ...part, entries: part.entries.map((stored) => ({ ...stored, disclosures: {} })) };
    expect(row([erased])).toMatchObject({
      complete: false,
      missing: [{ what: `names or minutes of meeting ${MEETING}` }],
    });
  });
});

/** A meeting held before the scenes begin, saved once. */
async function recordOf(attendees: readonly string[]): Promise<MeetingPart> {
  const store = new FakeStore();
  const chain = `meeting-${MEETING}`;
  const held = [
    { accountId: id('authority') },
    'Both are ready.',
    ...attendees.map((accountId) => ({ accountId })),
  ].map((value, i) => commit(value, sha256Hex(`salt ${i}`)));
  const [chair, minutes, ...people] = held.map(({ committed }) => committed);
  if (chair === undefined || minutes === undefined) throw new Error('a meeting has a chair and minutes');
  const at = '2026-03-02T09:00:00.000Z';
  const body = {
    meeting: MEETING,
    project: 'CHG',
    revision: 1,
    title: 'CAB',
    heldAt: at,
    chair,
    agenda: ['CHG-7', 'CHG-70'],
    attendees: people.map((person) => ({ person, role: 'change authority' })),
    minutes,
    by: chair,
    at,
  };
  const disclosures = Object.fromEntries(held.map(({ committed, disclosure }) => [committed.commitment, disclosure]));
  await appendEntries({ store, now: new Date(at) }, chain, [
    { chain, kind: 'meeting-saved', fact: 'meeting:1', body, disclosures },
  ]);
  return { meeting: MEETING, entries: await readLedger(store, chain), breaksAtExport: [] };
}

describe('the report', () => {
  /** The decisions' particulars and the part around them, over a scene. */
  function told(scene: Scene, meetings: readonly MeetingPart[] = []) {
    const { snapshot, entries } = scene.facts();
    const facts = factsOf({
      appVersion: '1',
      site: 'example.atlassian.net',
      generatedAt: NOW.toISOString(),
      exportedBy: { accountId: id('owner'), displayName: 'Owner' },
      snapshot,
      entries,
      policy: DEFAULT_POLICY,
      verdict: judge(DEFAULT_POLICY, { snapshot, entries }, NOW),
      deliveries: [],
      meetings,
    });
    return {
      decisions: facts.input.verdict.decisions.map((decision) => particulars(facts, decision)),
      around: processSection(facts)?.markup ?? '',
      timeline: facts.timeline.map(({ what }) => what),
    };
  }

  test('says who decided for whom, on what condition, and whether and by whom it was met', () => {
    const scene = new Scene()
      .delegate('authority', 'outsider', 'change-authority')
      .decideFor('authority', 'outsider', 'change-authority', 'approved')
      .decide('reviewer', 'approved', { conditions: 'The backup is done first.', organisation: 'Managed IT' })
      .settleCondition('authority', 2, 'met', ['change-authority']);
    const { decisions, around } = told(scene);
    expect(decisions[0]?.join('\n')).toMatch(/^Decided for Authority .*, whose say was handed over in entry 0$/);
    expect(decisions[1]).toEqual([
      'Organisation: Managed IT',
      'Condition (met): The backup is done first.',
      expect.stringMatching(/^Entry 3 says met, by Authority \(account .*\), 2026-03-02 /) as string,
    ]);
    expect(around).toContain('Says handed over');
    expect(around).toMatch(/Outsider .* for Authority .*, as change authority/);
    expect(around).toContain('not taken back');
    expect(told(scene.takeBack('authority', 0)).around).toMatch(/ended by Authority .*: Back\./);
  });

  test('names the meeting, its people, agenda and minutes', async () => {
    const scene = new Scene().decide('reviewer', 'approved', { meeting: MEETING });
    const { decisions, around, timeline } = told(scene, [await recordOf([id('authority')])]);
    expect(decisions[0]).toEqual([
      'Taken in the meeting "CAB" of 2026-03-02 09:00:00 UTC; not listed as attending in revision 1',
    ]);
    expect(timeline).toContain('Approved in the meeting "CAB" of 2026-03-02 09:00:00 UTC');
    for (const text of ['CHG-7, CHG-70', 'Both are ready.', 'change authority', MEETING])
      expect(around).toContain(text);
    expect(told(scene).decisions[0]).toEqual([`Taken in the meeting ${MEETING}, of which no record is there`]);
  });
});
