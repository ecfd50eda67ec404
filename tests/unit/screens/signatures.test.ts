import type { EvidenceView } from '../../../src/contract/panel';
import { signatureMark, signaturesByCommit } from '../../../static/src/wording/signatures';

const CHECKED = { signature: 'verified' };
const signer = [{ role: 'signer', name: 'Ivy Chen' }];

it.each<[string | null, Readonly<Record<string, string>>, string | null, string | undefined]>([
  ['verified', CHECKED, 'Signature verified: Ivy Chen', 'good'],
  ['verified', {}, 'Verified, by the sender’s word', 'neutral'],
  ['signed-signer-unknown', CHECKED, 'Signed, signer unknown', 'warning'],
  ['invalid', CHECKED, 'Signature invalid', 'bad'],
  ['unsigned', CHECKED, 'Not signed', 'neutral'],
  ['bad', {}, 'Bad signature, by the sender’s word', 'bad'],
  ['unverified', {}, 'Not verified, by the sender’s word', 'warning'],
  ['none', {}, 'Not signed, by the sender’s word', 'neutral'],
  ['something else', {}, null, undefined],
  [null, {}, null, undefined],
])('%s, %j', (state, attributes, text, tone) => {
  const mark = signatureMark({ state, attributes, people: signer });
  expect([mark?.text ?? null, mark?.tone]).toEqual([text, tone]);
});

it('beside a commit stands what was checked here, whatever a sender states before or after', () => {
  const id = 'a'.repeat(40);
  const said = { kind: 'commit-signature', id, commits: [id], state: 'verified', attributes: {}, people: [] };
  const checked = { ...said, state: 'invalid', attributes: { signature: 'invalid' } };
  const other = { ...said, kind: 'commit', state: null };
  for (const order of [
    [said, checked, other],
    [checked, other, said],
  ]) {
    const marks = signaturesByCommit(order as unknown as EvidenceView[]);
    expect([marks.size, marks.get(id)?.text]).toEqual([1, 'Signature invalid']);
  }
  expect(signaturesByCommit([said] as unknown as EvidenceView[]).get(id)?.text).toBe('Verified, by the sender’s word');
});
