import * as fc from 'fast-check';
import type { Identity } from '../../../src/policy/identity';
import { matchLog, type MatchedChange } from '../../../src/readers/matching';
import type { Statement } from '../../../src/readers/reader';

const CHANGE: MatchedChange = {
  windowStart: '2026-03-02T10:00:00Z',
  windowEnd: '2026-03-02T12:00:00Z',
  implementer: 'account-dana',
  systems: [
    { name: 'File server FS-01', aliases: ['fs-01', 'arn:aws:ec2:us-east-1:1:instance/i-0f'] },
    { name: 'Identity provider', aliases: [] },
  ],
};

const ACCOUNTS: Readonly<Record<string, string>> = {
  dana: 'account-dana',
  'dana@example.test': 'account-dana',
  olga: 'account-olga',
};

const accountsOf = (identity: Identity): readonly string[] => {
  const name = identity.kind === 'login' ? identity.login : identity.email;
  return Object.hasOwn(ACCOUNTS, name) ? [ACCOUNTS[name] ?? ''] : [];
};

const FACT: Statement = {
  kind: 'execution-log',
  id: '1',
  repository: null,
  title: 'RunInstances',
  url: null,
  state: 'succeeded',
  commits: [],
  attributes: {},
  people: [{ role: 'actor', person: { login: 'dana' } }],
  claimedAt: '2026-03-02T11:00:00.000Z',
  touches: ['\\\\FS-01\\share'],
  effect: 'write',
};

const match = (changed: Partial<Statement>, change: MatchedChange = CHANGE) => {
  const { matches, findings } = matchLog([{ ...FACT, ...changed }], change, accountsOf, 'cloudtrail');
  const [{ window, who, systems, fits } = { window: null, who: null, systems: null, fits: null }] = matches;
  return { window, who, systems, fits, findings: findings.map(({ code }) => code) };
};

const FITS = { window: 'inside', who: 'implementer', systems: ['File server FS-01'], fits: true, findings: [] };

describe('matchLog', () => {
  it('fits inside the window, by the implementer, on a named system', () => {
    expect(match({})).toEqual(FITS);
  });

  it.each([
    ['at its first moment', '2026-03-02T10:00:00.000Z', 'inside', []],
    ['at its last moment', '2026-03-02T12:00:00.000Z', 'inside', []],
    ['a millisecond before', '2026-03-02T09:59:59.999Z', 'before', ['outside-window']],
    ['a millisecond after', '2026-03-02T12:00:00.001Z', 'after', ['outside-window']],
    ['without a time', null, 'unknown', ['window-unknown']],
  ] as const)('%s of the window', (_, claimedAt, window, findings) => {
    expect(match({ claimedAt })).toEqual({ ...FITS, window, fits: window === 'inside', findings });
  });

  it.each([
    ['no start', { windowStart: null }],
    ['no end', { windowEnd: null }],
    ['an end before its start', { windowEnd: '2026-03-02T09:00:00Z' }],
    ['a start that is no time', { windowStart: 'soon' }],
  ])('a change with %s has no window', (_, change) => {
    expect(match({}, { ...CHANGE, ...change })).toMatchObject({ window: 'unknown', fits: false });
  });

  it.each([
    ['the implementer by address', [{ email: 'dana@example.test' }], 'implementer', []],
    ['somebody else', [{ login: 'olga' }], 'another', ['by-another']],
    ['the implementer and somebody else', [{ login: 'dana' }, { login: 'olga' }], 'another', ['by-another']],
    ['somebody whom nobody mapped', [{ login: 'eve' }], 'unknown', ['by-unknown']],
    ['no person', [], 'nobody', ['by-nobody']],
  ] as const)('by %s', (_, people, who, findings) => {
    const actors = people.map((person) => ({ role: 'actor' as const, person }));
    expect(match({ people: actors })).toEqual({ ...FITS, who, fits: who === 'implementer', findings });
  });

  it('without a recorded implementer, anybody is another', () => {
    expect(match({}, { ...CHANGE, implementer: null })).toMatchObject({ who: 'another', fits: false });
  });

  it.each([
    ['fs-01', true],
    ['FS-01.corp.example.test', true],
    ['/srv/fs-01/data', true],
    ['arn:aws:ec2:us-east-1:1:instance/i-0f', true],
    ['file server fs-01', true],
    ['fs-011', false],
    ['old-fs-01', false],
    ['fs-01_copy', false],
    ['arn:aws:ec2:us-east-1:1:instance/i-0f9', false],
    ['', false],
  ])('%s names the system: %s', (name, named) => {
    expect(match({ touches: [name] })).toMatchObject({
      fits: named,
      systems: named ? ['File server FS-01'] : [],
      findings: named ? [] : ['other-system'],
    });
  });

  it('a change that names no system fits nothing', () => {
    expect(match({}, { ...CHANGE, systems: [] })).toMatchObject({ fits: false, findings: ['other-system'] });
    expect(match({}, { ...CHANGE, systems: [{ name: ' ', aliases: [''] }] })).toMatchObject({ fits: false });
  });

  it('reading is matched and no finding', () => {
    expect(match({ effect: 'read', claimedAt: null, people: [], touches: [] })).toMatchObject({
      fits: false,
      findings: [],
    });
    expect(match({ effect: 'unknown', touches: [] })).toMatchObject({ findings: ['other-system'] });
  });

  it('holds each fact by itself, in order, and counts what does not match', () => {
    const fact = fc.record({
      claimedAt: fc.constantFrom(null, '2026-03-02T09:00:00Z', '2026-03-02T11:00:00Z'),
      people: fc.constantFrom(FACT.people, []),
      touches: fc.constantFrom(['fs-01'], ['elsewhere']),
      effect: fc.constantFrom('read' as const, 'write' as const, 'unknown' as const),
    });
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 8 }), (changes) => {
        const statements = changes.map((one) => ({ ...FACT, ...one }));
        const { matches, findings } = matchLog(statements, CHANGE, accountsOf, 'auditd');
        expect(matches.map(({ statement }) => statement)).toEqual(statements);
        const unfit = matches.filter(({ fits, statement }) => !fits && statement.effect !== 'read');
        expect(findings.length > 0).toBe(unfit.length > 0);
      }),
    );
  });
});
