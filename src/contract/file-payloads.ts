import * as z from '#zod';
import { HANDED_IN_KINDS } from './files';

/** Payloads of the methods about files; see ./files. */

const index = z.lazy(() => z.number().check(z.int(), z.minimum(0), z.maximum(1_000_000)));
const upload = z.lazy(() => z.string().check(z.regex(/^[0-9]{1,30}\.[0-9a-f]{32}$/)));
/** One line without control characters and halves of surrogate pairs, as the envelope has it. */
const line = (max: number) =>
  z.string().check(z.trim(), z.minLength(1), z.maxLength(max), z.regex(/^[^\p{Control}\p{Surrogate}]*$/u));

/** `file.begin` */
export const beginFilePayload = z.lazy(() =>
  z.object({
    name: line(255),
    /** As the browser says it; null when it says nothing. Never relied on. */
    mediaType: z.nullable(z.string().check(z.regex(/^[a-z0-9][a-z0-9.+-]{0,60}\/[a-z0-9][a-z0-9.+-]{0,100}$/))),
    kind: z.enum(HANDED_IN_KINDS),
    /** What it is about, in the person's words. */
    about: line(1000),
    size: z.number().check(z.int(), z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER)),
    /** SHA-256 of the whole file, lower-case hexadecimal. */
    digest: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  }),
);
export type BeginFilePayload = z.infer<typeof beginFilePayload>;

/** `file.piece` */
export const filePiecePayload = z.lazy(() =>
  z.object({
    upload,
    piece: index,
    base64: z.string().check(z.maxLength(240 * 1024), z.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
  }),
);

/** `file.finish` */
export const finishFilePayload = z.lazy(() => z.object({ upload }));

/** Which rows of a file: all of them, those that changed something or may have, or of these the ones that do not fit. */
export const ROWS = ['all', 'changes', 'not-fitting'] as const;

/** `file.read` */
export const fileRowsPayload = z.lazy(() =>
  z.object({
    /** `FileView.seq` */
    file: index,
    from: z._default(index, 0),
    limit: z._default(z.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
    only: z._default(z.enum(ROWS), 'all'),
  }),
);
