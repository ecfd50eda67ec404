import type { Idempotency, NamedItem } from '../../evidence/item';
import { nestingOf } from '../../evidence/json-strings';
import { redactJson, type Finding } from '../../evidence/redact';
import type { Opened, Provider } from '../../providers/provider';
import type { IntakeRequest } from '../../providers/request';

/** A Forge web trigger takes 5 MB (Forge platform limits, "Invocation limits"). */
export const MAX_BODY_BYTES = 5 * 1024 * 1024;
/** GitHub's deepest payloads have fewer than ten levels. */
export const MAX_NESTING = 64;
/** More than any push names; each is a question to Jira. */
export const MAX_CHANGES_NAMED = 1000;

/** What an authentic request says. The reasons are a closed list, fit for a counter. */
export type Understood =
  | {
      readonly outcome: 'evidence';
      readonly event: string;
      readonly deliveryId: string | null;
      readonly items: readonly NamedItem[];
      /** The body to keep: as received, or the redacted copy when there are findings. */
      readonly kept: string;
      readonly findings: readonly Finding[];
      readonly idempotency?: Idempotency;
    }
  | { readonly outcome: 'ignored' | 'invalid'; readonly event: string | null; readonly reason: string };

const invalid = (event: string | null, reason: string): Understood => ({ outcome: 'invalid', event, reason });

/**
 * Reads an authentic request. Pure and total: whatever the bytes are, it answers. Besides the provider's own reasons:
 * `method`, `too-large`, `too-deep`, `not-json`, `too-many-changes`, `unreadable-after-redaction`.
 */
export function understand(provider: Provider, request: IntakeRequest): Understood {
  if (request.method.toUpperCase() !== 'POST') return invalid(null, 'method');
  if (Buffer.byteLength(request.body) > MAX_BODY_BYTES) return invalid(null, 'too-large');
  const opened = provider.open(request);
  if (!opened.opened) return invalid(opened.event, opened.reason);
  if (nestingOf(opened.json, MAX_NESTING) > MAX_NESTING) return invalid(opened.event, 'too-deep');
  const document = readJson(opened.json);
  if (document === undefined) return invalid(opened.event, 'not-json');
  const parsed = provider.parse(opened.event, document);
  if (parsed.outcome !== 'evidence') return parsed;
  if (changesNamed(parsed.items).length > MAX_CHANGES_NAMED) return invalid(opened.event, 'too-many-changes');
  const { items, idempotency } = parsed;
  const understood = withoutFindings(provider, request, opened, items);
  if (idempotency === undefined || understood.outcome !== 'evidence') return understood;
  return { ...understood, deliveryId: idempotency.key, idempotency };
}

/** Every key that the items name, each once. */
export const changesNamed = (items: readonly NamedItem[]): readonly string[] => [
  ...new Set(items.flatMap(({ names }) => names.map(({ key }) => key))),
];

/**
 * Changes are named by the text as received, because a redacted message may have held the key; what is kept and
 * recorded comes from the redacted text alone, so that nothing that was matched reaches an entry.
 */
function withoutFindings(
  provider: Provider,
  request: IntakeRequest,
  opened: Extract<Opened, { opened: true }>,
  items: readonly NamedItem[],
): Understood {
  const { event, deliveryId } = opened;
  const redacted = redactJson(opened.json);
  if (redacted.findings.length === 0) {
    return { outcome: 'evidence', event, deliveryId, items, kept: request.body, findings: [] };
  }
  const again = provider.parse(event, readJson(redacted.text));
  if (again.outcome !== 'evidence' || again.items.length !== items.length) {
    return invalid(event, 'unreadable-after-redaction');
  }
  return {
    outcome: 'evidence',
    event,
    deliveryId,
    items: again.items.map(({ item }, i) => ({ item, names: items[i]?.names ?? [] })),
    kept: opened.rewrap(redacted.text),
    findings: redacted.findings,
  };
}

function readJson(text: string): unknown {
  try {
    const document: unknown = JSON.parse(text);
    return document;
  } catch {
    return undefined;
  }
}
