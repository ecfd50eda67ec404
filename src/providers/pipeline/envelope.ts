import * as z from '#zod';
import { ARTIFACT, COMMIT, EMAIL, ISSUE_KEY, LINE } from '../../gate/question';

/** What a pipeline states; `envelope.schema.json` beside this file is the same shape as a JSON Schema for senders. */
export const KINDS = ['commit', 'run', 'deployment', 'artifact', 'test-result', 'document'] as const;

/** The most commits and the most artifacts of one envelope; a sender with more sends several. */
export const MAX_LISTED = 1000;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
const IDEMPOTENCY_KEY = /^[A-Za-z0-9._:-]{1,200}$/;
const HTTP = /^https?:\/\/[^\s\p{Control}\p{Surrogate}]+$/u;
/** More than one line is allowed here; what no canonical JSON could hold is not. */
const TEXT = /^[^\p{Surrogate}]*$/u;

const line = (max: number) => z.string().check(z.maxLength(max), z.regex(LINE));
const text = (max: number) => z.string().check(z.maxLength(max), z.regex(TEXT));
const instant = () =>
  z.string().check(
    z.regex(INSTANT),
    z.refine((value) => !Number.isNaN(Date.parse(value))),
  );
const count = () => z.int().check(z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER));

const person = z.lazy(() =>
  z.strictObject({
    name: line(200),
    email: z.exactOptional(z.string().check(z.maxLength(320), z.regex(EMAIL))),
    login: z.exactOptional(line(200)),
  }),
);

const id = () => z.string().check(z.regex(COMMIT));
const commit = z.lazy(() =>
  z.strictObject({
    id: id(),
    message: z.exactOptional(text(65_536)),
    author: z.exactOptional(person),
    committer: z.exactOptional(person),
    authoredAt: z.exactOptional(instant()),
    committedAt: z.exactOptional(instant()),
    signature: z.exactOptional(z.enum(['verified', 'unverified', 'bad', 'none'])),
    files: z.exactOptional(z.array(text(4096)).check(z.maxLength(10_000))),
    fileCount: z.exactOptional(count()),
  }),
);

const digest = () => z.string().check(z.regex(ARTIFACT));
const artifact = z.lazy(() =>
  z.strictObject({ digest: digest(), name: z.exactOptional(line(255)), size: z.exactOptional(count()) }),
);

const runId = () => line(200);
const run = z.lazy(() =>
  z.strictObject({
    id: runId(),
    name: z.exactOptional(line(200)),
    url: z.exactOptional(z.string().check(z.maxLength(2000), z.regex(HTTP))),
    attempt: z.exactOptional(line(50)),
  }),
);

const members = z.lazy(() =>
  z.strictObject({
    change: z.string().check(z.regex(ISSUE_KEY)),
    kind: z.enum(KINDS),
    environment: z.exactOptional(line(100)),
    repository: z.exactOptional(line(255)),
    commits: z.exactOptional(z.array(z.union([id(), commit])).check(z.maxLength(MAX_LISTED))),
    artifacts: z.exactOptional(z.array(z.union([digest(), artifact])).check(z.maxLength(MAX_LISTED))),
    run: z.exactOptional(z.union([runId(), run])),
    state: z.exactOptional(line(50)),
    actor: z.exactOptional(person),
    claimedAt: z.exactOptional(instant()),
    idempotencyKey: z.exactOptional(z.string().check(z.regex(IDEMPOTENCY_KEY))),
  }),
);

export type Envelope = z.infer<typeof members>;
export type EnvelopeCommit = z.infer<typeof commit>;
export type EnvelopeArtifact = z.infer<typeof artifact>;
export type EnvelopePerson = z.infer<typeof person>;
export type EnvelopeRun = z.infer<typeof run>;

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
function needed({ kind, environment, commits = [], artifacts = [], run: ran, idempotencyKey }: Envelope) {
  switch (kind) {
    case 'commit':
      return commits.length === 0 ? 'commits' : undefined;
    case 'run':
      return ran === undefined ? 'run' : undefined;
    case 'deployment':
      if (environment === undefined) return 'environment';
      if (commits.length + artifacts.length === 0) return 'commits';
      // Without either, two deployments to the same place could not be told apart.
      return ran === undefined && idempotencyKey === undefined ? 'run' : undefined;
    case 'artifact':
    case 'test-result':
    case 'document':
      return artifacts.length === 0 ? 'artifacts' : undefined;
  }
}
