/**
 * Who may approve, and what Jira and the app answer, on a complete Normal change that impacts a CUI system and that a
 * security reviewer (`reviewer`) has signed off: a change authority is missing. Read as: this person, who did this
 * before, is offered Approve / gets this status from it / may sign off in the panel.
 */
export interface ApproveCase {
  readonly title: string;
  readonly who: string;
  /** What happened to the change, or to the person, before the sign-off. */
  readonly before:
    | 'nothing'
    | 'created it'
    | 'was assignee'
    | 'is assignee'
    | 'was reporter'
    | 'edited the backout plan'
    | 'edited the analysis'
    | 'is owner'
    | 'is implementer'
    | 'joined the change authority'
    | 'no CUI system and no backout plan';
  /** Whose sign-off there is; the security reviewer's when absent, null for nobody's. */
  readonly signedBy?: string | null;
  /** What happened after the sign-off, see ./approve-late.table. */
  readonly since?: Since;
  readonly offered: boolean;
  /** Of POST …/transitions with Approve: 204 moved, 400 refused or not offered, 404 when the issue may not be seen. */
  readonly transition: 204 | 400 | 404;
  /** Of decision.record approved. */
  readonly panel: 200 | 403 | 404 | 409;
  /** The code of the panel's refusal. */
  readonly code?: string;
  /** Whether the change is open once the panel has answered; as long as it said 200 when absent. */
  readonly open?: boolean;
}

/** `unheard`: no event reached the app, so the fields that Jira's own rules read still say what they said before. */
export interface Since {
  readonly what:
    | 'became the assignee'
    | 'became the reporter'
    | 'became the owner'
    | 'became the implementer'
    | 'edited the backout plan'
    | 'the owner edited the backout plan'
    | 'the reviewer became the assignee'
    | 'left the change authority';
  readonly unheard?: true;
}

const NO = { offered: false, transition: 400 } as const;

export const APPROVE: readonly ApproveCase[] = [
  {
    title: 'a change authority with no part in it',
    who: 'authority',
    before: 'nothing',
    offered: true,
    transition: 204,
    panel: 200,
  },
  {
    title: 'another change authority',
    who: 'authority2',
    before: 'nothing',
    offered: true,
    transition: 204,
    panel: 200,
  },
  {
    title: 'a change authority who wrote the security impact analysis',
    who: 'authority',
    before: 'edited the analysis',
    offered: true,
    transition: 204,
    panel: 200,
  },
  {
    title: 'the security reviewer who signed already',
    who: 'reviewer',
    before: 'nothing',
    offered: true,
    transition: 400,
    panel: 200,
    open: false,
  },
  { title: 'the creator and reporter', who: 'requester', before: 'nothing', ...NO, panel: 403 },
  { title: 'the owner', who: 'owner', before: 'nothing', ...NO, panel: 403 },
  { title: 'the implementer', who: 'implementer', before: 'nothing', ...NO, panel: 403 },
  {
    title: 'a change authority who is the owner',
    who: 'authority',
    before: 'is owner',
    ...NO,
    panel: 403,
    code: 'own-change',
  },
  {
    title: 'a change authority who is the implementer',
    who: 'authority',
    before: 'is implementer',
    ...NO,
    panel: 403,
    code: 'own-change',
  },
  {
    title: 'a change authority who is the assignee',
    who: 'authority',
    before: 'is assignee',
    ...NO,
    panel: 403,
    code: 'own-change',
  },
  {
    title: 'a change authority who was the assignee',
    who: 'authority',
    before: 'was assignee',
    ...NO,
    panel: 403,
    code: 'own-change',
  },
  {
    title: 'a change authority who was the reporter',
    who: 'authority',
    before: 'was reporter',
    ...NO,
    panel: 403,
    code: 'own-change',
  },
  {
    title: 'a change authority who edited a controlled field',
    who: 'authority',
    before: 'edited the backout plan',
    ...NO,
    panel: 403,
    code: 'own-change',
  },
  {
    title: 'the emergency authority, who decides no Normal change',
    who: 'emergency',
    before: 'nothing',
    ...NO,
    panel: 403,
    code: 'not-eligible',
  },
  {
    title: 'a Jira administrator outside the deciding groups',
    who: 'admin',
    before: 'nothing',
    ...NO,
    panel: 403,
    code: 'not-eligible',
  },
  { title: 'an app account in a deciding group', who: 'bot', before: 'nothing', ...NO, panel: 403 },
  { title: 'an auditor', who: 'auditor', before: 'nothing', ...NO, panel: 403 },
  {
    title: 'somebody who may not see the project',
    who: 'outsider',
    before: 'nothing',
    offered: false,
    transition: 404,
    panel: 403,
  },
];
