import type { Sha256Hex } from '../ledger/entry';

/** The format of the whole pack; FORMAT.md beside this file describes it. */
export const PACK_FORMAT = 'change-control-pack/1';

/**
 * The version of everything that turns primary files into derived ones, the judgement included. A verifier rebuilds the
 * derived files only when it has the same one. Raise it with every change of a byte of any derived file.
 */
export const RENDERER = 'change-control-renderer/10';

/**
 * Names survive the whole way to an assessor: ASCII letters, digits, dot, underscore and hyphen, requirement first.
 * DoD's ArtifactHash.ps1 turns other characters into question marks, and brackets are wildcards to PowerShell.
 */
export const FILES = {
  readme: '3.4.3_README.txt',
  report: '3.4.3_report.html',
  exceptions: '3.4.3_exceptions.json',
  completeness: '3.4.3_completeness.json',
  change: '3.4.3-a_change.json',
  evidence: '3.4.3-b_evidence.json',
  fromJira: '3.4.3-b_from-jira.json',
  files: '3.4.3-b_files.json',
  matching: '3.4.3-b_matching.jsonl',
  keys: '3.4.3-b_keys.json',
  decisions: '3.4.3-c_decisions.json',
  policy: '3.4.3-c_policy.json',
  policies: '3.4.3-c_policies.json',
  people: '3.4.3-c_people.json',
  meetings: '3.4.3-c_meetings.json',
  ledger: '3.4.3-d_ledger.jsonl',
  disclosures: '3.4.3-d_disclosures.jsonl',
  health: '3.4.3-d_health.json',
  manifest: 'manifest.json',
  checksums: 'MANIFEST.sha256',
} as const;

export const rawFile = (bodyDigest: Sha256Hex): string => `3.4.3-b_raw_${bodyDigest}.json`;
export const redactedFile = (bodyDigest: Sha256Hex): string => `3.4.3-b_redacted_${bodyDigest}.json`;

/** What a file states, by the digest in its entry; and the file itself, by its own. */
export const statementsFile = (digest: Sha256Hex): string => `3.4.3-b_statements_${digest}.json`;
export const handedInFile = (digest: Sha256Hex): string => `3.4.3-b_file_${digest}.bin`;

/** A name that a pack may hold; nothing with a folder, a drive or another alphabet. */
export const isPackFileName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._-]{0,150}$/.test(name);

/** Whether a file is the source of others or was made from them; only the latter are rebuilt. */
export type FileRole = 'primary' | 'derived';

export interface FileDescription {
  readonly role: FileRole;
  readonly title: string;
  /** The objectives of SP 800-171A 3.4.3 that it holds facts for. */
  readonly objectives: readonly ('a' | 'b' | 'c' | 'd')[];
}

const described: Readonly<Record<string, FileDescription>> = {
  [FILES.readme]: { role: 'derived', title: 'Cover sheet: what this is, its limits, how to check it', objectives: [] },
  [FILES.report]: { role: 'derived', title: 'Report for reading and printing', objectives: ['a', 'b', 'c', 'd'] },
  [FILES.exceptions]: {
    role: 'derived',
    title: 'What did not go as the process says',
    objectives: ['a', 'b', 'c', 'd'],
  },
  [FILES.completeness]: {
    role: 'derived',
    title: 'What was sought, found and missing, and why',
    objectives: ['a', 'b', 'c', 'd'],
  },
  [FILES.change]: { role: 'primary', title: 'The change request as Jira had it at export', objectives: ['a'] },
  [FILES.evidence]: { role: 'derived', title: 'Facts handed in by development tools', objectives: ['b', 'd'] },
  [FILES.keys]: {
    role: 'primary',
    title: 'Public keys behind the signatures that were verified, as they were registered',
    objectives: ['b', 'd'],
  },
  [FILES.fromJira]: {
    role: 'primary',
    title: 'What Jira held beside the fields: the ledger of its readings, and the last one',
    objectives: ['b', 'd'],
  },
  [FILES.files]: {
    role: 'derived',
    title: 'Files handed in: what each states, where it is, and how its log stands to the change',
    objectives: ['b', 'd'],
  },
  [FILES.matching]: {
    role: 'derived',
    title: 'Every fact of the execution logs, held against window, implementer and systems',
    objectives: ['d'],
  },
  [FILES.decisions]: { role: 'derived', title: 'Decisions, and whether each stands', objectives: ['b', 'c'] },
  [FILES.policy]: { role: 'primary', title: 'The policy in force when the pack was made', objectives: ['c'] },
  [FILES.policies]: {
    role: 'primary',
    title: 'Earlier versions of the policy, under which decisions were made',
    objectives: ['c'],
  },
  [FILES.people]: {
    role: 'primary',
    title: 'Who is who, as an admin of the site said: accounts and identities of one person',
    objectives: ['c'],
  },
  [FILES.meetings]: {
    role: 'primary',
    title: 'Records of the meetings in which decisions were taken, every revision',
    objectives: ['b', 'c'],
  },
  [FILES.ledger]: {
    role: 'primary',
    title: 'The ledger: one entry a line, each naming the hash of the one before',
    objectives: ['d'],
  },
  [FILES.health]: {
    role: 'primary',
    title: 'What the checks of the controls recorded while the change lived',
    objectives: ['c', 'd'],
  },
  [FILES.disclosures]: { role: 'primary', title: 'Values behind the commitments in the ledger', objectives: ['d'] },
};

/** What a file of a pack is; undefined for a name that no pack has. The two manifests describe, and are not described. */
export function describeFile(name: string): FileDescription | undefined {
  if (Object.hasOwn(described, name)) return described[name];
  if (/^3\.4\.3-b_raw_[0-9a-f]{64}\.json$/.test(name)) {
    return { role: 'primary', title: 'A delivery as it was received', objectives: ['b', 'd'] };
  }
  if (/^3\.4\.3-b_redacted_[0-9a-f]{64}\.json$/.test(name)) {
    return { role: 'primary', title: 'A delivery, redacted', objectives: ['b', 'd'] };
  }
  if (/^3\.4\.3-b_statements_[0-9a-f]{64}\.json$/.test(name)) {
    return { role: 'primary', title: 'What a file that was handed in states', objectives: ['b', 'd'] };
  }
  if (/^3\.4\.3-b_file_[0-9a-f]{64}\.bin$/.test(name)) {
    return { role: 'derived', title: 'A file as it was handed in, taken out of its delivery', objectives: ['b', 'd'] };
  }
  return undefined;
}
