import type { SiteClock } from '../contract';
import { bytes, integer, json, text, type Row, type Statements } from '../database';
import type { Sequence } from './sequence';

export interface CommentRecord {
  readonly id: string;
  readonly issueId: string;
  readonly author: string;
  /** An Atlassian document. */
  readonly body: unknown;
  readonly created: string;
  readonly updated: string;
}

export interface AttachmentRecord {
  readonly id: string;
  readonly issueId: string;
  readonly author: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly created: string;
  readonly size: number;
}

/** What hangs on an issue and is no field: comments, attachments, and entity properties (of projects too). */
export class Notes {
  constructor(
    private readonly sql: Statements,
    private readonly sequence: Sequence,
    private readonly clock: SiteClock,
  ) {}

  /** Oldest first. */
  comments(issueId: string): readonly CommentRecord[] {
    return this.sql
      .all('SELECT * FROM jira_comment WHERE issue_id = ? ORDER BY CAST(id AS INTEGER)', issueId)
      .map(commentOf);
  }

  addComment(issueId: string, author: string, body: unknown): CommentRecord {
    const id = this.sequence.next('comment');
    const now = this.clock.now().toISOString();
    this.sql.run(
      'INSERT INTO jira_comment VALUES (?, ?, ?, ?, ?, ?)',
      id,
      issueId,
      author,
      JSON.stringify(body),
      now,
      now,
    );
    return { id, issueId, author, body, created: now, updated: now };
  }

  changeComment(id: string, body: unknown): void {
    const now = this.clock.now().toISOString();
    this.sql.run('UPDATE jira_comment SET body = ?, updated = ? WHERE id = ?', JSON.stringify(body), now, id);
  }

  removeComment(id: string): void {
    this.sql.run('DELETE FROM jira_comment WHERE id = ?', id);
  }

  attachments(issueId: string): readonly AttachmentRecord[] {
    return this.sql
      .all(`SELECT ${ATTACHMENT} FROM jira_attachment WHERE issue_id = ? ORDER BY CAST(id AS INTEGER)`, issueId)
      .map(attachmentOf);
  }

  attachment(id: string): AttachmentRecord | undefined {
    const row = this.sql.one(`SELECT ${ATTACHMENT} FROM jira_attachment WHERE id = ?`, id);
    return row && attachmentOf(row);
  }

  attachmentContent(id: string): Uint8Array | undefined {
    const row = this.sql.one('SELECT content FROM jira_attachment WHERE id = ?', id);
    return row && bytes(row, 'content');
  }

  addAttachment(
    file: Omit<AttachmentRecord, 'id' | 'created' | 'size'> & { readonly content: Uint8Array },
  ): AttachmentRecord {
    const id = this.sequence.next('attachment');
    const created = this.clock.now().toISOString();
    const { issueId, author, fileName, mimeType, content } = file;
    this.sql.run(
      'INSERT INTO jira_attachment VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      issueId,
      author,
      fileName,
      mimeType,
      created,
      content.byteLength,
      content,
    );
    return { id, issueId, author, fileName, mimeType, created, size: content.byteLength };
  }

  removeAttachment(id: string): void {
    this.sql.run('DELETE FROM jira_attachment WHERE id = ?', id);
  }

  properties(owner: 'issue' | 'project', ownerId: string): ReadonlyMap<string, unknown> {
    const rows = this.sql.all(
      'SELECT key, value FROM jira_property WHERE owner = ? AND owner_id = ? ORDER BY key',
      owner,
      ownerId,
    );
    return new Map(rows.map((row) => [text(row, 'key'), json(row, 'value')]));
  }

  /** True when the property is new. */
  setProperty(owner: 'issue' | 'project', ownerId: string, key: string, value: unknown): boolean {
    const isNew = !this.properties(owner, ownerId).has(key);
    const now = this.clock.now().toISOString();
    this.sql.run(
      'INSERT OR REPLACE INTO jira_property VALUES (?, ?, ?, ?, ?)',
      owner,
      ownerId,
      key,
      JSON.stringify(value),
      now,
    );
    return isNew;
  }

  /** False when there is no such property. */
  removeProperty(owner: 'issue' | 'project', ownerId: string, key: string): boolean {
    return (
      this.sql.run('DELETE FROM jira_property WHERE owner = ? AND owner_id = ? AND key = ?', owner, ownerId, key) > 0
    );
  }
}

const ATTACHMENT = 'id, issue_id, author, file_name, mime_type, created, size';

const commentOf = (row: Row): CommentRecord => ({
  id: text(row, 'id'),
  issueId: text(row, 'issue_id'),
  author: text(row, 'author'),
  body: json(row, 'body'),
  created: text(row, 'created'),
  updated: text(row, 'updated'),
});

const attachmentOf = (row: Row): AttachmentRecord => ({
  id: text(row, 'id'),
  issueId: text(row, 'issue_id'),
  author: text(row, 'author'),
  fileName: text(row, 'file_name'),
  mimeType: text(row, 'mime_type'),
  created: text(row, 'created'),
  size: integer(row, 'size'),
});
