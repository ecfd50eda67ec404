import * as z from '#zod';
import { EVIDENCE_KINDS } from '../../evidence/item';
import { ISSUE_KEY } from '../../gate/question';
import type { EnvelopeCommit } from './parts';
import {
  artifact,
  branch,
  commit,
  content,
  digest,
  HTTP,
  id,
  instant,
  line,
  MAX_CONTENTS,
  MAX_NOT_OBTAINED,
  notObtained,
  person,
  pullRequest,
  record,
  run,
  runId,
} from './parts';

export type {
  EnvelopeArtifact,
  EnvelopeBranch,
  EnvelopeCommit,
  EnvelopeContent,
  EnvelopePerson,
  EnvelopePullRequest,
  EnvelopeRecord,
  EnvelopeRun,
} from './parts';

/** What an envelope states: any kind of evidence. `envelope.schema.json` beside this file is the same shape as a JSON Schema. */
export const KINDS = EVIDENCE_KINDS;

/** The most commits and the most artifacts of one envelope; a sender with more sends several. */
export const MAX_LISTED = 1000;

const IDEMPOTENCY_KEY = /^[A-Za-z0-9._:-]{1,200}$/;

const members = z.lazy(() =>
  z.strictObject({
    change: z.string().check(z.regex(ISSUE_KEY)),
    kind: z.enum(KINDS),
    title: z.exactOptional(line(1000)),
    url: z.exactOptional(z.string().check(z.maxLength(2000), z.regex(HTTP))),
    environment: z.exactOptional(line(100)),
    repository: z.exactOptional(line(255)),
    commits: z.exactOptional(z.array(z.union([id(), commit])).check(z.maxLength(MAX_LISTED))),
    artifacts: z.exactOptional(z.array(z.union([digest(), artifact])).check(z.maxLength(MAX_LISTED))),
    contents: z.exactOptional(z.array(content).check(z.maxLength(MAX_CONTENTS))),
    notObtained: z.exactOptional(z.array(notObtained).check(z.maxLength(MAX_NOT_OBTAINED))),
    before: z.exactOptional(digest()),
    after: z.exactOptional(digest()),
    run: z.exactOptional(z.union([runId(), run])),
    check: z.exactOptional(z.union([runId(), run])),
    branch: z.exactOptional(branch),
    pullRequest: z.exactOptional(pullRequest),
    review: z.exactOptional(line(100)),
    reviewer: z.exactOptional(person),
    record: z.exactOptional(record),
    state: z.exactOptional(line(50)),
    actor: z.exactOptional(person),
    startedAt: z.exactOptional(instant()),
    endedAt: z.exactOptional(instant()),
    claimedAt: z.exactOptional(instant()),
    idempotencyKey: z.exactOptional(z.string().check(z.regex(IDEMPOTENCY_KEY))),
  }),
);

export type Envelope = z.infer<typeof members>;

export type ReadEnvelope =
  | { readonly ok: true; readonly envelope: Envelope }
  /** A word of a closed list, fit for a counter: `shape.` or `needs.` and the name of a member, or `unknown-member`. */
  | { readonly ok: false; readonly reason: string };

/** Reads an envelope. Strict: what is not known was meant to say something, and is not left out silently. */
export function readEnvelope(document: unknown): ReadEnvelope {
  const read = members.safeParse(document);
  if (read.success) {
    const missing = needed(read.data);
    return missing === undefined ? { ok: true, envelope: read.data } : { ok: false, reason: `needs.${missing}` };
  }
  const [member] = read.error.issues[0]?.path ?? [];
  if (typeof member === 'string') return { ok: false, reason: `shape.${member}` };
  const isObject = typeof document === 'object' && document !== null && !Array.isArray(document);
  return { ok: false, reason: isObject ? 'unknown-member' : 'not-an-object' };
}

/** What a kind cannot be stated without. */
function needed(envelope: Envelope): keyof Envelope | undefined {
  const { kind, commits = [], artifacts = [], contents = [] } = envelope;
  const first = (...wanted: readonly (keyof Envelope)[]) => wanted.find((member) => envelope[member] === undefined);
  switch (kind) {
    case 'commit':
      return commits.length === 0 ? 'commits' : undefined;
    case 'commit-signature':
      return commits.length > 0 && commits.every(isSignatureGiven) ? undefined : 'commits';
    case 'branch':
      return first('branch');
    case 'pull-request':
      return first('pullRequest');
    case 'review':
      return first('pullRequest', 'review', 'reviewer', 'state');
    case 'run':
      return first('run');
    case 'check':
      return first('check');
    case 'deployment':
      return neededToDeploy(envelope);
    case 'deployment-status':
      return first('state') ?? neededToDeploy(envelope);
    case 'external-change-record':
      return first('record');
    case 'not-obtained':
      return (envelope.notObtained ?? []).length === 0 ? 'notObtained' : undefined;
    case 'configuration-difference':
      if (artifacts.length + contents.length > 0) return undefined;
      return first('before', 'after') === undefined ? undefined : 'artifacts';
    default:
      return artifacts.length + contents.length === 0 ? 'artifacts' : undefined;
  }
}

const isSignatureGiven = (commit: string | EnvelopeCommit): boolean =>
  typeof commit === 'object' && commit.signature !== undefined;

function neededToDeploy({ environment, commits = [], artifacts = [], run: ran, idempotencyKey }: Envelope) {
  if (environment === undefined) return 'environment';
  if (commits.length + artifacts.length === 0) return 'commits';
  // Without either, two deployments to the same place could not be told apart.
  return ran === undefined && idempotencyKey === undefined ? 'run' : undefined;
}
