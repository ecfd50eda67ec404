import type { Exception } from './verdict';
import type { GateFacts } from './recorded';
import { listed } from './words';

/** What of a log or a plan an assessor would ask about first; what only says how a file was read is none. */
const TROUBLES: Readonly<Record<string, string>> = {
  'log-gap': 'records are missing by its own numbering',
  'log-lost': 'it says that records were lost',
  'log-rolled-over': 'it was rolled over, and what came before is not in it',
  'log-out-of-order': 'its records are out of order',
  'log-cleared': 'it was cleared',
  'audit-altered': 'what it records was changed or turned off',
  drift: 'the real state differs from what was recorded before',
  errored: 'it ended with an error',
};

/** Findings in files that were handed in, as their entries hold them. They open nothing and close nothing. */
export function foundInFiles({ entries }: Pick<GateFacts, 'entries'>): Exception[] {
  return entries.flatMap(({ entry }): Exception[] => {
    if (entry.kind !== 'file-read') return [];
    const { body, seq } = entry;
    const which = `the file of entry ${seq} (${body.format}, ${body.digest.slice(0, 12)}…)`;
    const troubles = body.findings.flatMap((code) => (Object.hasOwn(TROUBLES, code) ? (TROUBLES[code] ?? []) : []));
    return [
      ...(troubles.length === 0
        ? []
        : [{ code: 'file-finding' as const, sentence: `Of ${which}: ${listed(troubles)}.`, at: body.receivedAt }]),
      ...(body.signatures.invalid === 0
        ? []
        : [
            {
              code: 'signature-invalid' as const,
              sentence: `Of ${which}: ${body.signatures.invalid} of its signatures ${body.signatures.invalid === 1 ? 'does' : 'do'} not hold.`,
              at: body.receivedAt,
            },
          ]),
    ];
  });
}
