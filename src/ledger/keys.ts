/**
 * Every storage key of the app, spelt here and nowhere else. Forge storage takes keys of at most 500 characters that
 * match `[a-zA-Z0-9:._\s-#]+` (developer.atlassian.com, "KVS and Custom Entity Store limits"); ours use letters, digits and
 * `: . _ -` only, and every part that comes from outside is checked before it becomes part of a key. Keys sort by
 * code unit, so numbers are padded.
 */
export const MAX_KEY_LENGTH = 500;
const SEQ_DIGITS = 8;
const PART_DIGITS = 5;

export class KeyError extends Error {
  override readonly name = 'KeyError';
  readonly code = 'KEY_PART_INVALID';
}

/** The entry at position `seq` (from 0) of a change's chain. */
export const ledgerEntryKey = (issueId: string, seq: number): string =>
  key('ledger', part(issueId), padded(seq, SEQ_DIGITS));
export const ledgerPrefix = (issueId: string): string => `${key('ledger', part(issueId))}:`;
/** A note of the newest entry: a hint that may lag behind or be missing, never a source. */
export const ledgerHeadKey = (issueId: string): string => key('ledger-head', part(issueId));

/** An accepted delivery, named by its sender and the SHA-256 of its body. */
export const deliveryKey = (delivery: string): string => key('delivery', part(delivery));
export const deliveryChunkKey = (delivery: string, index: number): string =>
  key('delivery-chunk', part(delivery), padded(index, PART_DIGITS));
/** The name of a delivery: the sender and the SHA-256 of the body as received. */
export const deliveryName = (source: string, bodyDigest: string): string => `${part(source)}.${part(bodyDigest)}`;

/** Stands while a delivery's facts are still being recorded; one marker for each change that it names. */
export const pendingKey = (scope: string, delivery: string): string => key('pending', part(scope), part(delivery));
export const pendingPrefix = (scope?: string): string =>
  scope === undefined ? 'pending:' : `${key('pending', part(scope))}:`;
/** The delivery that last became pending for a change: read by key, where a list of the markers lags behind. */
export const newestPendingKey = (changeKey: string): string => key('pending-newest', part(changeKey));

/** A delivery that named no change of a controlled project. */
export const orphanKey = (delivery: string): string => key('orphan', part(delivery));
export const ORPHAN_PREFIX = 'orphan:';

/** What somebody set out to do about it; each attempt is created once. */
export const orphanActKey = (delivery: string, attempt: number): string =>
  key('orphan-act', part(delivery), padded(attempt, PART_DIGITS));
/** The change that was opened for it. */
export const orphanChangeKey = (delivery: string): string => key('orphan-change', part(delivery));
/** Stands while something that was set out to do about it may not have been done. */
export const orphanUnfinishedKey = (delivery: string): string => key('orphan-unfinished', part(delivery));
export const ORPHAN_UNFINISHED_PREFIX = 'orphan-unfinished:';
/** Older ones, a page each. */
export const orphanArchiveKey = (index: number): string => key('orphan-page', padded(index, PART_DIGITS));
export const ORPHAN_ARCHIVE_STATE_KEY = 'orphan-pages';
/** The chain that holds who opened a change for which delivery, and who dismissed which and why. */
export const ORPHAN_CHAIN = 'orphans';

/** Bytes with a CUI marking or a secret; deletable, copied nowhere. */
export const quarantineKey = (delivery: string): string => key('quarantine', part(delivery));
export const quarantineChunkKey = (delivery: string, index: number): string =>
  key('quarantine-chunk', part(delivery), padded(index, PART_DIGITS));
export const QUARANTINE_PREFIX = 'quarantine:';

/** Stands while the files that came with a delivery are still to be read for a change. */
export const unreadKey = (issueId: string, delivery: string): string => key('unread', part(issueId), part(delivery));
export const unreadPrefix = (issueId?: string): string =>
  issueId === undefined ? 'unread:' : `${key('unread', part(issueId))}:`;
