import type { ChangeView, RegisterRow } from '../../../src/contract/panel';

/** What is in the way once everybody has signed off. */
const DECIDED_BUT: typeof STATES = [
  [
    'condition-open',
    { tone: 'stopped', label: 'Condition open', title: 'Approved on a condition that nobody has confirmed yet' },
  ],
  ['pass-expired', { tone: 'stopped', label: 'Pass ended', title: 'The emergency pass has ended' }],
  [
    'fields-inadequate',
    { tone: 'stopped', label: 'Not open', title: 'Decided, but required fields have to be filled in' },
  ],
];

/** How a lozenge shows each tone. */
export const TONES = { open: 'good', needs: 'waiting', stopped: 'bad', closed: 'neutral' } as const;

export type VerdictTone = 'open' | 'needs' | 'stopped' | 'closed';

export interface Headline {
  readonly tone: VerdictTone;
  readonly label: string;
  readonly title: string;
}

type Verdict = ChangeView['verdict'];

/** What a reason makes of the change; the first that applies, in this order, names its state. */
const STATES: readonly (readonly [code: string, headline: Headline])[] = [
  ['not-controlled', { tone: 'closed', label: 'Not controlled', title: 'This work item is not a controlled change' }],
  ['ledger-broken', { tone: 'stopped', label: 'Record broken', title: 'The change’s record does not verify' }],
  ['disapproved', { tone: 'stopped', label: 'Disapproved', title: 'This change was disapproved' }],
  ['change-closed', { tone: 'closed', label: 'Closed', title: 'This change is closed' }],
  ['deferred', { tone: 'stopped', label: 'Deferred', title: 'The decision was deferred' }],
  ['voided', { tone: 'stopped', label: 'Voided', title: 'Edited after approval: earlier sign-offs no longer count' }],
];

/** The state of a change in a list: in two words, and whether it still says who has to sign off. */
export function stateOf(row: Pick<RegisterRow, 'open' | 'reasons' | 'needs'>): {
  readonly tone: VerdictTone;
  readonly label: string;
  readonly needs: string | null;
} {
  if (row.open) return { tone: 'open', label: 'Open', needs: null };
  const state = STATES.find(([code]) => row.reasons.includes(code))?.[1];
  const needs = row.needs === '' || state?.tone === 'closed' ? null : `Needs ${row.needs}`;
  if (state !== undefined) return { tone: state.tone, label: state.label, needs };
  if (needs !== null) return { tone: 'needs', label: 'Needs sign-off', needs };
  const left = DECIDED_BUT.find(([code]) => row.reasons.includes(code))?.[1];
  return { tone: 'stopped', label: left?.label ?? 'Not open', needs };
}

/** The verdict in two words and one line. Never better than `open` says: an unknown reason reads "needs". */
export function headline(verdict: Verdict): Headline {
  if (verdict.open) return { tone: 'open', label: 'Open', title: 'Decided: everybody the policy needs has signed off' };
  const codes = new Set(verdict.reasons.map((reason) => reason.code));
  const state = STATES.find(([code]) => codes.has(code));
  if (state !== undefined) return state[1];
  const { missing, phrase } = verdict.needs;
  if (missing > 0) {
    return {
      tone: 'needs',
      label: missing === 1 ? 'Needs 1 sign-off' : `Needs ${missing} sign-offs`,
      title: `Needs ${phrase}`,
    };
  }
  const [, left] = DECIDED_BUT.find(([code]) => codes.has(code)) ?? [];
  if (left !== undefined) return left;
  return { tone: 'stopped', label: 'Not open', title: verdict.reasons[0]?.sentence ?? 'This change is not open' };
}

/**
 * Reasons that the headline does not already say. Fields that have to be filled in are named here; what is wrong with
 * each is said once, in the list of what is missing.
 */
export function furtherReasons(
  verdict: Verdict,
  missing: Pick<ChangeView, 'missing'>['missing'] = [],
): Verdict['reasons'] {
  const { title, tone } = headline(verdict);
  const fields = fieldsOf(missing);
  return verdict.reasons
    .filter(
      ({ code, sentence }) =>
        sentence !== title &&
        !(tone === 'needs' && code === 'decision-needed') &&
        // "This change is closed. The change is Closed."
        !(tone === 'closed' && code === 'change-closed' && /^The change is Closed\.?$/.test(sentence)),
    )
    .map((reason) =>
      reason.code === 'fields-inadequate' && reason.sentence !== title && fields.length > 0
        ? { ...reason, sentence: `First to be filled in: ${listed(fields)}.` }
        : reason,
    );
}

const fieldsOf = (missing: ChangeView['missing']): readonly string[] => [
  ...new Set(missing.flatMap(({ field }) => (field === null ? [] : [field]))),
];

