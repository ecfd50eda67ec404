import * as z from '#zod';
import { EVIDENCE_KINDS } from '../../evidence/item';
import { ARTIFACT, COMMIT, EMAIL, LINE } from '../../gate/question';

/** The members of an envelope, each on its own. */

/** The most files of one envelope that come whole, and the most characters of each. */
export const MAX_CONTENTS = 20;
export const MAX_CONTENT = 4_000_000;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
export const HTTP = /^https?:\/\/[^\s\p{Control}\p{Surrogate}]+$/u;
/** More than one line is allowed here; what no canonical JSON could hold is not. */
const TEXT = /^[^\p{Surrogate}]*$/u;
const MEDIA_TYPE = /^[a-z0-9][a-z0-9.+-]{0,60}\/[a-z0-9][a-z0-9.+-]{0,100}$/;
/** RFC 4648, section 4, with its padding, and nothing in the bits that are left over: both are asked besides. */
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

export const line = (max: number) => z.string().check(z.maxLength(max), z.regex(LINE));
const text = (max: number) => z.string().check(z.maxLength(max), z.regex(TEXT));
export const instant = () =>
  z.string().check(
    z.regex(INSTANT),
    z.refine((value) => !Number.isNaN(Date.parse(value))),
  );
const count = () => z.int().check(z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER));
const address = () => z.string().check(z.maxLength(2000), z.regex(HTTP));

export const person = z.lazy(() =>
  z.strictObject({
    name: line(200),
    email: z.exactOptional(z.string().check(z.maxLength(320), z.regex(EMAIL))),
    login: z.exactOptional(line(200)),
  }),
);
export type EnvelopePerson = z.infer<typeof person>;

export const id = () => z.string().check(z.regex(COMMIT));
export const commit = z.lazy(() =>
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
export type EnvelopeCommit = z.infer<typeof commit>;

export const digest = () => z.string().check(z.regex(ARTIFACT));
export const artifact = z.lazy(() =>
  z.strictObject({
    digest: digest(),
    name: z.exactOptional(line(255)),
    size: z.exactOptional(count()),
    url: z.exactOptional(address()),
  }),
);
export type EnvelopeArtifact = z.infer<typeof artifact>;

const named = () => ({
  name: line(255),
  mediaType: z.exactOptional(z.string().check(z.regex(MEDIA_TYPE))),
});
/** A file that comes whole, as text or as bytes in base64. */
export const content = z.lazy(() =>
  z.union([
    z.strictObject({ ...named(), text: text(MAX_CONTENT) }),
    z.strictObject({
      ...named(),
      base64: z.string().check(
        z.maxLength(MAX_CONTENT),
        z.regex(BASE64),
        // Other base64 of the same bytes is no text to whoever searches for it.
        z.refine((value) => Buffer.from(value, 'base64').toString('base64') === value),
      ),
    }),
  ]),
);
export type EnvelopeContent = z.infer<typeof content>;

export const runId = () => line(200);
export const run = z.lazy(() =>
  z.strictObject({
    id: runId(),
    name: z.exactOptional(line(200)),
    url: z.exactOptional(address()),
    attempt: z.exactOptional(line(50)),
  }),
);
export type EnvelopeRun = z.infer<typeof run>;

export const branch = z.lazy(() =>
  z.strictObject({ name: line(255), before: z.exactOptional(id()), after: z.exactOptional(id()) }),
);
export type EnvelopeBranch = z.infer<typeof branch>;

export const pullRequest = z.lazy(() =>
  z.strictObject({
    id: line(100),
    title: z.exactOptional(line(1000)),
    url: z.exactOptional(address()),
    branch: z.exactOptional(line(255)),
    base: z.exactOptional(line(255)),
    author: z.exactOptional(person),
  }),
);
export type EnvelopePullRequest = z.infer<typeof pullRequest>;

/** More than there are kinds. */
export const MAX_NOT_OBTAINED = 50;

/** A kind of evidence that whoever collects looked for and could not get, with the reason on one line. */
export const notObtained = z.lazy(() => z.strictObject({ kind: z.enum(EVIDENCE_KINDS), because: line(500) }));
export type EnvelopeNotObtained = z.infer<typeof notObtained>;

/** A record of the change in another system. */
export const record = z.lazy(() =>
  z.strictObject({
    system: line(100),
    id: line(200),
    title: z.exactOptional(line(1000)),
    url: z.exactOptional(address()),
  }),
);
export type EnvelopeRecord = z.infer<typeof record>;
