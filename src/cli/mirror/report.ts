import type { Outcome } from '../outcome';
import type { Receipt } from './destinations/destination';
import type { Finding } from './findings';

/** What a run did and found; sentences are fit to be printed. */
export interface Report {
  changes: number;
  readonly copies: {
    readonly change: string;
    readonly kind: string;
    readonly name: string;
    readonly receipt: Receipt;
  }[];
  readonly stamps: {
    readonly change: string;
    readonly at: string;
    readonly authority: string;
    readonly name: string;
  }[];
  readonly receipts: { readonly change: string; readonly result: string }[];
  /** `name`: of its copy, and what it is acknowledged by. */
  readonly findings: ({ readonly change: string; readonly name: string } & Finding)[];
  readonly notes: string[];
  /** What could not be done, a sentence each. */
  readonly failures: string[];
}

export const emptyReport = (): Report => ({
  changes: 0,
  copies: [],
  stamps: [],
  receipts: [],
  findings: [],
  notes: [],
  failures: [],
});

const FIRST = 'This was the first run with this state: there was nothing to compare with yet.';

/** Findings come before failures: what does not agree is the answer that nobody may miss. */
export function outcomeOf(report: Report, isFirst: boolean, json: boolean): Outcome {
  const { changes, copies, stamps, receipts, findings, notes, failures } = report;
  const exitCode = findings.length > 0 ? 1 : failures.length > 0 ? 2 : 0;
  if (json) return { exitCode, output: JSON.stringify({ ok: exitCode === 0, first: isFirst, ...report }, null, 2) };
  const lines = [
    ...findings.map(({ change, code, sentence, name }) => `${change}: ${code}: ${sentence} (${name})`),
    ...copies.map(({ change, name, receipt }) => `${change}: ${name} → ${receipt.where}${proofWords(receipt)}`),
    ...stamps.map(({ change, at, authority, name }) => `${change}: ${name}: stamped at ${at} by ${authority}`),
    ...receipts.map(({ change, result }) => `${change}: receipt: ${result}`),
    ...notes,
    `${changes} changes looked at, ${copies.length} copies made, ${findings.length} findings, ${failures.length} failures.`,
    ...(isFirst ? [FIRST] : []),
  ];
  return {
    exitCode,
    output: lines.join('\n'),
    ...(failures.length === 0 ? {} : { complaint: failures.join('\n') }),
  };
}

const PROOFS = { 'read-back': 'read back', acknowledged: 'acknowledged', taken: 'taken, not proved' } as const;

function proofWords({ proof, lock, versionId, already }: Report['copies'][number]['receipt']): string {
  const locked =
    lock === undefined ? '' : `, version ${versionId ?? ''} locked in compliance mode until ${lock.retainUntil}`;
  return ` (${already ? 'was there, ' : ''}${PROOFS[proof]}${locked})`;
}
