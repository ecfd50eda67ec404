import fc from 'fast-check';
import * as keys from '../../../src/ledger/keys';

const digest = 'ab'.repeat(32);
const at = new Date('2026-03-02T09:59:59.999Z');

/** Every key of the app, as it lies in the storage of every installation: a changed line here loses data. */
const TABLE: [string, string][] = [
  [keys.ledgerEntryKey('10007', 0), 'ledger:10007:00000000'],
  [keys.ledgerEntryKey('10007', 99_999_999), 'ledger:10007:99999999'],
  [keys.ledgerPrefix('10007'), 'ledger:10007:'],
  [keys.ledgerHeadKey('10007'), 'ledger-head:10007'],
  [keys.deliveryName('github', digest), `github.${digest}`],
  [keys.deliveryKey(`github.${digest}`), `delivery:github.${digest}`],
  [keys.deliveryChunkKey(`github.${digest}`, 12), `delivery-chunk:github.${digest}:00012`],
  [keys.pendingKey('CHG-7', `github.${digest}`), `pending:CHG-7:github.${digest}`],
  [keys.pendingPrefix('CHG-7'), 'pending:CHG-7:'],
  [keys.pendingPrefix(), 'pending:'],
  [keys.newestPendingKey('CHG-7'), 'pending-newest:CHG-7'],
  [keys.idempotencyKey('pipeline', digest), `idempotency:pipeline:${digest}`],
  [keys.orphanKey(`github.${digest}`), `orphan:github.${digest}`],
  [keys.quarantineKey(`github.${digest}`), `quarantine:github.${digest}`],
  [keys.quarantineChunkKey(`github.${digest}`, 1), `quarantine-chunk:github.${digest}:00001`],
  [keys.refusalKey(at, 'github', 'bad-signature'), 'refusals:2026-03-02T09:github:bad-signature'],
  [keys.runNumberKey('0f', 12), 'run-number:0f:0000000012'],
  [keys.runSeriesKey('0f'), 'run-series:0f'],
  [keys.jiraReadingKey('10007'), 'jira-reading:10007'],
  [keys.refusalHourPrefix(at), 'refusals:2026-03-02T09:'],
  [keys.nonceKey('pipeline', 'A_b-9'), 'nonce:pipeline:A_b-9'],
  [keys.packKey('10007', 'p1'), 'pack:10007:p1'],
  [keys.packPrefix('10007'), 'pack:10007:'],
  [keys.packUnfinishedKey('10007', 'p1'), 'pack-unfinished:10007:p1'],
  [keys.packChunkKey('p1', 3), 'pack-chunk:p1:00003'],
  [keys.issueKey('10007'), 'issue:10007'],
  [keys.issueByKeyKey('CHG-7'), 'issue-key:CHG-7'],
  [keys.reportedKey('10007', 'e-1'), 'reported:10007:e-1'],
  [keys.reportedPrefix('10007'), 'reported:10007:'],
  [keys.FIELD_IDS_KEY, 'field-ids'],
];

describe('storage keys', () => {
  it.each(TABLE)('%s', (key, expected) => {
    expect(key).toBe(expected);
    expect(key).toMatch(/^(?!\s+$)[a-zA-Z0-9:._\s\-#]{1,500}$/);
  });

  it('are all different', () => {
    expect(new Set(TABLE.map(([key]) => key)).size).toBe(TABLE.length);
  });

  it('have the prefixes that they are listed by', () => {
    expect(keys.ledgerEntryKey('1', 5).startsWith(keys.ledgerPrefix('1'))).toBe(true);
    expect(keys.ledgerEntryKey('10', 5).startsWith(keys.ledgerPrefix('1'))).toBe(false);
    expect(keys.orphanKey('d').startsWith(keys.ORPHAN_PREFIX)).toBe(true);
    expect(keys.quarantineKey('d').startsWith(keys.QUARANTINE_PREFIX)).toBe(true);
    expect(keys.quarantineChunkKey('d', 0).startsWith(keys.QUARANTINE_PREFIX)).toBe(false);
    expect(keys.refusalKey(at, 'github', 'stale').startsWith(keys.REFUSAL_PREFIX)).toBe(true);
    expect(keys.packUnfinishedKey('1', 'p').startsWith(keys.PACK_UNFINISHED_PREFIX)).toBe(true);
    expect(keys.packUnfinishedKey('1', 'p').startsWith(keys.packPrefix('1'))).toBe(false);
    expect(keys.issueKey('1').startsWith(keys.ISSUE_PREFIX)).toBe(true);
    expect(keys.issueByKeyKey('CHG-1').startsWith(keys.ISSUE_PREFIX)).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['the separator', '1:2'],
    ['white space', '1 2'],
    ['another alphabet', 'CHG-ä'],
    ['a line feed', 'CHG-7\n'],
    ['too many characters', 'x'.repeat(201)],
  ])('refuse a part with %s', (_, part) => {
    for (const build of [keys.ledgerHeadKey, keys.deliveryKey, keys.issueByKeyKey, keys.packPrefix]) {
      expect(() => build(part)).toThrow(keys.KeyError);
    }
  });

  it.each([-1, 0.5, NaN, 100_000_000])('refuse the position %d', (seq) => {
    expect(() => keys.ledgerEntryKey('10007', seq)).toThrow(keys.KeyError);
  });

  it('sort as their positions do', () => {
    const seq = fc.nat(99_999_999);
    fc.assert(fc.property(seq, seq, (a, b) => a < b === keys.ledgerEntryKey('1', a) < keys.ledgerEntryKey('1', b)));
  });
});
