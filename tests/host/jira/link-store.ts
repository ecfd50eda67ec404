import { text, type Row, type Statements } from '../database';
import type { Sequence } from './sequence';

export interface LinkTypeRecord {
  readonly id: string;
  readonly name: string;
  readonly inward: string;
  readonly outward: string;
}

/** As the fields of a link read from either side: `inward` "blocks" `outward`, which "is blocked by" `inward`. */
export interface LinkRecord {
  readonly id: string;
  readonly typeId: string;
  readonly inward: string;
  readonly outward: string;
}

/** A link to a page outside. */
export interface RemoteLinkRecord {
  readonly id: string;
  readonly issueId: string;
  readonly globalId: string | null;
  readonly relationship: string | null;
  readonly application: string | null;
  readonly title: string;
  readonly url: string;
}

/** The link types that every Jira has. */
const TYPES = [
  ['Blocks', 'is blocked by', 'blocks'],
  ['Cloners', 'is cloned by', 'clones'],
  ['Duplicate', 'is duplicated by', 'duplicates'],
  ['Relates', 'relates to', 'relates to'],
] as const;

/** Links between issues, and who watches an issue. */
export class Links {
  constructor(
    private readonly sql: Statements,
    private readonly sequence: Sequence,
  ) {}

  giveTypes(): void {
    if (this.types().length > 0) return;
    for (const [name, inward, outward] of TYPES) this.addType({ name, inward, outward });
  }

  types(): readonly LinkTypeRecord[] {
    return this.sql.all('SELECT * FROM jira_link_type ORDER BY CAST(id AS INTEGER)').map(typeOf);
  }

  addType(type: Omit<LinkTypeRecord, 'id'>): LinkTypeRecord {
    const id = this.sequence.next('link-type');
    this.sql.run('INSERT INTO jira_link_type VALUES (?, ?, ?, ?)', id, type.name, type.inward, type.outward);
    return { ...type, id };
  }

  find(id: string): LinkRecord | undefined {
    const row = this.sql.one('SELECT * FROM jira_link WHERE id = ?', id);
    return row && linkOf(row);
  }

  of(issueId: string): readonly LinkRecord[] {
    return this.sql
      .all('SELECT * FROM jira_link WHERE inward = ? OR outward = ? ORDER BY CAST(id AS INTEGER)', issueId, issueId)
      .map(linkOf);
  }

  /** Undefined when the link is there already. */
  add(link: Omit<LinkRecord, 'id'>): LinkRecord | undefined {
    const { typeId, inward, outward } = link;
    const same = this.of(inward).some(
      (one) => one.typeId === typeId && one.outward === outward && one.inward === inward,
    );
    if (same) return undefined;
    const id = this.sequence.next('link');
    this.sql.run('INSERT INTO jira_link VALUES (?, ?, ?, ?)', id, typeId, inward, outward);
    return { ...link, id };
  }

  remove(id: string): void {
    this.sql.run('DELETE FROM jira_link WHERE id = ?', id);
  }

  remoteOf(issueId: string): readonly RemoteLinkRecord[] {
    return this.sql
      .all('SELECT link FROM jira_remote_link WHERE issue_id = ? ORDER BY CAST(id AS INTEGER)', issueId)
      .map((row) => JSON.parse(text(row, 'link')) as RemoteLinkRecord);
  }

  /** One with the global id of another of the issue takes its place, as the document says. */
  addRemote(link: Omit<RemoteLinkRecord, 'id'>): RemoteLinkRecord {
    const known = this.remoteOf(link.issueId).find(({ globalId }) => globalId !== null && globalId === link.globalId);
    const record = { ...link, id: known?.id ?? this.sequence.next('remote-link') };
    this.sql.run(
      'INSERT OR REPLACE INTO jira_remote_link VALUES (?, ?, ?)',
      record.id,
      link.issueId,
      JSON.stringify(record),
    );
    return record;
  }

  removeRemote(id: string): void {
    this.sql.run('DELETE FROM jira_remote_link WHERE id = ?', id);
  }

  watchers(issueId: string): readonly string[] {
    return this.sql
      .all('SELECT account_id FROM jira_watcher WHERE issue_id = ? ORDER BY rowid', issueId)
      .map((row) => text(row, 'account_id'));
  }

  watch(issueId: string, accountId: string): void {
    this.sql.run('INSERT OR IGNORE INTO jira_watcher VALUES (?, ?)', issueId, accountId);
  }

  unwatch(issueId: string, accountId: string): void {
    this.sql.run('DELETE FROM jira_watcher WHERE issue_id = ? AND account_id = ?', issueId, accountId);
  }
}

const typeOf = (row: Row): LinkTypeRecord => ({
  id: text(row, 'id'),
  name: text(row, 'name'),
  inward: text(row, 'inward'),
  outward: text(row, 'outward'),
});
const linkOf = (row: Row): LinkRecord => ({
  id: text(row, 'id'),
  typeId: text(row, 'type_id'),
  inward: text(row, 'inward'),
  outward: text(row, 'outward'),
});
