import { evidence } from '../../../static/dev/people';
import { marks, marksOf, needsALook, summaryOf } from '../../../static/src/wording/evidence-marks';
import { signaturesByCommit } from '../../../static/src/wording/signatures';

const COMMIT = 'a'.repeat(40);
const marked = (items: readonly ReturnType<typeof evidence>[]) => marksOf(items, signaturesByCommit(items));
const texts = (items: readonly ReturnType<typeof evidence>[]) => summaryOf(marked(items)).map(({ text }) => text);

it('a folded kind says how its facts stand, each word once and how often', () => {
  const runs = ['success', 'success', 'failure'].map((state, n) => evidence(n, 'run', String(n), { state }));
  expect(texts(runs)).toEqual(['2 × Success', 'Failure']);
  expect(texts([evidence(1, 'artifact', 'x', { state: null })])).toEqual([]);
});

it.each([
  [{ state: 'success' }, false],
  [{ state: 'a word of its own' }, false],
  [{ state: 'failure' }, true],
  [{ state: null, redacted: true }, true],
  [{ state: null, skew: { ahead: 'sender', seconds: 900 } }, true],
  [{ state: null, skew: { ahead: 'site', seconds: 900 } }, false],
] as const)('whether somebody has to look at %j', (what, looks) => {
  expect(marked([evidence(1, 'run', 'x', what)]).some(needsALook)).toBe(looks);
});

it('a signature that does not hold is seen at the commit and at the signature, and said once at each', () => {
  const signature = evidence(2, 'commit-signature', COMMIT, { state: 'invalid', attributes: { signature: 'invalid' } });
  const both = marked([evidence(1, 'commit', COMMIT, { state: null }), signature]);
  expect(both.map((one) => marks(one).map(({ text }) => text))).toEqual([['Signature invalid'], ['Signature invalid']]);
  expect(both.every(needsALook)).toBe(true);
});
