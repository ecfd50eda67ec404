import * as z from '#zod';

/** A JSON Web Token in compact form as the plugin sends it (RFC 7519, RFC 7515 section 7.1); not yet verified. */
export interface Token {
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
}

/**
 * The parts of a body that is a token and nothing else. Looks for what no part may hold: an expression that matches whole
 * parts keeps a place for every character of them, and of megabytes it may run out of room.
 */
export function tokenOf(body: string): Token | undefined {
  const first = body.indexOf('.');
  const second = body.indexOf('.', first + 1);
  if (first < 1 || second === -1) return undefined;
  const token = {
    header: body.slice(0, first),
    payload: body.slice(first + 1, second),
    signature: body.slice(second + 1),
  };
  return Object.values(token).every((part) => part !== '' && !/[^A-Za-z0-9_-]/.test(part)) ? token : undefined;
}

const jose = z.lazy(() => z.object({ alg: z.literal('HS256'), crit: z.optional(z.undefined()) }));

/** Whether the header names the only algorithm that is accepted, and demands no extension. */
export const isHs256 = ({ header }: Token): boolean => jose.safeParse(json(header)).success;

const claims = z.lazy(() =>
  z.object({
    iss: z.literal('jenkins-plugin'),
    aud: z.union([
      z.literal('jenkins-forge-app'),
      z.array(z.string()).check(z.refine((audience) => audience.includes('jenkins-forge-app'))),
    ]),
    /** Seconds since 1970. */
    exp: z.nullish(z.number()),
    nbf: z.nullish(z.number()),
    /** A JSON text: what the plugin says. */
    request_body_json: z.string(),
  }),
);
export type Claims = z.infer<typeof claims>;

/** The claims of a token from the plugin to an app in Jira; undefined for any other token. */
export function claimsOf({ payload }: Token): Claims | undefined {
  const read = claims.safeParse(json(payload));
  return read.success ? read.data : undefined;
}

/** The token with another body, without a signature, as RFC 7519 section 6 writes an unsecured one. */
export function withBody({ header, payload }: Token, body: string): string {
  const members = json(payload);
  const kept = typeof members === 'object' && members !== null ? members : {};
  const changed = Buffer.from(JSON.stringify({ ...kept, request_body_json: body }), 'utf8').toString('base64url');
  return `${header}.${changed}.`;
}

function json(part: string): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return value;
  } catch {
    return undefined;
  }
}
