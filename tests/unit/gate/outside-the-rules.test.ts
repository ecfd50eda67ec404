/** What was there before control began, and what passed the rules by: told as exceptions, opening nothing. */
import { judge } from '../../../src/gate/judge';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { unexplainedDeliveries } from '../../../src/gate/unexplained';
import { GENESIS } from '../../../src/ledger/entry';
import { id, minute, NOW, Scene } from './scene';

const adopted = (s: Scene, status: string, controlBeganAt: string) =>
  s.personal('adopted', 'authority', { key: 'CHG-7', project: 'CHG', status, controlBeganAt });

const declared = (s: Scene, historyId: string | null, usedAt: string) =>
  s.personal('break-glass', 'authority', {
    historyId,
    usedAt,
    what: 'The firewall rule was pushed by hand.',
    why: 'The app was down and the enclave was under attack.',
    roles: ['change-authority'],
    at: minute(100),
  });

const CASES: readonly {
  readonly title: string;
  readonly story: (s: Scene) => Scene;
  readonly open: boolean;
  readonly exceptions: readonly string[];
  readonly notices?: readonly string[];
}[] = [
  {
    title: 'adopted while Proposed: nothing but a note',
    story: (s) => adopted(s, 'Proposed', minute(5)),
    open: false,
    exceptions: [],
    notices: ['before-control'],
  },
  {
    title: 'adopted while Approved: says so, opens nothing',
    story: (s) => adopted(s.move('outsider', 'Approved'), 'Approved', minute(5)),
    open: false,
    exceptions: ['before-control'],
    notices: ['before-control'],
  },
  {
    title: 'adopted while Executed: the move of that time is no exception of its own',
    story: (s) => adopted(s.move('outsider', 'Approved').move('outsider', 'Executed'), 'Executed', minute(5)),
    open: false,
    exceptions: ['before-control'],
    notices: ['before-control'],
  },
  {
    title: 'adopted while Approved and decided since',
    story: (s) =>
      adopted(s.move('outsider', 'Approved'), 'Approved', minute(5))
        .at(minute(6))
        .decide('reviewer', 'approved')
        .decide('authority', 'approved'),
    open: true,
    exceptions: ['before-control'],
    notices: ['before-control'],
  },
  {
    title: 'adopted, then forced on: control began before that',
    story: (s) => adopted(s, 'Proposed', minute(5)).at(minute(6)).move('outsider', 'Approved'),
    open: false,
    exceptions: ['moved-no-decision', 'status-without-decision'],
    notices: ['before-control'],
  },
  {
    title: 'forced, and adopted with a date before that: the move is not excused',
    story: (s) => adopted(s.at(minute(6)).move('outsider', 'Approved'), 'Approved', minute(5)),
    open: false,
    exceptions: ['before-control', 'moved-no-decision', 'status-without-decision'],
    notices: ['before-control'],
  },
  {
    title: 'approved after adoption by one who edited before it: still barred',
    story: (s) =>
      adopted(s.edit('authority', { scope: 'Another rule.' }), 'Proposed', minute(5))
        .at(minute(6))
        .decide('reviewer', 'approved')
        .decide('authority', 'approved'),
    open: false,
    exceptions: [],
    notices: ['before-control'],
  },
  {
    title: 'forced and declared: told as break-glass, opens nothing',
    story: (s) => declared(s.move('outsider', 'Approved'), '10000', minute(1)),
    open: false,
    exceptions: ['break-glass-used', 'status-without-decision'],
  },
  {
    title: 'forced twice and declared once: the other stays unexplained',
    story: (s) => declared(s.move('outsider', 'Approved').move('outsider', 'Scheduled'), '10000', minute(1)),
    open: false,
    exceptions: ['break-glass-used', 'moved-no-decision', 'status-without-decision'],
  },
  {
    title: 'something else declared: the move stays unexplained',
    story: (s) => declared(s.move('outsider', 'Approved'), null, minute(1)),
    open: false,
    exceptions: ['break-glass-used', 'moved-no-decision', 'status-without-decision'],
  },
];

test.each(CASES)('$title', ({ story, open, exceptions, notices = [] }) => {
  const verdict = judge(DEFAULT_POLICY, story(new Scene()).facts(), NOW);
  expect({
    open: verdict.open,
    exceptions: verdict.exceptions.map(({ code }) => code),
    notices: verdict.notices.map(({ code }) => code),
  }).toEqual({ open, exceptions, notices });
  for (const { sentence } of [...verdict.exceptions, ...verdict.notices]) {
    expect(sentence).toMatch(/^[A-Z].*\.$/s);
    expect(sentence).not.toMatch(/557058:|undefined|null/);
  }
});

test('a declaration names who moved it and who declared it', () => {
  const facts = declared(new Scene().move('outsider', 'Approved'), '10000', minute(1)).facts();
  const [exception] = judge(DEFAULT_POLICY, facts, NOW).exceptions;
  expect(exception?.sentence).toContain('moved from Proposed to Approved by Outsider');
  expect(exception?.sentence).toContain('declared by Authority');
});

test.each([
  ['before any decision', (s: Scene) => s.deploy('1', 'production'), [GENESIS]],
  ['to a trial environment', (s: Scene) => s.deploy('1', 'staging'), []],
  [
    'after the decisions',
    (s: Scene) => s.decide('reviewer', 'approved').decide('authority', 'approved').deploy('1', 'production'),
    [],
  ],
  [
    'before decisions that came later',
    (s: Scene) => s.deploy('1', 'production').decide('reviewer', 'approved').decide('authority', 'approved'),
    [GENESIS],
  ],
])('a deployment %s', (_, story, expected) => {
  expect([...unexplainedDeliveries(DEFAULT_POLICY, story(new Scene()).facts(), NOW)]).toEqual(expected);
});

test('people who took part before control began are participants all the same', () => {
  const facts = adopted(new Scene().assign('owner', 'authority').assign('owner', null), 'Proposed', minute(5)).facts();
  expect(facts.snapshot.history.some(({ items }) => items.some(({ to }) => to === id('authority')))).toBe(true);
  const signed = adopted(new Scene().assign('owner', 'authority').assign('owner', null), 'Proposed', minute(5))
    .at(minute(6))
    .decide('reviewer', 'approved')
    .decide('authority', 'approved');
  expect(judge(DEFAULT_POLICY, signed.facts(), NOW).open).toBe(false);
});
