import { integer, json, text, type Statements } from '../database';
import type { SiteClock } from '../contract';

/** A notification as it would go out. */
export interface Mail {
  readonly id: number;
  readonly queued: string;
  readonly issueKey: string;
  readonly sender: string;
  /** Account ids, each once. */
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The mail queue: this site sends nothing, and shows what it would. */
export class Mails {
  constructor(
    private readonly sql: Statements,
    private readonly clock: SiteClock,
  ) {}

  queue(mail: Omit<Mail, 'id' | 'queued'>): void {
    const now = this.clock.now().toISOString();
    this.sql.run('INSERT INTO jira_mail (queued, mail) VALUES (?, ?)', now, JSON.stringify(mail));
  }

  all(): readonly Mail[] {
    return this.sql.all('SELECT * FROM jira_mail ORDER BY id').map((row) => ({
      // Only `queue` writes the column.
      ...(json(row, 'mail') as Omit<Mail, 'id' | 'queued'>),
      id: integer(row, 'id'),
      queued: text(row, 'queued'),
    }));
  }
}