/** What is missing, apart: what an approval waits for, and evidence that one would expect and that nothing waits for. */
export function missingParts({ missing }: Pick<ChangeView, 'missing'>): {
  readonly fields: ChangeView['missing'];
  readonly evidence: ChangeView['missing'];
} {
  return {
    fields: missing.filter(({ field }) => field !== null),
    // Who has to approve is said in the header.
    evidence: missing.filter(({ code, field }) => field === null && code !== 'decision-needed'),
  };
}

/** "security-reviewer" → "security reviewer"; a name is left as it is. */
export function roleName(role: string): string {
  return role.replaceAll('-', ' ');
}

/** "Judged by policy 2" for version `policy-2`; a version that is called otherwise stays as it is. */
export const policyName = (version: string): string => `Judged by policy ${version.replace(/^policy-(?=\d+$)/, '')}`;

/** "a", "a and b", "a, b and c" (or "or"). */
export function listed(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}

/**
 * Whether the viewer's sign-off is the last one that is needed, so that the change can be moved at once. Whether the
 * move is then allowed is decided by Jira and the app.
 */
export function wouldComplete(view: Pick<ChangeView, 'status' | 'mayDecide' | 'verdict'>): boolean {
  return view.mayDecide.allowed && view.status === 'Proposed' && view.verdict.needs.missing === 1;
}

/**
 * The viewer's own decision that stands and may be withdrawn: their newest, if it counts and is not itself a
 * withdrawal.
 */
export function ownDecision(view: Pick<ChangeView, 'decisions' | 'viewer'>): ChangeView['decisions'][number] | null {
  const own = view.decisions.filter((decision) => decision.by.accountId === view.viewer.accountId);
  const newest = own.reduce<(typeof own)[number] | null>(
    (latest, decision) => (latest === null || decision.seq > latest.seq ? decision : latest),
    null,
  );
  return newest !== null && newest.valid && newest.decision !== 'withdrawn' ? newest : null;
}

/**
 * The disapproval that a viewer who decides has to see answered: the newest one, unless they have decided since. Null
 * for everybody else.
 */
export function latestDisapproval(
  view: Pick<ChangeView, 'decisions' | 'viewer' | 'mayDecide'>,
): ChangeView['decisions'][number] | null {
  if (!view.mayDecide.allowed) return null;
  const newest = [...view.decisions].sort((a, b) => b.seq - a.seq);
  const at = newest.findIndex(
    ({ decision, valid, invalidBecause }) =>
      decision === 'disapproved' && (valid || invalidBecause?.code === 'resubmitted'),
  );
  const since = newest.slice(0, Math.max(0, at));
  return since.some(({ by, valid }) => valid && by.accountId === view.viewer.accountId) ? null : (newest[at] ?? null);
}

/** Notices that the emergency section says itself, in the viewer's own time. */
const SAID_ELSEWHERE: readonly string[] = ['pass-running', 'review-due', 'review-overdue'];

export const furtherNotices = (verdict: Verdict): Verdict['notices'] =>
  verdict.notices.filter(({ code }) => !SAID_ELSEWHERE.includes(code));

/** Why this viewer may or may not decide, in one line: the header answers it before anything is scrolled. */
export function yourPart(view: Pick<ChangeView, 'mayDecide' | 'verdict' | 'decisions' | 'viewer'>): string {
  const { mayDecide } = view;
  if (ownDecision(view) !== null) return 'You have decided on this change as it is now.';
  if (mayDecide.allowed)
    return `You may decide${mayDecide.roles.length === 0 ? '' : ` as ${listed(mayDecide.roles.map(roleName), 'or')}`}.`;
  const [first] = weightiestFirst(mayDecide.reasons);
  return first === undefined ? 'You cannot decide.' : `You cannot decide: ${lowerFirst(first.sentence)}`;
}

/** What keeps everybody from deciding comes before what keeps this viewer from it. */
export const weightiestFirst = (reasons: ChangeView['mayDecide']['reasons']): ChangeView['mayDecide']['reasons'] =>
  [...reasons].sort((a, b) => Number(b.code === 'wrong-status') - Number(a.code === 'wrong-status'));

const lowerFirst = (sentence: string): string =>
  /^(?:You|It|The|A|An|Nobody|Nothing|Your|This|Only|Decisions) /.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence;

/** What the change needs beside decisions before it can go on, in a line each for the header. */
export function nextSteps(view: Pick<ChangeView, 'actions' | 'closeNeeds'>): readonly string[] {
  const open = view.actions.filter(({ outcome }) => outcome === 'open').length;
  return [
    ...(open === 0 ? [] : [`${open} required ${open === 1 ? 'action is' : 'actions are'} open before Resubmit.`]),
    ...(view.closeNeeds.length === 0 ? [] : ['Close still needs the implementation record.']),
  ];
}
