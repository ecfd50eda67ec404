import * as z from '#zod';
import { MAX_MATERIAL, type RegisteredKey, type TrustRegister } from './registered';

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const instant = z.lazy(() => z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)));

const registeredKey = z.lazy(() =>
  z.strictObject({
    id: z.string().check(z.regex(/^key-[1-9]\d{0,5}$/)),
    kind: z.enum([
      'ssh',
      'openpgp',
      'public-key',
      'sigstore-root',
      'signing-authority',
      'stamping-authority',
      'identity',
    ]),
    material: text(MAX_MATERIAL),
    fingerprint: text(200),
    algorithm: text(200),
    namespaces: z.nullable(z.array(text(100)).check(z.maxLength(20))),
    label: text(200),
    whose: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('account'), accountId: text(128), name: text(200) }),
      z.strictObject({ kind: z.literal('organisation'), name: text(200) }),
    ]),
    principals: z.array(text(320)).check(z.maxLength(50)),
    from: z.nullable(instant),
    until: z.nullable(instant),
    registeredAt: instant,
    revoked: z.nullable(z.strictObject({ from: instant, at: instant })),
  }),
) satisfies z.ZodMiniType<RegisteredKey>;

const saltedKey = z.lazy(() =>
  z.strictObject({ salt: z.string().check(z.regex(/^[0-9a-f]{64}$/)), key: registeredKey }),
);

/** A key with its salt; undefined for anything that is none. */
export const storedKey = (value: unknown): z.infer<typeof saltedKey> | undefined => saltedKey.safeParse(value).data;

const document = z.lazy(() =>
  z.object({
    version: text(100),
    keys: z.array(saltedKey).check(z.maxLength(1000)),
    /** Keeps the document's digest from saying anything about what is in it. */
    salt: z.string(),
  }),
);

/** A version of the register as it is stored. */
export type TrustDocument = z.infer<typeof document>;

/** Undefined for anything that is none: no key is half known. */
export const storedDocument = (value: unknown): TrustDocument | undefined => document.safeParse(value).data;

export const registerOf = ({ version, keys }: TrustDocument): TrustRegister => ({
  version,
  keys: keys.map(({ key }) => key),
});
