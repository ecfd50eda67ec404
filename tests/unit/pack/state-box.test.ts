import { factsOf } from '../../../src/pack/facts';
import { stateBox } from '../../../src/pack/report/state-box';
import { goldenInput } from '../../golden/input';

type Input = Awaited<ReturnType<typeof goldenInput>>;

/** The head of the report of the golden change in another status, as text. */
async function headOf(
  status: string,
  change: (input: Input) => Partial<Input['verdict']> = () => ({}),
): Promise<string> {
  const input = await goldenInput();
  const closing = {
    field: 'status',
    fieldId: 'status',
    from: '1',
    fromText: 'Executed',
    to: '2',
    toText: status,
  } as const;
  const history = [
    ...input.snapshot.history,
    { id: '99999', author: '5b10a2844c20165700ede202', at: '2026-03-05T07:00:00.000Z', items: [closing] },
  ];
  const verdict = { ...input.verdict, ...change(input) };
  const { markup } = stateBox(factsOf({ ...input, verdict, snapshot: { ...input.snapshot, status, history } }));
  return markup.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}

const over = (reasons: Input['verdict']['reasons'] = []) => ({
  open: false,
  reasons: [{ code: 'change-closed' as const, sentence: 'The change is over.' }, ...reasons],
});
const SINCE = 'since 2026-03-05 07:00:00 UTC, moved there by Owen Patel (account 5b10a2844c20165700ede202).';

describe('the head of the report', () => {
  it.each(['Closed', 'Withdrawn', 'Disapproved'])(
    'of a change that is %s says so, since when, and what stands',
    async (status) => {
      const head = await headOf(status, () => over());
      expect(head).toContain(`${status}: nothing is open any more ${status} ${SINCE}`);
      expect(head).toMatch(/Decisions that stand: approved by Renée Lefèvre .* approved by Aiko Tanaka/);
      expect(head).not.toMatch(/Not open|do not open|The change is over/);
    },
  );

  it('of a closed change whose approvals do not stand says that, and what was needed', async () => {
    const head = await headOf('Closed', ({ verdict }) => ({
      ...over([{ code: 'voided', sentence: 'It was edited.' }]),
      decided: false,
      needs: { ...verdict.needs, missing: 1, phrase: 'one change authority' },
      decisions: verdict.decisions.map((one) => ({ ...one, valid: false })),
    }));
    expect(head).toContain('No recorded decision stands. Still needed by the policy: one change authority.');
    expect(head).toContain('4 recorded decisions do not stand');
    expect(head).toContain('It was edited.');
  });

  it('of one that was executed says both', async () => {
    expect(await headOf('Executed')).toContain(
      'Executed. Open: the recorded decisions stand for the content as exported',
    );
    const blocked = { open: false, reasons: [{ code: 'pass-expired' as const, sentence: 'The pass ended.' }] };
    expect(await headOf('Executed', () => blocked)).toContain(
      'Executed. Not open: the recorded decisions stand, and something else is in the way',
    );
  });

  it('of one that nobody decided says that they do not open it', async () => {
    const head = await headOf('Assessed', ({ verdict }) => ({
      open: false,
      decided: false,
      decisions: [],
      needs: { ...verdict.needs, missing: 2 },
    }));
    expect(head).toContain('Not open: the recorded decisions do not open this change No decision is recorded.');
  });
});
