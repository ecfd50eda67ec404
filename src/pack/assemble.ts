import { canonicalJson } from '../ledger/canonical';
import { fileExceptions } from './file-exceptions';
import { FILES } from './files';
import { factsOf } from './facts';
import { fromJiraFile } from './from-jira';
import type { PackFacts } from './facts';
import type { PackFile, PackInput } from './input';
import { keysFile } from './keys';
import { checksumsFile, manifestFile } from './manifest';
import { meetingsFile } from './meetings';
import { readmeText } from './readme';
import { reportFile } from './report/report';
import { jsonFile, jsonLines, utf8 } from './text';

export type { PackFile, PackInput, RawDelivery } from './input';

/**
 * Every file of a change's evidence pack, in order: cover sheet and report, exceptions and completeness, then by
 * objective, then the two manifests. Pure: the same input gives the same bytes. Nothing is left out silently: what is
 * missing stands in the completeness file with its reason. FORMAT.md describes the files.
 *
 * @throws CanonicalError when the snapshot or an entry holds something that is not JSON.
 */
export function assemblePack(input: PackInput): PackFile[] {
  const facts = factsOf(asFilesHaveThem(input));
  const files = contentFiles(facts);
  const manifest = manifestFile(facts, files);
  return [...files, manifest, checksumsFile([...files, manifest])];
}

/**
 * The same values with their members in the order in which the primary files have them (RFC 8785), which is all that a
 * verifier reads: whatever lists members must list them alike on both sides.
 */
function asFilesHaveThem(input: PackInput): PackInput {
  const { snapshot, entries, policy, policies, people, meetings, fromJira } = input;
  return {
    ...input,
    snapshot: reordered(snapshot),
    entries: reordered(entries),
    policy: reordered(policy),
    ...(policies === undefined ? {} : { policies: reordered(policies) }),
    ...(people === undefined ? {} : { people: reordered(people) }),
    ...(meetings === undefined ? {} : { meetings: reordered(meetings) }),
    ...(fromJira === undefined ? {} : { fromJira: reordered(fromJira) }),
  };
}

const reordered = <T>(value: T): T => JSON.parse(canonicalJson(value)) as T;

/** All files but the two manifests. */
function contentFiles(facts: PackFacts): PackFile[] {
  const { input } = facts;
  const primary: PackFile[] = [
    { name: FILES.change, bytes: jsonFile(input.snapshot) },
    { name: FILES.policy, bytes: jsonFile(input.policyFiles?.policy ?? input.policy) },
    ...(Object.keys(input.policies ?? {}).length === 0
      ? []
      : [{ name: FILES.policies, bytes: jsonFile(input.policyFiles?.policies ?? input.policies) }]),
    ...((input.people?.people ?? []).length === 0 ? [] : [{ name: FILES.people, bytes: jsonFile(input.people) }]),
    ...((input.meetings ?? []).length === 0
      ? []
      : [{ name: FILES.meetings, bytes: jsonFile(meetingsFile(input.meetings ?? [])) }]),
    ...(input.fromJira === undefined ? [] : [{ name: FILES.fromJira, bytes: jsonFile(fromJiraFile(input.fromJira)) }]),
    ...((input.keys ?? []).length === 0 ? [] : [{ name: FILES.keys, bytes: jsonFile(keysFile(input.keys ?? [])) }]),
    { name: FILES.ledger, bytes: jsonLines(input.entries.map(({ entry }) => entry)) },
    { name: FILES.disclosures, bytes: jsonLines(disclosureLines(input)) },
    { name: FILES.health, bytes: jsonFile(healthFile(input)) },
    ...facts.rawFiles,
    ...facts.handedIn.statementsFiles,
  ];
  const derived = derivedFiles(facts, primary);
  return [...primary, ...derived].sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1));
}

/** Entries as they are hashed, each with what opens its commitments. */
const healthFile = ({ health = [] }: PackInput): unknown => ({
  entries: health.map(({ entry, disclosures }) => ({ entry, disclosures })),
});

const DERIVED = [FILES.readme, FILES.report, FILES.exceptions, FILES.completeness, FILES.evidence, FILES.decisions];

/** What is made of the files that were handed in; nothing where none was. */
function handedInFiles({ handedIn: { rows, matching, wholeFiles } }: PackFacts): PackFile[] {
  if (rows.length === 0) return [];
  const logs = matching.length === 0 ? [] : [{ name: FILES.matching, bytes: jsonLines(matching) }];
  return [{ name: FILES.files, bytes: jsonFile({ files: rows }) }, ...logs, ...wholeFiles];
}

/** What is made from the primary files; a verifier makes it again. */
function derivedFiles(facts: PackFacts, primary: readonly PackFile[]): PackFile[] {
  const { exceptions, ...verdict } = facts.input.verdict;
  const handedIn = handedInFiles(facts);
  const named = [...primary, ...handedIn].map(({ name }) => name);
  const inOrder = [...named, ...DERIVED].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return [
    { name: FILES.readme, bytes: utf8(readmeText(facts, inOrder)) },
    { name: FILES.report, bytes: reportFile(facts, primary) },
    {
      name: FILES.exceptions,
      bytes: jsonFile({ exceptions, ledgerBreaks: facts.breaks, health: facts.health, files: fileExceptions(facts) }),
    },
    { name: FILES.completeness, bytes: jsonFile(facts.completeness) },
    {
      name: FILES.evidence,
      bytes: jsonFile({ evidence: facts.evidence, deliveries: facts.deliveries, gate: facts.gate }),
    },
    { name: FILES.decisions, bytes: jsonFile(verdict) },
    ...handedIn,
  ];
}

/** The lines of the disclosures file: one a commitment, ordered by commitment, the same value once. */
function disclosureLines({ entries }: PackInput): unknown[] {
  const lines = new Map(
    entries.flatMap(({ disclosures }) =>
      Object.entries(disclosures).map(
        ([commitment, { salt, value }]) => [commitment, { commitment, salt, value }] as const,
      ),
    ),
  );
  return [...lines.keys()].sort().map((commitment) => lines.get(commitment));
}

const ORDER: readonly string[] = [FILES.readme, FILES.report, FILES.exceptions, FILES.completeness];

/** Reading order: the general files first, then by objective as the names sort. */
function rank(name: string): number {
  const place = ORDER.indexOf(name);
  return place === -1 ? ORDER.length : place;
}
