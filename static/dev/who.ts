import type { AuthorView, PeopleView, PersonForm } from '../../src/contract/people';

const AUTHOR: AuthorView = {
  evidence: 4,
  index: 0,
  name: 'Dana Whitfield',
  identity: 'dana-implements at github, dana.whitfield@example.test',
  did: ['authored commit 6dcb09b5b5', 'opened pull request 41'],
  known: 'unmatched',
  accounts: [],
  how: 'Nobody knows yet whose account this is.',
  resolution: null,
};

export const AUTHORS: readonly AuthorView[] = [
  AUTHOR,
  {
    ...AUTHOR,
    evidence: 5,
    name: 'Ravi',
    identity: 'ravi@example.test',
    did: ['authored commit 1a2b3c4d5e', 'committed commit 1a2b3c4d5e', 'authored commit 2b3c', 'authored commit 3c4d'],
    known: 'unproved',
    accounts: ['Ravi Menon'],
    how: 'Jira shows this e-mail address; no verified signature proves who used it.',
  },
  {
    ...AUTHOR,
    evidence: 6,
    name: 'dependabot[bot]',
    identity: 'dependabot[bot] at github',
    did: ['authored commit 9f8e7d6c5b'],
    known: 'nobody',
    how: 'Nobody who may decide here.',
    resolution: { account: null, by: 'Ada Lovett', basis: 'It is the bot of GitHub.', at: '2026-03-04T09:00:00.000Z' },
  },
];

const person = (id: string, name: string, more: Partial<PersonForm> = {}): PersonForm => ({
  id,
  name,
  accounts: [],
  identities: [],
  organisation: null,
  ...more,
});

const EMPTY: PeopleView = {
  version: 'people-0',
  people: [],
  accounts: [],
  unmatched: [],
  unmatchedComplete: true,
  readable: true,
  editable: true,
  history: [],
};

const FULL: PeopleView = {
  ...EMPTY,
  version: 'people-3',
  people: [
    person('ravi', 'Ravi Menon', {
      accounts: ['a1', 'a2'],
      identities: [
        { kind: 'login', source: 'github', login: 'rmenon' },
        { kind: 'email', email: 'ravi.menon@a-rather-long-name-of-a-company.example.test' },
      ],
    }),
    person('bot', 'dependabot[bot]', { identities: [{ kind: 'login', source: 'github', login: 'dependabot[bot]' }] }),
    person('msp', 'Maya Sorensen', {
      accounts: ['a3'],
      organisation: 'Acme MSP',
      identities: [{ kind: 'author', name: 'Maya', email: 'build@acme.example' }],
    }),
  ],
  accounts: [
    { accountId: 'a1', name: 'Ravi Menon', note: null },
    { accountId: 'a2', name: 'Ravi Menon (old)', note: 'not active' },
    { accountId: 'a3', name: 'Maya Sorensen (Acme MSP)', note: null },
    { accountId: 'a4', name: 'Ivy Chen', note: null },
  ],
  unmatched: [
    {
      name: 'Ivy',
      identities: [{ kind: 'email', email: 'ivy@example.test' }],
      did: 'authored commit 6dcb09b5b5',
      changes: ['CHG-3', 'CHG-7'],
      accounts: ['a4'],
    },
    {
      name: 'Dana Whitfield',
      identities: [
        { kind: 'login', source: 'github', login: 'dana-implements' },
        { kind: 'email', email: 'dana.whitfield@example.test' },
      ],
      did: 'opened pull request 41',
      changes: ['CHG-1', 'CHG-2', 'CHG-3', 'CHG-4', 'CHG-5', 'CHG-6', 'CHG-7'],
      accounts: [],
    },
  ],
  history: [
    {
      version: 'people-3',
      at: '2026-03-03T15:00:00.000Z',
      by: 'Jo Admin',
      changes: ['1 person was added.', '1 person has other Jira accounts.'],
      reason: 'Ravi got a new account.',
    },
  ],
};

let saved: PeopleView | null = null;

/** The people map of the admin page's states. */
export function peopleAnswer(state: string, method: string, payload: Record<string, unknown>): PeopleView {
  const now = saved ?? (state === 'admin-empty' ? EMPTY : FULL);
  if (method === 'people.save')
    saved = { ...now, version: 'people-4', people: payload['people'] as PeopleView['people'], unmatched: [] };
  return saved ?? now;
}

/** What Jira's search of people finds. */
export const FOUND_PEOPLE = [
  { accountId: 'a1', displayName: 'Ravi Menon', accountType: 'atlassian' },
  { accountId: 'a4', displayName: 'Ivy Chen', accountType: 'atlassian' },
];
