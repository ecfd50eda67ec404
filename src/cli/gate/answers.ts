/** Every answer of the gate, and what it means for a person who reads the log of a pipeline. */
export const SAID: ReadonlyMap<string, string> = new Map(
  Object.entries({
    allowed: 'it may be deployed.',
    'blocked-not-approved': 'it is not approved, or not open any more. Its panel in Jira says what it needs.',
    'blocked-voided': 'it was edited after it was approved. It has to be approved again as it is now.',
    'blocked-incomplete': 'evidence that the policy demands before deploying is missing.',
    'blocked-freeze': 'a freeze period holds it up.',
    'blocked-window': 'this is outside its change window.',
    'blocked-commit':
      'a commit or artifact is not linked to it, or came after it was approved. Hand in the evidence (collect), or have it approved again.',
    'blocked-actor':
      'the person who deploys decided on it, or is nobody whom Jira knows. Somebody else has to deploy it.',
    'unknown-change': 'there is no such change under change control.',
  }),
);

/** Answers that are none: it could not be asked, or not be found out. */
export const FAILED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pending: 'facts about it are still being recorded. Ask again, or wait longer with --wait.',
    unavailable: 'the gate could not find out. Ask again, or wait longer with --wait.',
    unauthorized: "the gate did not accept the signature. Check the secret, and this machine's clock.",
    invalid: 'the gate did not understand the question. Is this command line older than the app?',
  }),
);
