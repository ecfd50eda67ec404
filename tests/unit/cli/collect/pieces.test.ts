import { joinedUp, MAX_PIECE_BYTES, pieces } from '../../../../src/cli/collect/pieces';
import { readEnvelope, type Envelope } from '../../../../src/providers/pipeline/envelope';

const envelope: Envelope = {
  change: 'CHG-7',
  kind: 'commit',
  commits: Array.from({ length: 2500 }, (_, i) => ({ id: String(i).padStart(40, '0'), message: 'ü'.repeat(100) })),
};
const sizes = (cut: readonly Envelope[]): number[] => cut.map((piece) => Buffer.byteLength(JSON.stringify(piece)));

it('are under the limit, lose nothing, keep the order and have keys of their own', () => {
  const cut = pieces(envelope);
  expect(cut.flatMap(({ commits = [] }) => commits)).toEqual(envelope.commits);
  expect(Math.max(...sizes(cut))).toBeLessThanOrEqual(MAX_PIECE_BYTES);
  expect(new Set(cut.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(cut.length);
  expect(cut.every((piece) => readEnvelope(piece).ok)).toBe(true);
  expect(cut.length).toBeGreaterThan(2);
});

it('are of at most 1,000 entries', () => {
  const ids = Array.from({ length: 2500 }, (_, i) => String(i).padStart(40, '0'));
  expect(pieces({ ...envelope, commits: ids }).map(({ commits }) => commits?.length)).toEqual([1000, 1000, 500]);
});

describe('signatures with their objects', () => {
  const one = (i: number, size: number): Envelope => ({
    change: 'CHG-7',
    kind: 'commit-signature',
    commits: [{ id: String(i).padStart(40, '0'), signature: 'verified' }],
    contents: [{ name: `${i}.commit`, text: 'x'.repeat(size) }],
  });

  it('go together, up to 20 and while they fit', () => {
    expect(joinedUp(Array.from({ length: 45 }, (_, i) => one(i, 100))).map(({ contents }) => contents?.length)).toEqual(
      [20, 20, 5],
    );
    const large = joinedUp(Array.from({ length: 5 }, (_, i) => one(i, 60_000)));
    expect(large.map(({ commits }) => commits?.length)).toEqual([3, 2]);
    expect(Math.max(...sizes(large))).toBeLessThanOrEqual(MAX_PIECE_BYTES);
  });

  it('keep their order and lose nothing', () => {
    const joined = joinedUp([one(1, 10), one(2, 10)]);
    expect(joined).toMatchObject([{ commits: [{ id: /1$/ }, { id: /2$/ }].map(() => ({ signature: 'verified' })) }]);
    expect(joined[0]?.contents?.map(({ name }) => name)).toEqual(['1.commit', '2.commit']);
  });
});

it('files of different kinds, or about something else, stay apart', () => {
  const file = (more: Partial<Envelope>): Envelope => ({
    change: 'CHG-7',
    kind: 'document',
    contents: [{ name: 'a', text: 'a' }],
    ...more,
  });
  const apart = [file({}), file({ kind: 'test-result' }), file({ kind: 'test-result', environment: 'production' })];
  expect(joinedUp(apart)).toEqual(apart);
});
