/** What a person fills in before it is sent: the same as the app asks, said at once. */
import { draftOf, faultsOf, toPayload, type ImplementationDraft } from '../../../static/src/wording/implementation';
import { implementationPayload } from '../../../src/contract/payloads';

const NOW = new Date('2026-03-04T15:00:00.000Z');
const GOOD: ImplementationDraft = {
  startedAt: '2026-03-04T13:00:00.000Z',
  endedAt: '2026-03-04T13:30:00.000Z',
  outcome: 'as-planned',
  backoutUsed: 'no',
  verification: ' Probed both ports. ',
  controlsSatisfied: 'yes',
  verifiedBy: '557058:owner',
  verifiedAt: '2026-03-04T14:00:00.000Z',
  baselineUpdated: 'updated',
  inventoryUpdated: 'not-needed',
  planUpdated: 'outstanding',
  notes: '',
};

const CASES: readonly (readonly [string, Partial<ImplementationDraft>, readonly string[]])[] = [
  ['nothing is wrong', {}, []],
  ['ended before it began', { endedAt: '2026-03-04T12:00:00.000Z' }, ['endedAt']],
  [
    'has not ended yet',
    { endedAt: '2026-03-04T16:00:00.000Z', verifiedAt: '2026-03-04T17:00:00.000Z' },
    ['endedAt', 'verifiedAt'],
  ],
  ['verified before it had ended', { verifiedAt: '2026-03-04T13:29:00.000Z' }, ['verifiedAt']],
  ...(Object.keys(GOOD) as (keyof ImplementationDraft)[])
    .filter((key) => key !== 'notes')
    .map((key) => [`${key} is empty`, { [key]: '' }, [key]] as const),
];

test.each(CASES)('%s', (_, change, faulty) => {
  expect(Object.keys(faultsOf({ ...GOOD, ...change }, NOW)).sort()).toEqual([...faulty].sort());
});

test('an empty form claims nothing, and what is sent is what the app reads', () => {
  expect(Object.keys(faultsOf(draftOf(null), NOW))).toHaveLength(11);
  expect(implementationPayload.safeParse(toPayload(GOOD)).data).toMatchObject({
    backoutUsed: false,
    controlsSatisfied: true,
    verification: 'Probed both ports.',
  });
});
