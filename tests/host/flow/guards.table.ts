import type { Aspect, Way } from './approve.cells';
import type { Replacement } from './altered-site';

/** Cells of the approve matrix that turn red, and what in them does. */
export interface Red {
  readonly way: Way;
  readonly aspect: Aspect;
  /** Titles of the matrix. */
  readonly of: readonly string[];
}

/**
 * What keeps somebody from approving. With more than one text, each is a guard of its own and any one of them is
 * enough: only without all of them do the cells turn red. `because` says why there is more than one.
 */
export type Guard = {
  readonly name: string;
  readonly red: readonly Red[];
} & (
  { readonly without: readonly [Replacement] } | { readonly without: readonly Replacement[]; readonly because: string }
);

const cells =
  (way: Way, aspect: Aspect) =>
  (...of: readonly string[]): Red => ({ way, aspect, of });

const EXPRESSIONS = 'src/gate/expressions.ts';
const STANDING = 'src/gate/standing.ts';
const BARRIERS = 'src/gate/barriers.ts';

const offered = cells('transition', 'offered');
const moved = cells('transition', 'status');
const opened = cells('transition', 'open');
const signed = cells('panel', 'answer');
const told = cells('told', 'allowed');

const PARTICIPANTS_FIELD = { file: EXPRESSIONS, from: ' && !p.includes(k)`,', to: '`,' };
const PEOPLE_NOW = { file: EXPRESSIONS, from: '`&& ![${took}].some(x => x?.accountId == me)`,', to: '' };
const FEW_PEOPLE = {
  file: 'src/gate/transition-check.ts',
  from: 'if (needs.missing < 2) return [];',
  to: 'return [];',
};
const BARRED_SINCE = { file: STANDING, from: 'if (barred === undefined) continue;', to: 'continue;' };
const HELD_BEFORE = {
  file: EXPRESSIONS,
  from: "`&& !h.slice(0, ${UNHEARD}).some(c => c.items.some(i => i.from == me && ['reporter', 'assignee'].includes(i.fieldId)))`,",
  to: '',
};

