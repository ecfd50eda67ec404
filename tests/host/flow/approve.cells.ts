import { isDeepStrictEqual } from 'node:util';
import { prepared, tidied } from './approve.prepared';
import type { ApproveCase } from './approve.table';
import { attempt, type Drive } from './drive';

/** The columns of the matrix: what the panel tells, what the transition does, what signing off in the panel does. */
export const WAYS = ['told', 'transition', 'panel'] as const;
export type Way = (typeof WAYS)[number];

/** What is looked at in a cell. `answer` is a status code; `status`, `moves`, `decisions` and `open` are the change's. */
export type Aspect = 'allowed' | 'reasons' | 'offered' | 'answer' | 'code' | 'status' | 'moves' | 'decisions' | 'open';

type Seen = Readonly<Partial<Record<Aspect, unknown>>>;

interface Cell {
  readonly expected: Seen;
  readonly found: Seen;
}

export interface Difference {
  readonly aspect: Aspect;
  readonly expected: unknown;
  readonly found: unknown;
}

/** One cell of the matrix, on a change of its own: what is not as the table says. Empty is green. */
export async function differences(drive: Drive, one: ApproveCase, way: Way): Promise<readonly Difference[]> {
  try {
    const { expected, found } = await CELLS[way](drive, await prepared(drive, one), one);
    return (Object.keys(expected) as Aspect[])
      .filter((aspect) => !isDeepStrictEqual(expected[aspect], found[aspect]))
      .map((aspect) => ({ aspect, expected: expected[aspect], found: found[aspect] }));
  } finally {
    await tidied(drive, one);
  }
}

const CELLS: Readonly<Record<Way, (drive: Drive, key: string, one: ApproveCase) => Promise<Cell>>> = {
  told: seenInPanel,
  transition: byTransition,
  panel: bySigningOff,
};

async function seenInPanel(drive: Drive, key: string, { who, panel, transition }: ApproveCase): Promise<Cell> {
  // An approval that is refused for what the change lacks leaves an objection open.
  const expected = { allowed: panel === 200 || panel === 409, reasons: panel === 200 ? 'any' : 'some' };
  // Who may not see the change is shown no panel.
  if (transition === 404) return { expected, found: expected };
  const { mayDecide } = await drive.read(key, who);
  const said = mayDecide.reasons.map(({ sentence }) => sentence).join(' ');
  const reasons = panel === 200 ? 'any' : said === '' ? 'none' : 'some';
  return { expected, found: { allowed: mayDecide.allowed, reasons } };
}

async function byTransition(drive: Drive, key: string, one: ApproveCase): Promise<Cell> {
  const offered = await attempt(() => drive.offered(key, one.who));
  const id = await drive.transitionId(key, 'Approve', 'authority2');
  const done = await attempt(() =>
    drive.as(one.who).request('POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id } }),
  );
  await drive.settle();
  const view = await drive.read(key);
  const signed = one.signedBy === null ? 0 : 1;
  const record =
    one.transition === 204
      ? { status: 'Approved', moves: 1, decisions: signed + 1, open: true }
      : { status: 'Proposed', moves: 0, decisions: signed, open: false };
  return {
    expected: { offered: one.offered, answer: one.transition, ...record },
    found: {
      offered: offered.status === 200 && (offered.body as readonly string[]).includes('Approve'),
      answer: done.status === 200 ? 204 : done.status,
      status: await drive.statusOf(key),
      moves: await drive.movesOf(key),
      decisions: view.decisions.length,
      open: view.verdict.open,
    },
  };
}

async function bySigningOff(drive: Drive, key: string, one: ApproveCase): Promise<Cell> {
  const answered = await attempt(() => drive.as(one.who).decide(key, 'approved', 'Read and agreed.'));
  const { code } = answered.body as { readonly code?: string };
  return {
    expected: {
      answer: one.panel,
      ...(one.code === undefined ? {} : { code: one.code }),
      open: one.open ?? one.panel === 200,
    },
    found: { answer: answered.status, code, open: (await drive.read(key)).verdict.open },
  };
}
