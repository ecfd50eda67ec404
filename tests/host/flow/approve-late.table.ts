import type { ApproveCase } from './approve.table';

/**
 * The rest of the matrix: what happened after the sign-off, what the app was not told of, and what is still missing.
 * Nearly each of these is refused by one rule alone; ./guards.table names it.
 */

const OWN_CHANGE = { offered: false, transition: 400, panel: 403, code: 'own-change', open: false } as const;

/** May sign off, but the Approve transition is not theirs to use now. */
const NOT_THE_LAST = { offered: true, transition: 400, panel: 200, open: false } as const;

const authority = { who: 'authority', before: 'nothing' } as const;

export const APPROVE_LATE: readonly ApproveCase[] = [
  {
    title: 'a change authority who created it',
    who: 'authority',
    before: 'created it',
    ...OWN_CHANGE,
  },
  {
    title: 'the new assignee, unheard',
    ...authority,
    since: { what: 'became the assignee', unheard: true },
    ...OWN_CHANGE,
  },
  {
    title: 'the new reporter, unheard',
    ...authority,
    since: { what: 'became the reporter', unheard: true },
    ...OWN_CHANGE,
  },
  { title: 'the new owner, unheard', ...authority, since: { what: 'became the owner', unheard: true }, ...OWN_CHANGE },
  {
    title: 'the new implementer, unheard',
    ...authority,
    since: { what: 'became the implementer', unheard: true },
    ...OWN_CHANGE,
  },
  {
    title: 'the latest editor, unheard',
    ...authority,
    since: { what: 'edited the backout plan', unheard: true },
    ...OWN_CHANGE,
  },
  {
    title: 'a change authority, of a change edited since it was signed',
    ...authority,
    since: { what: 'the owner edited the backout plan' },
    ...NOT_THE_LAST,
  },
  {
    title: 'a change authority, of a change edited since it was signed, unheard',
    ...authority,
    since: { what: 'the owner edited the backout plan', unheard: true },
    ...NOT_THE_LAST,
  },
  {
    title: 'a change authority, of a change whose signer has joined it',
    ...authority,
    since: { what: 'the reviewer became the assignee' },
    ...NOT_THE_LAST,
  },
  { title: 'a change authority, of a change that nobody signed', ...authority, signedBy: null, ...NOT_THE_LAST },
  {
    title: 'a change authority, of a change without a backout plan',
    who: 'authority',
    before: 'no CUI system and no backout plan',
    signedBy: null,
    offered: true,
    transition: 400,
    panel: 409,
    code: 'fields-inadequate',
  },
  { title: 'another security reviewer, whose role is filled', who: 'reviewer2', before: 'nothing', ...NOT_THE_LAST },
  {
    title: 'a person in both groups who signed already',
    who: 'msp',
    before: 'joined the change authority',
    signedBy: 'msp',
    ...NOT_THE_LAST,
  },
  {
    title: 'somebody who has left the change authority',
    who: 'emergency',
    before: 'joined the change authority',
    since: { what: 'left the change authority' },
    offered: false,
    transition: 400,
    panel: 403,
    code: 'not-eligible',
  },
];
