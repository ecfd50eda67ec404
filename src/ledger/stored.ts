import * as z from '#zod';
import { LEDGER_FORMAT } from './entry';
import type { EntryBodies, EntryKind, StoredEntry } from './entry';
import { jiraBodies } from './stored-jira';

/**
 * The shape of what is stored, checked whenever an entry is read: storage can be altered behind the app's back, and a
 * pack comes from anywhere. Members that this version does not know are kept, because they are part of the hash.
 */
function buildSchemas() {
  const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));
  const committed = z.looseObject({ commitment: digest });
  const nullable = z.nullable(z.string());
  const person = z.nullable(committed);
  const recordUpdate = z.enum(['updated', 'not-needed', 'outstanding']);

  const provenance = z.looseObject({
    source: z.string(),
    event: z.string(),
    deliveryId: nullable,
    authenticatedBy: z.enum(['hmac-sha256', 'shared-secret', 'jira-session']),
    secret: z.string(),
    bodyDigest: digest,
    bodySize: z.exactOptional(z.number()),
    redactedDigest: z.exactOptional(digest),
  });

  const bodies = {
    'change-opened': z.looseObject({
      key: z.string(),
      project: z.string(),
      status: z.string(),
      contentDigest: digest,
      content: committed,
      creator: person,
      createdAt: z.string(),
    }),
    'content-changed': z.looseObject({
      historyId: z.string(),
      at: z.string(),
      by: person,
      fields: z.array(z.string()),
      contentDigest: digest,
      content: committed,
    }),
    moved: z.looseObject({
      historyId: z.string(),
      at: z.string(),
      from: z.string(),
      to: z.string(),
      by: person,
      reported: z.boolean(),
      executionId: z.exactOptional(z.string()),
    }),
    decision: z.looseObject({
      decision: z.enum(['approved', 'disapproved', 'deferred', 'withdrawn']),
      roles: z.array(z.string()),
      by: committed,
      basis: z.string(),
      requiredActions: z.array(z.looseObject({ what: z.string(), owner: committed })),
      contentDigest: digest,
      content: committed,
      historyHead: z.string(),
      policyVersion: z.string(),
      decidedAt: z.string(),
      transition: z.exactOptional(z.looseObject({ name: z.string(), executionId: z.string(), historyId: z.string() })),
      void: z.exactOptional(
        z.looseObject({
          code: z.enum(['content-changed', 'not-a-person', 'own-change', 'not-eligible', 'not-confirmed']),
          sentence: z.string(),
        }),
      ),
      conditions: z.exactOptional(z.string()),
      organisation: z.exactOptional(z.string()),
      meeting: z.exactOptional(z.string()),
      until: z.exactOptional(z.string()),
      awaits: z.exactOptional(z.string()),
      onBehalfOf: z.exactOptional(z.looseObject({ person: committed, delegation: z.number() })),
    }),
    review: z.looseObject({
      decision: z.enum(['approved', 'disapproved']),
      roles: z.array(z.string()),
      by: committed,
      basis: z.string(),
      contentDigest: digest,
      historyHead: z.string(),
      policyVersion: z.string(),
      decidedAt: z.string(),
      organisation: z.exactOptional(z.string()),
    }),
    'action-settled': z.looseObject({
      decision: z.number(),
      action: z.number(),
      outcome: z.enum(['done', 'withdrawn']),
      by: committed,
      note: z.string(),
      at: z.string(),
    }),
    'condition-settled': z.looseObject({
      decision: z.number(),
      outcome: z.enum(['met', 'waived']),
      by: committed,
      roles: z.array(z.string()),
      note: z.string(),
      at: z.string(),
    }),
    delegated: z.looseObject({
      from: committed,
      to: committed,
      role: z.string(),
      until: nullable,
      basis: z.string(),
      policyVersion: z.string(),
      at: z.string(),
    }),
    'delegation-revoked': z.looseObject({ delegation: z.number(), by: committed, reason: z.string(), at: z.string() }),
    'overlap-accepted': z.looseObject({
      other: z.string(),
      by: committed,
      roles: z.array(z.string()),
      basis: z.string(),
      contentDigest: digest,
      at: z.string(),
    }),
    'meeting-saved': z.looseObject({
      meeting: z.string(),
      project: z.string(),
      revision: z.number(),
      title: z.string(),
      heldAt: z.string(),
      chair: committed,
      agenda: z.array(z.string()),
      attendees: z.array(z.looseObject({ person: committed, role: z.string() })),
      minutes: committed,
      by: committed,
      at: z.string(),
    }),
    'template-applied': z.looseObject({
      template: z.string(),
      templateDigest: digest,
      policyVersion: z.string(),
      by: committed,
    }),
    'freeze-exception': z.looseObject({
      freeze: z.string(),
      by: committed,
      roles: z.array(z.string()),
      basis: z.string(),
      contentDigest: digest,
      at: z.string(),
    }),
    'emergency-override': z.looseObject({
      by: committed,
      roles: z.array(z.string()),
      basis: z.string(),
      overdue: z.array(z.string()),
      at: z.string(),
    }),
    'decision-barred': z.looseObject({
      person: committed,
      decision: z.number(),
      evidence: z.number(),
      role: z.string(),
      matchedBy: z.enum(['admin-map', 'e-mail', 'atlassian-account', 'resolution']),
    }),
    'author-matched': z.looseObject({
      evidence: z.number(),
      index: z.number(),
      account: committed,
      address: z.enum(['same', 'without-tag']),
    }),
    'author-resolved': z.looseObject({
      evidence: z.number(),
      index: z.number(),
      account: person,
      by: committed,
      basis: z.string(),
    }),
    adopted: z.looseObject({
      key: z.string(),
      project: z.string(),
      status: z.string(),
      controlBeganAt: z.string(),
      by: committed,
    }),
    'break-glass': z.looseObject({
      historyId: nullable,
      usedAt: z.string(),
      what: z.string(),
      why: z.string(),
      roles: z.array(z.string()),
      by: committed,
      at: z.string(),
    }),
    'orphan-opened': z.looseObject({
      delivery: z.string(),
      source: z.string(),
      issueId: z.string(),
      key: z.string(),
      by: committed,
      at: z.string(),
    }),
    'orphan-dismissed': z.looseObject({
      delivery: z.string(),
      source: z.string(),
      by: committed,
      reason: z.string(),
      at: z.string(),
    }),
    implementation: z.looseObject({
      startedAt: z.string(),
      endedAt: z.string(),
      outcome: z.enum(['as-planned', 'with-deviations', 'backed-out', 'failed']),
      backoutUsed: z.boolean(),
      verification: z.string(),
      controlsSatisfied: z.boolean(),
      verifiedAt: z.string(),
      baselineUpdated: recordUpdate,
      planUpdated: recordUpdate,
      notes: z.string(),
      by: committed,
      inventoryUpdated: z.exactOptional(recordUpdate),
      verifiedBy: z.exactOptional(committed),
      historyHead: z.exactOptional(z.string()),
    }),
    'gate-answered': z.looseObject({
      environment: z.string(),
      commits: z.array(z.string()),
      artifacts: z.array(z.string()),
      actor: committed,
      verdict: z.string(),
      sentence: z.string(),
      askedAt: z.string(),
      question: digest,
      secret: z.string(),
      policyVersion: z.string(),
    }),
    'policy-saved': z.looseObject({
      version: z.string(),
      policyDigest: digest,
      previous: z.string(),
      changes: z.array(z.string()),
      by: committed,
      reason: z.string(),
    }),
    'people-saved': z.looseObject({
      version: z.string(),
      peopleDigest: digest,
      previous: z.string(),
      people: z.number(),
      changes: z.array(z.string()),
      by: committed,
      reason: z.string(),
    }),
    'trust-saved': z.looseObject({
      version: z.string(),
      trustDigest: digest,
      previous: z.string(),
      keys: z.array(z.looseObject({ id: z.string(), commitment: digest })),
      changes: z.array(z.string()),
      by: committed,
      reason: z.string(),
    }),
    'health-found': z.looseObject({
      code: z.string(),
      level: z.enum(['alarm', 'unchecked', 'note']),
      subject: z.string(),
      sentence: z.string(),
      remedy: z.string(),
      by: person,
      changedAt: nullable,
      policyVersion: z.string(),
    }),
    'health-resolved': z.looseObject({ code: z.string(), subject: z.string(), found: z.number() }),
    'health-checked': z.looseObject({
      day: z.string(),
      checks: z.number(),
      passed: z.number(),
      alarms: z.number(),
      unchecked: z.number(),
      notes: z.number(),
      policyVersion: z.string(),
    }),
    evidence: z.looseObject({
      evidence: z.string(),
      id: z.string(),
      repository: nullable,
      state: nullable,
      title: committed,
      url: nullable,
      commits: z.array(z.string()),
      attributes: z.record(z.string(), z.string()),
      people: z.array(z.looseObject({ role: z.string(), person: committed })),
      claimedAt: nullable,
      receivedAt: z.string(),
      namedBy: z.array(z.string()),
      provenance,
    }),
    'file-read': z.looseObject({
      delivery: z.string(),
      index: z.number(),
      digest,
      size: z.number(),
      mediaType: nullable,
      name: committed,
      claimedKind: z.string(),
      about: person,
      outcome: z.enum(['read', 'refused']),
      format: z.string(),
      evidence: nullable,
      title: person,
      refusal: nullable,
      statements: z.number(),
      statementsDigest: z.nullable(digest),
      complete: z.boolean(),
      findings: z.array(z.string()),
      claimed: z.nullable(z.looseObject({ from: z.string(), to: z.string() })),
      effects: z.looseObject({ read: z.number(), write: z.number(), unknown: z.number() }),
      signatures: z.looseObject({
        verified: z.number(),
        signerUnknown: z.number(),
        invalid: z.number(),
        unsigned: z.number(),
      }),
      trustVersion: z.string(),
      readerVersion: z.string(),
      by: person,
      receivedAt: z.string(),
      provenance,
    }),
    'marking-found': z.looseObject({
      finding: z.string(),
      rule: z.string(),
      severity: z.string(),
      place: z.string(),
      digest,
    }),
    'marking-cleared': z.looseObject({ finding: z.string(), by: committed, reason: z.string() }),
    'pack-assembled': z.looseObject({
      pack: z.string(),
      manifestDigest: digest,
      files: z.number(),
      bytes: z.number(),
      covers: z.number(),
      by: committed,
    }),
    'change-deleted': z.looseObject({ at: z.string(), by: person }),
    ...jiraBodies(digest, committed),
  } satisfies { [K in EntryKind]: z.ZodMiniType<EntryBodies[K]> };

  const kinds = Object.keys(bodies);
  const isKind = (kind: string): kind is EntryKind => kinds.includes(kind);

  const entry = z
    .looseObject({
      format: z.literal(LEDGER_FORMAT),
      chain: z.string().check(z.minLength(1)),
      seq: z.number().check(z.int(), z.minimum(0)),
      prev: digest,
      at: z.string(),
      kind: z.string(),
      fact: z.string().check(z.minLength(1)),
      body: z.unknown(),
    })
    .check(
      z.refine(
        ({ kind, body }) => isKind(kind) && bodies[kind].safeParse(body).success,
        'the body does not fit its kind',
      ),
    );

  const disclosure = z.looseObject({ salt: z.string(), value: z.unknown() });
  const stored = z.looseObject({ entry, hash: digest, disclosures: z.record(z.string(), disclosure) });
  return { entry, stored };
}

/** Built when the first entry is read: every cold start would pay for it, and most read no ledger before they answer. */
let built: ReturnType<typeof buildSchemas> | undefined;
const schemas = () => (built ??= buildSchemas());

/** Whether a value has the shape of a stored entry. Says nothing about its hash: `verifyChain` does. */
export function isStoredEntry(value: unknown): value is StoredEntry {
  return schemas().stored.safeParse(value).success;
}

/** Whether a value has the shape of an entry of the ledger, as a line of a pack's ledger file has. */
export function isLedgerEntry(value: unknown): value is StoredEntry['entry'] {
  return schemas().entry.safeParse(value).success;
}
