import { nobodyLeft, soleApprovers, type Left } from '../../../src/policy/nobody-left';
import { DEFAULT_POLICY, type Decider, type Policy } from '../../../src/policy/policy';

const SR = 'security-reviewers';
const CA = 'change-authority';
const one = (name: string, groups: readonly string[], also: Partial<Decider> = {}): Decider => ({
  accountId: name.toLowerCase(),
  displayName: name,
  accountType: 'atlassian',
  active: true,
  groups,
  ...also,
});
const VIC = one('Vic', [SR]);
const AUD = one('Aud', [CA]);
const BOTH = one('Both', [SR, CA]);
const NOW = new Date('2026-03-02T09:00:00.000Z');
const provider = (until: string | null): Policy => ({
  ...DEFAULT_POLICY,
  outsideProvider: { organisation: 'Acme MSP', group: 'msp', groupId: null, until, required: false },
});
const left = (members: readonly Decider[], also: Partial<Left> = {}): Left => ({
  policy: DEFAULT_POLICY,
  requirement: DEFAULT_POLICY.normal.cui,
  members,
  barred: new Set(),
  now: NOW,
  ...also,
});
const joined = {
  version: 'people-1',
  people: [{ id: 'p', name: 'P', accounts: ['vic', 'aud'], identities: [], organisation: null }],
};

it.each<[string, Left, RegExp | null]>([
  ['a reviewer and an authority', left([VIC, AUD]), null],
  [
    'nobody at all',
    left([]),
    /^Nobody is left who may approve as security reviewer or change authority\. A Jira admin/,
  ],
  ['no authority', left([VIC]), /^Nobody is left who may approve as change authority\. /],
  [
    'one person for two places',
    left([BOTH]),
    /^Too few different people are left: it takes one security reviewer and one/,
  ],
  ['one person with two accounts', left([VIC, AUD], { people: joined }), /^Too few different people/],
  ['two accounts and somebody else', left([VIC, AUD, one('Rae', [SR])], { people: joined }), null],
  ['the authority took part', left([VIC, AUD], { barred: new Set(['aud']) }), /Aud took part in it\./],
  ['the authority is inactive', left([VIC, { ...AUD, active: false }]), /Aud is not active\./],
  ['the authority is an app', left([VIC, { ...AUD, accountType: 'app' }]), /Aud is an app\./],
  ['several took part', left([VIC, AUD], { barred: new Set(['aud', 'vic']) }), /Vic and Aud took part in it\./],
  ['what was given counts', left([AUD], { given: [{ person: 'x', roles: ['security-reviewer'] }] }), null],
  [
    'one’s own approval is no second',
    left([BOTH], { given: [{ person: 'both', roles: ['security-reviewer'] }] }),
    /^Too few/,
  ],
  ['nothing is needed', left([], { requirement: [] }), null],
  ['either will do', left([AUD], { requirement: DEFAULT_POLICY.normal.noCui }), null],
  ['the outside provider stands in', left([VIC, one('Msp', ['msp'])], { policy: provider(null) }), null],
  [
    'it could stand in',
    left([VIC], { policy: provider(null) }),
    /An engineer of Acme MSP \(group msp\) may stand in: add one/,
  ],
  ['its time is over', left([VIC], { policy: provider('2026-03-01T00:00:00.000Z') }), /prolong the time of Acme MSP/],
  ['none is named', left([VIC]), /or name an outside provider in the policy, whose engineers stand in\.$/],
])('%s', (_, facts, sentence) => {
  const said = nobodyLeft(facts);
  if (sentence === null) expect(said).toBeNull();
  else expect(said).toMatch(sentence);
});

it('names those on whom it hangs alone, and nobody where it is lost already or there are others', () => {
  expect(soleApprovers(left([VIC, AUD, one('Rae', [SR])]))).toEqual(['Aud']);
  expect(soleApprovers(left([VIC, AUD]))).toEqual(['Vic', 'Aud']);
  expect(soleApprovers(left([VIC, AUD, BOTH]))).toEqual([]);
  expect(soleApprovers(left([VIC]))).toEqual([]);
});
