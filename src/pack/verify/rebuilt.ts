import { judge } from '../../gate/judge';
import { isInstant } from '../../ledger/chain';
import type { StoredEntry } from '../../ledger/entry';
import { EMPTY_PEOPLE } from '../../policy/people';
import { assemblePack } from '../assemble';
import type { PackInput, RawDelivery } from '../assemble';
import { FILES, RENDERER, describeFile } from '../files';
import type { Manifest } from '../manifest';
import type { StatementsPart } from '../statements';
import { jsonIn } from './opened';
import type { OpenedPack } from './opened';
import { equal } from './listing';
import { readFromJira } from './from-jira';
import { readStoredEntries } from './health';
import { readKeysParts } from './keys';
import { readMeetingParts } from './meetings';
import type { Findings } from './outcome';
import { readPeople, readPolicies, readPolicy, readSnapshot } from './primary';

/** What the checks before found of the deliveries and of what files state. */
export interface Parts {
  readonly deliveries: readonly RawDelivery[];
  readonly statements: readonly StatementsPart[];
}

type Report = (file: string | null, sentence: string) => void;

/**
 * Judges again and writes every file again from the primary ones, and compares byte for byte: what a person reads in the
 * report is then what the ledger says. Only a verifier with the pack's own renderer version can do it.
 */
export function checkRebuilt(
  pack: OpenedPack,
  entries: readonly StoredEntry[],
  parts: Parts,
  findings: Findings,
): void {
  findings.check('rebuilt', (report) => {
    const { manifest } = pack;
    if (manifest === undefined) return { notDone: `${FILES.manifest} is not readable` };
    if (manifest.renderer !== RENDERER) {
      return `not done: the pack was written by ${manifest.renderer}, this verifier has ${RENDERER}; the files made from others were compared with their digests only`;
    }
    try {
      const input = inputOf(pack, manifest, entries, parts, report);
      if (input === undefined) {
        return { notDone: 'a file that the others are made from is missing or not readable' };
      }
      return compare(pack, input, report);
    } catch (error) {
      // Only a forged primary file gets here: what the app writes can always be judged and written again.
      report(FILES.ledger, `nothing can be written again from it: ${String(error)}`);
      return { notDone: 'the primary files are not what the app writes' };
    }
  });
}

function compare(pack: OpenedPack, input: PackInput, report: Report): string {
  const expected = assemblePack(input);
  let derived = 0;
  for (const { name, bytes } of expected) {
    const there = pack.files.get(name);
    if (describeFile(name)?.role === 'derived') derived += 1;
    // The manifests follow from all other files, so one changed byte elsewhere would be reported here once more.
    if (there === undefined || name === FILES.checksums || name === FILES.manifest) continue;
    if (!equal(there, bytes))
      report(name, 'is not what the ledger and the other primary files give when it is written again');
  }
  return `${derived} files written again from the primary ones and compared byte for byte`;
}

function inputOf(
  pack: OpenedPack,
  manifest: Manifest,
  entries: readonly StoredEntry[],
  { deliveries, statements }: Parts,
  report: Report,
): PackInput | undefined {
  const snapshot = readSnapshot(valueIn(pack, FILES.change));
  const policyFiles = { policy: valueIn(pack, FILES.policy), policies: valueIn(pack, FILES.policies) };
  const policy = readPolicy(policyFiles.policy);
  if (snapshot === undefined && pack.files.has(FILES.change))
    report(FILES.change, 'is not a change request of this format');
  if (policy === undefined && pack.files.has(FILES.policy)) report(FILES.policy, 'is not a policy of this format');
  const policies = pack.files.has(FILES.policies) ? readPolicies(policyFiles.policies) : {};
  if (policies === undefined) report(FILES.policies, 'is not a list of policies of this format');
  const people = pack.files.has(FILES.people) ? readPeople(valueIn(pack, FILES.people)) : EMPTY_PEOPLE;
  if (people === undefined) report(FILES.people, 'is not a people map of this format');
  if (snapshot === undefined || policy === undefined || policies === undefined || people === undefined)
    return undefined;
  if (snapshot.issueId !== manifest.change.issueId || snapshot.key !== manifest.change.key) {
    report(FILES.change, `is ${snapshot.key}, ${FILES.manifest} is about ${manifest.change.key}`);
  }
  const health = readStoredEntries(valueIn(pack, FILES.health));
  if (health === undefined) {
    report(FILES.health, 'is not a part of the ledger of the checks of the controls');
    return undefined;
  }
  const meetings = pack.files.has(FILES.meetings) ? readMeetingParts(valueIn(pack, FILES.meetings)) : [];
  // The check of the meetings names what is wrong with it.
  if (meetings === undefined) return undefined;
  const fromJira = pack.files.has(FILES.fromJira) ? readFromJira(valueIn(pack, FILES.fromJira)) : null;
  if (fromJira === undefined) return undefined;
  const keys = pack.files.has(FILES.keys) ? readKeysParts(valueIn(pack, FILES.keys)) : [];
  if (keys === undefined) return undefined;
  if (!isInstant(manifest.judgedAt) || !isInstant(manifest.generatedAt)) {
    report(FILES.manifest, 'its times are not UTC with milliseconds');
    return undefined;
  }
  return {
    appVersion: manifest.appVersion,
    site: manifest.site,
    generatedAt: manifest.generatedAt,
    exportedBy: manifest.exportedBy,
    snapshot,
    entries,
    policy,
    policies,
    policyFiles,
    people,
    verdict: judge(policy, { snapshot, entries, policies, people }, new Date(manifest.judgedAt)),
    deliveries,
    statements,
    health,
    meetings,
    keys,
    ...(fromJira === null ? {} : { fromJira }),
    ledgerBreaks: manifest.ledger.breaksAtExport,
  };
}

function valueIn(pack: OpenedPack, name: string): unknown {
  const bytes = pack.files.get(name);
  const json = bytes === undefined ? { refused: 'missing' } : jsonIn(bytes);
  return 'value' in json ? json.value : undefined;
}
