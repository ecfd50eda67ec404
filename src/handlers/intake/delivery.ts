import * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { EVIDENCE_KINDS, EVIDENCE_ROLES } from '../../evidence/item';
import { isSha256Hex } from '../../ledger/hash';

export const DELIVERY_FORMAT = 'delivery/1';

/** Whether a name can be that of a delivery: its sender and a SHA-256. */
export const isDeliveryName = (delivery: string): boolean =>
  /^[a-z-]{1,40}\./.test(delivery) && isSha256Hex(delivery.slice(delivery.indexOf('.') + 1));

const digest = z.lazy(() => z.string().check(z.regex(/^[0-9a-f]{64}$/)));
const nullable = z.lazy(() => z.nullable(z.string()));

const recordedFinding = z.lazy(() =>
  z.object({
    finding: z.string(),
    rule: z.string(),
    severity: z.string(),
    place: z.string(),
    digest,
  }),
);
/** A finding as entries hold it: where which rule matched, and a digest salted with what only the quarantine keeps. */
export type RecordedFinding = z.infer<typeof recordedFinding>;

const handedInBy = z.lazy(() => z.object({ accountId: z.string(), displayName: z.string() }));
/** The person who handed a file in, by their Jira session. */
export type HandedInBy = z.infer<typeof handedInBy>;

/**
 * An accepted delivery. This record is the commit point: once it is there, the chunks beside it are complete and the
 * sender may be told so. It is created once and never changed.
 */
export const deliveryRecord = z.lazy(() =>
  z.object({
    format: z.literal(DELIVERY_FORMAT),
    source: z.string(),
    event: z.string(),
    deliveryId: nullable,
    /** SHA-256 of the body as received. */
    bodyDigest: digest,
    /** Bytes as received; absent in records from before it was recorded. */
    bodySize: z.exactOptional(z.number()),
    /** SHA-256 of the kept body when that is a redacted copy. */
    redactedDigest: z.exactOptional(digest),
    /** Absent in records of the time when every sender signed. */
    authenticatedBy: z.exactOptional(z.enum(['hmac-sha256', 'shared-secret', 'jira-session'])),
    /** Label of the secret that authenticated it; empty for what a person handed in. */
    secret: z.string(),
    handedInBy: z.exactOptional(handedInBy),
    receivedAt: z.string(),
    chunks: z.int().check(z.minimum(1)),
    findings: z.array(recordedFinding),
  }),
);
export type DeliveryRecord = z.infer<typeof deliveryRecord>;

const text = z.lazy(() => z.string());
const person = z.lazy(() =>
  z.object({
    accountId: z.exactOptional(text),
    displayName: z.exactOptional(text),
    email: z.exactOptional(text),
    login: z.exactOptional(text),
  }),
);

const namedItem = z.lazy(() =>
  z.object({
    item: z.object({
      kind: z.enum(EVIDENCE_KINDS),
      id: text,
      repository: nullable,
      title: text,
      url: nullable,
      state: nullable,
      commits: z.array(text),
      attributes: z.record(text, text),
      people: z.array(
        z.object({
          role: z.enum(EVIDENCE_ROLES),
          person,
        }),
      ),
      claimedAt: nullable,
    }),
    names: z.array(z.object({ key: text, places: z.array(z.enum(['commit-message', 'branch', 'title', 'payload'])) })),
  }),
) satisfies z.ZodMiniType<NamedItem>;

/** What the chunks hold: the body as kept and what was read from it when it came. */
export const deliveryContent = z.lazy(() => z.object({ body: text, items: z.array(namedItem) }));
export type DeliveryContent = { readonly body: string; readonly items: readonly NamedItem[] };
