import * as z from '#zod';

/** Payloads of the methods about registered signing keys; see ./trust. */

const text = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));
const instant = z.lazy(() => z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)));
/** Longer than any text that is read, so that the reader and not the schema says that it is too large. */
const MAX_TEXT = 400_000;

/** What is to be registered: a text with keys, or the name that a certificate has to carry. */
const source = z.lazy(() =>
  z.discriminatedUnion('form', [
    z.object({
      form: z.literal('text'),
      text: z.string().check(z.maxLength(MAX_TEXT)),
      /** What certificates in it are good for. */
      use: z._default(z.enum(['signing', 'time-stamps']), 'signing'),
    }),
    z.object({ form: z.literal('identity'), issuer: text(500), subject: text(500) }),
  ]),
);
export type KeySourcePayload = z.infer<typeof source>;

/** `trust.inspect` */
export const inspectKeysPayload = z.lazy(() => z.object({ source }));

/** `trust.register` */
export const registerKeysPayload = z.lazy(() =>
  z.object({
    basedOn: text(100),
    source,
    /** Which keys of it, by fingerprint, and whose each is. Those not named are not registered. */
    keys: z
      .array(
        z.object({
          fingerprint: text(200),
          label: text(200),
          whose: z.discriminatedUnion('kind', [
            z.object({ kind: z.literal('account'), accountId: text(128) }),
            z.object({ kind: z.literal('organisation'), name: text(200) }),
          ]),
          from: z.nullable(instant),
          until: z.nullable(instant),
        }),
      )
      .check(z.minLength(1), z.maxLength(200)),
    reason: text(2000),
  }),
);
export type RegisterKeysPayload = z.infer<typeof registerKeysPayload>;

/** `trust.revoke` */
export const revokeKeyPayload = z.lazy(() =>
  z.object({
    basedOn: text(100),
    key: z.string().check(z.regex(/^key-[1-9]\d{0,5}$/)),
    /** From when it verifies nothing that arrives. */
    from: instant,
    reason: text(2000),
  }),
);
