import { canonicalJson } from '../../ledger/canonical';
import { disclosed } from '../../ledger/commitment';
import type { StoredEntry } from '../../ledger/entry';
import { sha256Hex } from '../../ledger/hash';
import { namedBodies, settleDeliveries } from '../deliveries';
import { FILES, rawFile, redactedFile } from '../files';
import type { RawDelivery } from '../input';
import type { OpenedPack } from './opened';
import type { Findings } from './outcome';

/** The digests that decisions and edits bind to, computed again from the disclosed content. */
export function checkContentDigests(entries: readonly StoredEntry[], findings: Findings): void {
  findings.check('content-digests', (report) => {
    let checked = 0;
    let erased = 0;
    for (const stored of entries) {
      const { entry } = stored;
      if (entry.kind !== 'change-opened' && entry.kind !== 'content-changed' && entry.kind !== 'decision') continue;
      const content = disclosed<unknown>(stored, entry.body.content);
      if (content === undefined) {
        erased += 1;
        continue;
      }
      checked += 1;
      const digest = sha256Hex(canonicalJson(content));
      if (digest !== entry.body.contentDigest) {
        report(
          FILES.ledger,
          `entry ${entry.seq} (${entry.kind}): its content hashes to ${digest}, it says ${entry.body.contentDigest}`,
        );
      }
    }
    return `${checked} computed again, ${erased} not possible because the content is not disclosed`;
  });
}

/** The bodies in the pack are the ones that the evidence in the ledger came from. Answers them for the rebuild. */
export function checkDeliveries(pack: OpenedPack, entries: readonly StoredEntry[], findings: Findings): RawDelivery[] {
  const found: RawDelivery[] = [];
  findings.check('deliveries', (report) => {
    const bodies = namedBodies(entries);
    for (const { bodyDigest, redactedDigest } of bodies) found.push(take(pack, bodyDigest, redactedDigest, report));
    const known = new Set(bodies.flatMap(({ bodyDigest }) => [rawFile(bodyDigest), redactedFile(bodyDigest)]));
    for (const name of pack.files.keys()) {
      if (/^3\.4\.3-b_(?:raw|redacted)_/.test(name) && !known.has(name))
        report(name, 'belongs to no evidence in the ledger');
    }
    const { records } = settleDeliveries(entries, found);
    const { manifest } = pack;
    if (manifest !== undefined) {
      const stated = manifest.deliveries.map(({ bodyDigest, state, file, because }) =>
        [bodyDigest, state, file, because].join('\n'),
      );
      const expected = records.map(({ bodyDigest, state, file, because }) =>
        [bodyDigest, state, file, because].join('\n'),
      );
      if (stated.join('\n\n') !== expected.join('\n\n'))
        report(FILES.manifest, 'its list of deliveries is not what the ledger and the files give');
    }
    const tally = (state: RawDelivery['state']): number => records.filter((record) => record.state === state).length;
    return `${tally('kept')} as received, ${tally('redacted')} redacted, ${tally('quarantined')} held back, ${tally('missing')} missing`;
  });
  return found;
}

function take(
  pack: OpenedPack,
  bodyDigest: string,
  redactedDigest: string | null,
  report: (file: string, sentence: string) => void,
): RawDelivery {
  const raw = pack.files.get(rawFile(bodyDigest));
  const redacted = pack.files.get(redactedFile(bodyDigest));
  if (raw !== undefined) {
    const digest = sha256Hex(raw);
    if (digest !== bodyDigest) report(rawFile(bodyDigest), `hashes to ${digest}, the ledger recorded ${bodyDigest}`);
    return { state: 'kept', bodyDigest, bytes: raw };
  }
  if (redacted !== undefined) {
    const digest = sha256Hex(redacted);
    if (digest !== redactedDigest) {
      report(
        redactedFile(bodyDigest),
        `hashes to ${digest}, the ledger recorded ${redactedDigest ?? 'no redacted copy'}`,
      );
    }
    return { state: 'redacted', bodyDigest, bytes: redacted };
  }
  const stated = pack.manifest?.deliveries.find((delivery) => delivery.bodyDigest === bodyDigest);
  if (stated?.state === 'quarantined') return { state: 'quarantined', bodyDigest };
  if (stated?.state === 'missing' && stated.because !== null)
    return { state: 'missing', bodyDigest, because: stated.because };
  report(stated?.file ?? rawFile(bodyDigest), 'is missing, and the pack does not say why');
  return { state: 'missing', bodyDigest, because: 'not in the pack' };
}
