import { createHash } from 'node:crypto';
import { isMembers, listAt, textAt, valueAt, type Members } from '../members';
import type { Statement } from '../reader';
import { stated } from '../stated';

const TYPES = ['https://in-toto.io/Statement/v0.1', 'https://in-toto.io/Statement/v1'];
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

export const isInTotoStatement = (value: unknown): value is Members =>
  isMembers(value) && TYPES.includes(textAt(value, '_type') ?? '');

/**
 * What an in-toto statement says (attestation framework 0.1 and 1): about which artifacts, of which type, and of SLSA
 * provenance (0.1, 0.2, 1) who built it from which commits and when. Undefined when a subject has no digest: the
 * statement is then about nothing. Whether anybody stands by it is for the signature around it, in `extra`.
 */
export function inTotoStatement(
  value: Members,
  bytes: Uint8Array,
  extra: Readonly<Record<string, string>> = {},
): Statement | undefined {
  const subjects = listAt(value, 'subject');
  const predicateType = textAt(value, 'predicateType');
  if (predicateType === undefined || subjects.length === 0) return undefined;
  if (!subjects.every((one) => digestOf(one) !== undefined)) return undefined;
  const predicate = valueAt(value, 'predicate');
  const { builder, at, commits } = provenanceOf(predicate);
  const first = textAt(subjects[0], 'name') ?? textAt(subjects[0], 'uri') ?? digestOf(subjects[0]) ?? '';
  const more = subjects.length === 1 ? '' : ` and ${subjects.length - 1} more`;
  return stated({
    kind: 'attestation',
    id: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    title: `${nameOf(predicateType)} of ${first}${more}`,
    state: extra['signature'] ?? 'unsigned',
    at,
    commits: [...commits, ...subjects.flatMap((one) => commitsIn(valueAt(one, 'digest')))],
    attributes: {
      predicateType,
      subjects: subjects.length,
      subjectDigest: digestOf(subjects[0]),
      builder,
      ...extra,
    },
    touches: subjects.flatMap((one) => [textAt(one, 'name'), digestOf(one)]),
  });
}

/** `sha256:…` where there is one, else the first that is named. */
function digestOf(subject: unknown): string | undefined {
  const digest = valueAt(subject, 'digest');
  if (!isMembers(digest)) return undefined;
  const name = 'sha256' in digest ? 'sha256' : Object.keys(digest)[0];
  const value = name === undefined ? undefined : textAt(digest, name);
  return name === undefined || value === undefined ? undefined : `${name}:${value}`;
}

function commitsIn(digest: unknown): readonly string[] {
  return ['gitCommit', 'sha1'].flatMap((name) => {
    const value = textAt(digest, name)?.toLowerCase() ?? '';
    return COMMIT.test(value) ? [value] : [];
  });
}

function provenanceOf(predicate: unknown): {
  readonly builder: string | undefined;
  readonly at: string | undefined;
  readonly commits: readonly string[];
} {
  const materials = [
    ...listAt(predicate, 'materials'),
    ...listAt(predicate, 'buildDefinition', 'resolvedDependencies'),
  ].slice(0, 1_000);
  return {
    builder: textAt(predicate, 'builder', 'id') ?? textAt(predicate, 'runDetails', 'builder', 'id'),
    at:
      textAt(predicate, 'metadata', 'buildFinishedOn') ??
      textAt(predicate, 'runDetails', 'metadata', 'finishedOn') ??
      textAt(predicate, 'metadata', 'buildStartedOn') ??
      textAt(predicate, 'runDetails', 'metadata', 'startedOn'),
    commits: [
      ...materials
        .filter((one) => /^git/.test(textAt(one, 'uri') ?? ''))
        .flatMap((one) => commitsIn(valueAt(one, 'digest'))),
      ...commitsIn(valueAt(predicate, 'invocation', 'configSource', 'digest')),
    ],
  };
}

function nameOf(predicateType: string): string {
  if (/slsa\.dev\/provenance/.test(predicateType)) return 'SLSA provenance';
  if (/cyclonedx|spdx/i.test(predicateType)) return 'Bill of materials';
  return 'Attestation';
}