/** The delivery whose files were last to be read for a change: read by key, where a list of the markers lags behind. */
export const newestUnreadKey = (issueId: string): string => key('unread-newest', part(issueId));
/** The salt of a file's statements and how often reading it was begun; there until its entry is. */
export const readingKey = (issueId: string, delivery: string, index: number): string =>
  key('file-reading', part(issueId), part(delivery), padded(index, PART_DIGITS));
/** What a file states, in pieces, by the digest that its entry commits to; personal data, deletable. */
export const statementsChunkKey = (issueId: string, digest: string, index: number): string =>
  key('file-statements', part(issueId), part(digest), padded(index, PART_DIGITS));

/** A file that a person is handing in, and its pieces; swept when it is not finished. */
export const uploadKey = (issueId: string, upload: string): string => key('upload', part(issueId), part(upload));
export const uploadPrefix = (issueId?: string): string =>
  issueId === undefined ? 'upload:' : `${key('upload', part(issueId))}:`;
export const uploadPieceKey = (upload: string, index: number): string =>
  key('upload-piece', part(upload), padded(index, PART_DIGITS));

/** How often a sender was refused within one hour (UTC), for one reason. */
export const refusalKey = (at: Date, source: string, reason: string): string =>
  key('refusals', at.toISOString().slice(0, 13), part(source), part(reason));
export const REFUSAL_PREFIX = 'refusals:';
export const refusalHourPrefix = (at: Date): string => `${key('refusals', at.toISOString().slice(0, 13))}:`;

/** A nonce of our own envelope; good once. */
export const nonceKey = (source: string, nonce: string): string => key('nonce', part(source), part(nonce));
/** What a sender's idempotency key stands for, by the key's SHA-256. */
export const idempotencyKey = (source: string, digest: string): string =>
  key('idempotency', part(source), part(digest));

export const packKey = (issueId: string, pack: string): string => key('pack', part(issueId), part(pack));
export const packPrefix = (issueId: string): string => `${key('pack', part(issueId))}:`;
/** Stands while a pack is neither ready nor failed, so that one whose job was lost is found. */
export const packUnfinishedKey = (issueId: string, pack: string): string =>
  key('pack-unfinished', part(issueId), part(pack));
export const PACK_UNFINISHED_PREFIX = 'pack-unfinished:';
export const packChunkKey = (pack: string, index: number): string =>
  key('pack-chunk', part(pack), padded(index, PART_DIGITS));

/** A change known to the app, and from its key to its issue id. */
export const issueKey = (issueId: string): string => key('issue', part(issueId));
export const ISSUE_PREFIX = 'issue:';
export const issueByKeyKey = (changeKey: string): string => key('issue-key', part(changeKey));

/** What is known of a project's live changes: windows, systems and reviews that are due. Rebuilt by the reconciler. */
export const calendarKey = (project: string): string => key('calendar', part(project));

/** Somebody was told of something, or is just being told: stands before anything is sent. */
export const noticeKey = (issueId: string, notice: string): string => key('notice', part(issueId), part(notice));
/** The chain that holds the saves of a meeting's record; issue ids are digits, so no change has its name. */
export const meetingChain = (meeting: string): string => `meeting-${part(meeting)}`;
/** Lists a project's meetings; what they say is in their chains. */
export const meetingKey = (project: string, meeting: string): string => key('meeting', part(project), part(meeting));
export const meetingPrefix = (project: string): string => `${key('meeting', part(project))}:`;

/** The chain that holds what Jira shows of a change beside its fields; issue ids are digits, so no change has its name. */
export const jiraChain = (issueId: string): string => `jira-${part(issueId)}`;
/** When that was last read, and what could not be: written by every reading, also by one that found nothing new. */
export const jiraReadingKey = (issueId: string): string => key('jira-reading', part(issueId));

/** A run of this number came from a sender that counts; expires by itself. */
export const runNumberKey = (series: string, number: number): string =>
  key('run-number', part(series), padded(number, 10));
/** How far a sender's counting has come, for one thing that it counts. */
export const runSeriesKey = (series: string): string => key('run-series', part(series));
export const RUN_SERIES_PREFIX = 'run-series:';

/** One version of the policy, never overwritten. */
export const policyKey = (version: string): string => key('policy', part(version));
/** A copy of the version in force, so that reading it takes one call. */
export const POLICY_CURRENT_KEY = 'policy:current';
/** The chain that holds who saved which version, and why. */
export const POLICY_CHAIN = 'policy';

