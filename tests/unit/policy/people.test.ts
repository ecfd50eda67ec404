import fc from 'fast-check';
import { identityKey, mailbox, nameKey, noreplyLogin, type Identity } from '../../../src/policy/identity';
import type { Person } from '../../../src/ledger/entry';
import { matchApprovers } from '../../../src/policy/matching';
import {
  accountsOf,
  concerning,
  EMPTY_PEOPLE,
  peopleMatching,
  personKey,
  type PeopleMap,
} from '../../../src/policy/people';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { peopleDifferences } from '../../../src/policy/people-difference';
import { storedPeople } from '../../../src/policy/people-schema';
import { peopleProblems } from '../../../src/policy/people-sense';

type Mapped = PeopleMap['people'][number];
const mapped = (id: string, also: Partial<Mapped> = {}): Mapped => ({
  id,
  name: id,
  accounts: [],
  identities: [],
  organisation: null,
  ...also,
});
const mapOf = (...people: readonly Mapped[]): PeopleMap => ({ version: 'people-1', people });
const email = (address: string): Identity => ({ kind: 'email', email: address });
const login = (name: string, source = 'github'): Identity => ({ kind: 'login', source, login: name });

describe('identities', () => {
  it.each([
    ['letter case', 'Dana@Example.TEST', 'dana@example.test'],
    ['blanks around', ' dana@example.test ', 'dana@example.test'],
    ['a plus tag', 'dana+ci@example.test', 'dana@example.test'],
    ['several plus signs', 'dana+a+b@example.test', 'dana@example.test'],
  ])('%s is the same mailbox', (_, a, b) => {
    expect(mailbox(a)).toBe(b);
    expect(identityKey(email(a))).toBe(identityKey(email(b)));
  });

  it.each([
    ['12345+dana@users.noreply.github.com', 'dana'],
    ['dana@users.noreply.github.com', 'dana'],
    ['12345+Dana-Q@USERS.noreply.github.com', 'dana-q'],
    ['49699333+dependabot[bot]@users.noreply.github.com', 'dependabot[bot]'],
    ['dana@users.noreply.github.com.evil.test', undefined],
    ['dana+ci@users.noreply.github.com', undefined],
    ['dana@noreply.github.com', undefined],
  ])('%s is the user %s of GitHub', (address, name) => {
    expect(noreplyLogin(address)).toBe(name);
    if (name !== undefined) expect(identityKey(email(address))).toBe(identityKey(login(name)));
  });

  it.each<[string, Person, string]>([
    ['the user name first', { login: 'Dana', email: 'd@x.test', displayName: 'Dana' }, 'login:github:dana'],
    ['then the address', { email: 'D@x.test', displayName: 'Dana' }, 'email:d@x.test'],
    ['an address of GitHub’s is a user name', { email: '1+dana@users.noreply.github.com' }, 'login:github:dana'],
    ['then the name', { displayName: 'Dana Q' }, 'author:dana q:'],
    ['nothing at all', {}, 'nobody:github'],
  ])('somebody is told apart by %s', (_, person, key) => expect(nameKey(person, 'github')).toBe(key));

  it('a user name counts at its own sender only', () => {
    const map = mapOf(mapped('dana', { accounts: ['a'], identities: [login('dana')] }));
    expect(peopleMatching(map, { login: 'dana' }, 'github')).toHaveLength(1);
    expect(peopleMatching(map, { login: 'dana' }, 'gitlab')).toEqual([]);
  });

  it('a shared mailbox is told apart by the name beside it', () => {
    const build = 'build@example.test';
    const map = mapOf(
      mapped('dana', { accounts: ['a'], identities: [{ kind: 'author', name: 'Dana', email: build }] }),
      mapped('eve', { accounts: ['b'], identities: [{ kind: 'author', name: 'Eve', email: build }] }),
    );
    expect(peopleMatching(map, { displayName: 'eve', email: 'Build@example.test' }, 'x')).toEqual([map.people[1]]);
    expect(peopleMatching(map, { displayName: 'Somebody', email: build }, 'x')).toEqual([]);
  });

  it('a name alone is nobody’s, where an address says who it is', () => {
    const map = mapOf(mapped('dana', { accounts: ['a'], identities: [{ kind: 'author', name: 'Dana', email: '' }] }));
    expect(peopleMatching(map, { displayName: 'Dana', email: 'other@x.test' }, 'x')).toEqual([]);
    expect(peopleMatching(map, { displayName: 'Dana' }, 'x')).toHaveLength(1);
  });

  it('any match is enough, and several may match', () => {
    const map = mapOf(
      mapped('a', { accounts: ['a'], identities: [login('dana')] }),
      mapped('b', { accounts: ['b'], identities: [email('dana@x.test')] }),
    );
    expect(peopleMatching(map, { login: 'dana', email: 'dana@x.test' }, 'github').map(({ id }) => id)).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('one person with several accounts', () => {
  const map = mapOf(mapped('rey', { accounts: ['z-old', 'a-new'] }), mapped('bot', { identities: [login('bot')] }));

  it('has one key for all accounts, and every other account its own', () => {
    expect(personKey(map, 'z-old')).toBe(personKey(map, 'a-new'));
    expect(personKey(map, 'other')).toBe('other');
    expect(personKey(undefined, 'z-old')).toBe('z-old');
    expect(accountsOf(map, 'a-new')).toEqual(['a-new', 'z-old']);
  });

  it('is one signer with the roles of all accounts; joining accounts never leaves less missing', () => {
    const account = fc.constantFrom('a', 'b', 'c', 'd');
    const roles = fc.subarray(['security-reviewer', 'change-authority'] as const);
    const approvers = fc.array(fc.record({ person: account, roles }), { maxLength: 6 });
    fc.assert(
      fc.property(approvers, fc.subarray(['a', 'b', 'c', 'd']), (given, joined) => {
        const people = mapOf(mapped('p', { accounts: joined }));
        const needs = [['security-reviewer'], ['change-authority']] as const;
        const apart = matchApprovers(DEFAULT_POLICY, needs, given).missing;
        const together = matchApprovers(
          DEFAULT_POLICY,
          needs,
          given.map((one) => ({ ...one, person: personKey(people, one.person) })),
        );
        expect(together.missing).toBeGreaterThanOrEqual(apart);
        if (given.every(({ person }) => joined.includes(person))) expect(together.countsFor.size).toBeLessThan(2);
      }),
    );
  });
});

describe('the part of the map that a change needs', () => {
  const people = [
    mapped('dana', { accounts: ['a1', 'a2'], identities: [login('dana')] }),
    mapped('eve', { accounts: ['b1'], identities: [email('eve@x.test')] }),
    mapped('bot', { identities: [login('bot')] }),
  ];

  it('has who is named by account or identity, whole, and nobody else', () => {
    const part = concerning(mapOf(...people), new Set(['a2']), [{ person: { login: 'bot' }, source: 'github' }]);
    expect(part).toEqual({ version: 'people-1', people: [people[0], people[2]] });
  });
});

describe('a map that makes sense', () => {
  const rey = mapped('rey', { name: 'Rey', accounts: ['a'], identities: [email('rey@x.test')] });
  it.each<[string, readonly Mapped[], string | null]>([
    ['nobody', [], null],
    ['a person and a bot', [rey, mapped('bot', { identities: [login('bot')] })], null],
    ['somebody without anything', [mapped('x', { name: 'Xen' })], 'Xen has neither'],
    [
      'an account of two',
      [rey, mapped('y', { name: 'Yva', accounts: ['a'] })],
      'same Jira account belongs to Rey and Yva',
    ],
    ['an identity of two', [rey, mapped('y', { name: 'Yva', identities: [email('REY+x@x.test')] })], 'same identity'],
    ['an account twice', [mapped('x', { name: 'Xen', accounts: ['a', 'a'] })], 'is there twice'],
    ['an id twice', [rey, mapped('rey', { name: 'Ray', accounts: ['c'] })], 'Two people have the id rey'],
  ])('%s', (_, people, problem) => {
    const problems = peopleProblems(mapOf(...people));
    if (problem === null) expect(problems).toEqual([]);
    else expect(problems.join(' ')).toContain(problem);
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['an address that is none', mapOf(mapped('x', { identities: [email('not an address')] }))],
    ['an account id with a comma', mapOf(mapped('x', { accounts: ['a,b'] }))],
    ['a member of nobody’s', { version: 'people-1', people: [{ ...mapped('x'), extra: 1 }] }],
  ])('%s is no map', (_, value) => expect(storedPeople(value)).toBeUndefined());

  it('is read as it was stored, without its salt', () =>
    expect(storedPeople({ ...mapOf(rey), salt: 'x' })).toEqual(mapOf(rey)));
});

describe('what is different, in words', () => {
  const rey = mapped('rey', { name: 'Rey Quill', accounts: ['acct-1'], identities: [email('rey@x.test')] });
  const bot = mapped('bot', { name: 'Depbot', identities: [login('depbot')] });
  it.each<[string, readonly Mapped[], readonly Mapped[], readonly string[]]>([
    ['nothing', [rey], [rey], []],
    ['somebody more', [], [rey, bot], ['1 person was added.', '1 person was added as nobody who may decide here.']],
    ['two less', [rey, bot], [], ['2 people were removed.']],
    ['an account joined', [rey], [{ ...rey, accounts: ['acct-1', 'acct-2'] }], ['1 person has other Jira accounts.']],
    ['an identity', [rey], [{ ...rey, identities: [] }], ['1 person has other identities.']],
    ['a name', [rey], [{ ...rey, name: 'Reyna' }], ['1 person has another name.']],
    ['an organisation', [rey], [{ ...rey, organisation: 'Acme' }], ['1 person has another organisation.']],
    ['the order', [rey, bot], [bot, rey], ['Only the order of the people changed.']],
  ])('%s', (_, before, after, sentences) =>
    expect(peopleDifferences(mapOf(...before), mapOf(...after))).toEqual(sentences),
  );

  it('says nothing when the same is saved, and holds nobody’s data', () => {
    expect(peopleDifferences(EMPTY_PEOPLE, mapOf())).toEqual([]);
    const all = peopleDifferences(
      mapOf(rey, bot),
      mapOf({ ...rey, name: 'Other', accounts: ['z'], organisation: 'Acme' }),
    );
    expect(all.join(' ')).not.toMatch(/rey|quill|other one|acct|depbot|acme|x\.test/i);
  });
});