export const GUARDS: readonly Guard[] = [
  {
    name: 'condition: who was reporter or assignee before',
    without: [PARTICIPANTS_FIELD, HELD_BEFORE],
    because: 'The field knows all of the past once the app has heard of it, the newest of the changelog needs no app.',
    red: [offered('a change authority who was the assignee', 'a change authority who was the reporter')],
  },
  {
    name: 'condition: the people of the change as they are now',
    without: [PEOPLE_NOW],
    red: [
      offered(
        'the new assignee, unheard',
        'the new reporter, unheard',
        'the new owner, unheard',
        'the new implementer, unheard',
      ),
    ],
  },
  {
    name: 'condition: whoever takes part in the change, once the app has heard of it',
    without: [PARTICIPANTS_FIELD, PEOPLE_NOW],
    because: 'The field knows the past and what was heard of, the people as they are now need no app.',
    red: [
      offered(
        'a change authority who created it',
        'a change authority who is the owner',
        'a change authority who is the implementer',
        'a change authority who is the assignee',
      ),
    ],
  },
  {
    name: 'condition: authors in the changelog',
    without: [{ file: EXPRESSIONS, from: 'config.fields.includes(i.fieldId)', to: 'false' }],
    red: [offered('the latest editor, unheard')],
  },
  {
    name: 'condition: the allow-list in the decision state',
    without: [{ file: EXPRESSIONS, from: '.some(x => x.includes(k)`,', to: '.some(x => true`,' }],
    red: [offered('an app account in a deciding group')],
  },
  {
    name: 'condition: the groups of the person as they are now',
    without: [
      {
        file: EXPRESSIONS,
        from: 'x.indexOf(r.part) == 0 && (user?.groups ?? []).includes(r.group)',
        to: 'x.indexOf(r.part) == 0',
      },
    ],
    red: [moved('somebody who has left the change authority')],
  },
  {
    name: 'expression validator: signed already',
    without: [{ file: EXPRESSIONS, from: '`: q[${SIGNED}].includes(k) ? q[${HEADLINE}] + config.signed`,', to: '' }],
    red: [moved('a person in both groups who signed already')],
  },
  {
    name: 'expression validator: a role that is still needed',
    without: [{ file: EXPRESSIONS, from: "x.indexOf(n + '=') == 0 && x.includes(k)", to: 'true' }],
    red: [moved('another security reviewer, whose role is filled')],
  },
  {
    name: 'function validator: too few, by what the ledger says now',
    without: [FEW_PEOPLE],
    red: [moved('a change authority, of a change edited since it was signed, unheard')],
  },
  {
    name: 'both validators: a change that two people are missing for',
    without: [
      { file: EXPRESSIONS, from: "`: q[${MISSING}] != 'missing=1' ? q[${HEADLINE}] + config.others`,", to: '' },
      FEW_PEOPLE,
    ],
    because: 'The expression holds while the app is down, the function while the field is behind.',
    red: [moved('a change authority, of a change that nobody signed')],
  },
  {
    name: 'both validators: required fields',
    without: [
      { file: EXPRESSIONS, from: 'x.t == s || x.t.match(config.placeholder) != null', to: 'false' },
      { file: 'src/gate/transition-check.ts', from: '...inadequate.map(({ sentence }) => sentence),', to: '' },
    ],
    because: 'The expression holds while the app is down, the function names everything at once.',
    red: [moved('a change authority, of a change without a backout plan')],
  },
  {
    name: 'judgement: an approval stands for the content it was made on',
    without: [
      {
        file: STANDING,
        from: 'return editedSince(body.historyHead, body.contentDigest, context);',
        to: 'return null;',
      },
    ],
    red: [
      opened(
        'a change authority, of a change edited since it was signed',
        'a change authority, of a change edited since it was signed, unheard',
      ),
    ],
  },
  {
    name: 'judgement: an approval ends when its author joins the change',
    without: [BARRED_SINCE],
    red: [opened('a change authority, of a change whose signer has joined it')],
  },
  {
    name: 'decision.record: nobody who takes part',
    without: [{ file: BARRIERS, from: 'if (took !== undefined) {', to: 'if (false) {' }],
    red: [
      signed(
        'a change authority who created it',
        'a change authority who is the owner',
        'a change authority who was the assignee',
        'a change authority who edited a controlled field',
      ),
      told('a change authority who is the owner'),
    ],
  },
  {
    name: 'decision.record: members of the deciding groups of the policy',
    without: [{ file: BARRIERS, from: 'if (roles.length === 0) {', to: 'if (false) {' }],
    red: [
      signed(
        'the emergency authority, who decides no Normal change',
        'a Jira administrator outside the deciding groups',
        'somebody who has left the change authority',
      ),
    ],
  },
  {
    name: 'decision.record: people, no app accounts',
    without: [{ file: BARRIERS, from: "if (person.accountType !== 'atlassian')", to: 'if (false)' }],
    red: [signed('an app account in a deciding group')],
  },
  {
    name: 'recorder: an app account that moved the change has decided nothing',
    without: [
      { file: 'src/gate/decision-state.ts', from: 'people.filter(isPerson).map', to: 'people.map' },
      { file: 'src/gate/recording.ts', from: 'actor === undefined || !isPerson(actor)', to: 'actor === undefined' },
    ],
    because: 'The allow-list keeps it from the transition, the recorder judges whoever got through.',
    red: [opened('an app account in a deciding group')],
  },
  {
    name: 'recorder: a participant who moved the change has decided nothing',
    without: [
      PARTICIPANTS_FIELD,
      HELD_BEFORE,
      { file: 'src/gate/recording.ts', from: 'if (took !== undefined) {', to: 'if (false) {' },
      BARRED_SINCE,
    ],
    because: 'The condition keeps them from it, the recorder voids it, and what was recorded is judged again.',
    red: [opened('a change authority who was the assignee')],
  },
];