/** How far the adoption of a project's existing issues is. */
export const adoptionKey = (project: string): string => key('adoption', part(project));
export const ADOPTION_PREFIX = 'adoption:';
/** One version of the people map, never overwritten; personal data, so it is in no chain and in no policy. */
export const peopleKey = (version: string): string => key('people', part(version));
/** A copy of the map in force, read together with the policy. */
export const PEOPLE_CURRENT_KEY = 'people:current';

/** One version of the registered signing keys, never overwritten; it may name people, so it is in no chain. */
export const trustKey = (version: string): string => key('trust', part(version));
/** A copy of the version in force. */
export const TRUST_CURRENT_KEY = 'trust:current';

/** Authors of a change's evidence of whom it is not settled who they are; kept up by every job about the change. */
export const unmatchedKey = (issueId: string): string => key('unmatched', part(issueId));
/** Accounts that Jira showed with an e-mail address, by its SHA-256; forgotten after an hour. */
export const addressKey = (digest: string): string => key('address', part(digest));
export const UNMATCHED_PREFIX = 'unmatched:';

/** The chain that holds what the checks of the controls found, and that they were made. */
export const HEALTH_CHAIN = 'health';
/** What the last check of the controls saw, so that the next can tell what went away. */
export const HEALTH_REMEMBERED_KEY = 'health:remembered';
/** What the last check came to, check by check. */
export const HEALTH_LAST_KEY = 'health:last';
/** When the hourly run last began. */
export const LAST_RUN_KEY = 'health:last-run';
/** Where the hourly run goes on with the changes that it had no room for. */
export const REFRESH_CURSOR_KEY = 'health:refresh-cursor';

/** Who is in the deciding groups, as the jobs of one run read it once. Expires by itself. */
export const membersOfRunKey = (run: string, policyVersion: string): string =>
  key('members', part(run), part(policyVersion));

/** One of our rules could not be evaluated within this hour (UTC). Expires by itself. */
export const failedExpressionKey = (at: Date, rule: string): string =>
  key('failed-expression', at.toISOString().slice(0, 13), part(rule));
export const FAILED_EXPRESSION_PREFIX = 'failed-expression:';

/** A change that the app knew and that Jira does not show it any more. */
export const hiddenKey = (issueId: string): string => key('hidden', part(issueId));
export const HIDDEN_PREFIX = 'hidden:';

/** The Jira field ids that go with our field names. */
export const FIELD_IDS_KEY = 'field-ids';

/** How far set-up has come, and what it made. */
export const SETUP_KEY = 'setup:record';
/** What was chosen in set-up and is not applied yet. */
export const SETUP_DRAFT_KEY = 'setup:draft';
/** Stands while set-up is at work in Jira, so that two do not make the same thing at once. */
export const SETUP_LOCK_KEY = 'setup:lock';

/** A transition that our post function reported and that its changelog entry has not confirmed yet. */
export const reportedKey = (issueId: string, executionId: string): string =>
  key('reported', part(issueId), part(executionId));
export const reportedPrefix = (issueId: string): string => `${key('reported', part(issueId))}:`;

/** Characters that a part may have; `:` separates parts and therefore is none of them. */
const PART = /^[a-zA-Z0-9._-]{1,200}$/;

/** @throws KeyError for anything that could be mistaken for another key, or that the store would refuse. */
function part(text: string): string {
  if (!PART.test(text)) throw new KeyError('a part of a storage key has 1 to 200 of the characters a-z A-Z 0-9 . _ -');
  return text;
}

function padded(index: number, digits: number): string {
  if (!Number.isSafeInteger(index) || index < 0 || index >= 10 ** digits) {
    throw new KeyError(`a position in a storage key is a whole number of at most ${digits} digits`);
  }
  return String(index).padStart(digits, '0');
}

function key(...parts: string[]): string {
  const text = parts.join(':');
  if (text.length > MAX_KEY_LENGTH) throw new KeyError(`a storage key has at most ${MAX_KEY_LENGTH} characters`);
  return text;
}
