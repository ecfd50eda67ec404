/** What was the matter with a delivery, for screens: what the counter of refusals holds is a code of a closed list. */
const WORDS: Readonly<Record<string, string>> = {
  'no-secret': 'no secret is live',
  'signature-missing': 'not signed',
  'signature-malformed': 'signature in no known form',
  'signature-wrong': 'signed with another key, or altered underway',
  'signature-stale': 'signed too long ago, or ahead of time',
  'nonce-spent': 'its nonce was used before',
  'source-not-taken-in': 'no such sender',
  method: 'not sent by POST',
  'too-large': 'too large',
  'token-too-large': 'too large',
  'too-deep': 'nested too deep',
  'not-json': 'no JSON',
  'not-an-object': 'no JSON object',
  'too-many-changes': 'names too many changes',
  'unreadable-after-redaction': 'says nothing more without what was redacted',
  'event-header': 'no name of an event',
  'event-missing': 'no name of an event',
  'event-mismatch': 'tells of another event than its name says',
  'delivery-header': 'delivery id in no known form',
  'content-type': 'neither JSON nor a form',
  'form-without-payload': 'a form without a payload',
  'token-without-body': 'a token that holds nothing',
  'token-shape': 'a token of another kind',
  'event-not-taken-in': 'an event that is no evidence',
  shape: 'not in the form of its event',
  'unknown-member': 'a member that is not known',
  'idempotency-key-reused': 'its idempotency key stands for other facts',
  'nothing-named': 'names neither commit nor artifact',
  'unknown-change': 'no such change',
  'licence-lapsed': 'the licence of the app has lapsed',
};

/** "too large", "ignored: star", "needs commits"; a code without words as it is. */
export function refusalWords(reason: string): string {
  if (Object.hasOwn(WORDS, reason)) return WORDS[reason] ?? reason;
  const [first = '', ...rest] = reason.split('.');
  const named = rest.join('.');
  switch (first) {
    case 'ignored':
      return `ignored: ${named}`;
    case 'shape':
      return `"${named}" is not as it has to be`;
    case 'needs':
      return `"${named}" is missing`;
    default:
      return reason;
  }
}
