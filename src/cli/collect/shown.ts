import type { Envelope } from '../../providers/pipeline/envelope';
import type { Outcome } from '../outcome';
import type { Collected } from './gather';
import type { Sent } from './send';
import { countsOf, entriesOf, sizeOf } from './statement';

export interface Prepared extends Collected {
  readonly envelopes: readonly Envelope[];
}

/**
 * What the person is told. Exit code 0: all that was sought is stored; 1: stored, and something that was sought is missing; 2:
 * not all of it is stored. Without `sent` nothing was, and that is shown as what would be.
 */
export function shown(prepared: Prepared, sent: Sent | undefined, json: boolean): Outcome {
  const { missing } = prepared.report;
  const complaint = sent?.complaint;
  const exitCode = complaint !== undefined ? 2 : missing.length > 0 ? 1 : 0;
  const output = json ? asJson(prepared, sent) : asText(prepared, sent);
  return { exitCode, output, ...(complaint === undefined ? {} : { complaint }) };
}

function asJson({ gathered, report, envelopes }: Prepared, sent: Sent | undefined): string {
  const { change, environment, base, head } = gathered;
  const about = { change, environment: environment ?? null, base: base ?? null, head: head ?? null };
  const pieces = envelopes.map((envelope, i) => ({
    number: i + 1,
    of: envelopes.length,
    bytes: sizeOf(envelope),
    envelope,
  }));
  const outcome =
    sent === undefined
      ? { dryRun: true, pieces }
      : { stored: sent.complaint === undefined, pieces: sent.pieces, of: envelopes.length };
  return JSON.stringify(
    { ...about, missing: report.missing.map(({ what, why }) => ({ what, why })), notes: report.notes, ...outcome },
    null,
    2,
  );
}

function asText({ gathered, report, envelopes }: Prepared, sent: Sent | undefined): string {
  const { commits, change, pullRequests, base, head } = gathered;
  const signatures = Object.entries(countsOf(commits.map(({ envelope: { signature } }) => signature)));
  const signed =
    commits.length === 0 ? '' : ` (signatures: ${signatures.map(([word, count]) => `${count} ${word}`).join(', ')})`;
  const reviews = pullRequests.flatMap(({ reviews: some }) => some).length;
  return [
    `${change}: ${commits.length} commits${signed}, ${pullRequests.length} pull requests, ${reviews} reviews`,
    ...(base === undefined ? [] : [`since ${base.commit ?? 'the beginning'}: ${base.says}`, `up to ${head ?? ''}`]),
    ...report.notes.map((note) => `note: ${note}`),
    ...report.missing.map(({ what, why }) => `missing: ${what}: ${why}`),
    ...(sent === undefined
      ? [
          'Nothing is sent. It would be:',
          ...envelopes.map(
            (envelope, i) =>
              `${placeOf(i, envelopes)} ${envelope.kind} (${entriesOf(envelope)}): ${sizeOf(envelope)} bytes`,
          ),
        ]
      : sent.pieces.map(
          ({ number, of, kind, entries, result }) => `${number}/${of} ${kind} (${entries}): ${result ?? 'no answer'}`,
        )),
  ].join('\n');
}

const placeOf = (i: number, all: readonly unknown[]): string => `${i + 1}/${all.length}`;
