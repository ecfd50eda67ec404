import type { FileRead } from '../ledger/file-read';
import type { Statement } from './reader';

/** What an entry says of a file's statements without repeating any: counts and times, no personal data. */
export type Summary = Pick<FileRead, 'statements' | 'claimed' | 'effects' | 'signatures'>;

export function summaryOf(statements: readonly Statement[]): Summary {
  const effects = { read: 0, write: 0, unknown: 0 };
  const signatures = { verified: 0, signerUnknown: 0, invalid: 0, unsigned: 0 };
  let claimed: FileRead['claimed'] = null;
  for (const { kind, state, effect, claimedAt } of statements) {
    effects[effect] += 1;
    const signature = kind === 'commit-signature' || kind === 'attestation' ? SIGNATURES[state ?? ''] : undefined;
    if (signature !== undefined) signatures[signature] += 1;
    if (claimedAt !== null) claimed = spanned(claimed, claimedAt);
  }
  return { statements: statements.length, claimed, effects, signatures };
}

/** By the state that a check of a signature ends in, see ./signature/checks. */
const SIGNATURES: Readonly<Record<string, keyof FileRead['signatures']>> = {
  verified: 'verified',
  'signed-signer-unknown': 'signerUnknown',
  invalid: 'invalid',
  unsigned: 'unsigned',
};

function spanned(claimed: FileRead['claimed'], at: string): NonNullable<FileRead['claimed']> {
  if (claimed === null) return { from: at, to: at };
  const [time, from, to] = [at, claimed.from, claimed.to].map((text) => Date.parse(text)) as [number, number, number];
  return { from: time < from ? at : claimed.from, to: time > to ? at : claimed.to };
}
