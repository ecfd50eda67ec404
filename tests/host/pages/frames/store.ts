import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod/mini';

/** What a frame on a page stands for. Bound on the server when the page is made: the frame itself claims nothing. */
export interface FrameBinding {
  readonly accountId: string;
  readonly moduleKey: string;
  readonly issueKey: string | null;
  readonly projectKey: string | null;
  /** Added to `extension` of the frame's context: entry point, rule configuration, modal context. */
  readonly extension: Readonly<Record<string, unknown>>;
  /** Where `createHistory` starts from; null where a frame has no history of its own (panels, modals). */
  readonly basePath: string | null;
  /** The rule that an edit screen writes, in a workflow by name. */
  readonly rule: { readonly workflow: string; readonly transition: string; readonly id: string } | null;
}

const binding = z.object({
  accountId: z.string(),
  moduleKey: z.string(),
  issueKey: z.nullable(z.string()),
  projectKey: z.nullable(z.string()),
  extension: z.record(z.string(), z.unknown()),
  basePath: z.nullable(z.string()),
  rule: z.nullable(z.object({ workflow: z.string(), transition: z.string(), id: z.string() })),
});

const KEPT = 5000;

/** Frames by their unguessable token; in the database, so that an open page goes on after a restart of the site. */
export class FrameStore {
  constructor(private readonly database: DatabaseSync) {
    database.exec(
      'CREATE TABLE IF NOT EXISTS page_frame (seq INTEGER PRIMARY KEY, token TEXT NOT NULL UNIQUE, binding TEXT NOT NULL) STRICT',
    );
  }

  bind(frame: FrameBinding): string {
    const token = randomBytes(18).toString('base64url');
    this.database.prepare('INSERT INTO page_frame (token, binding) VALUES (?, ?)').run(token, JSON.stringify(frame));
    this.database.prepare('DELETE FROM page_frame WHERE seq <= (SELECT MAX(seq) FROM page_frame) - ?').run(KEPT);
    return token;
  }

  find(token: string): FrameBinding | undefined {
    const row = this.database.prepare('SELECT binding FROM page_frame WHERE token = ?').get(token);
    return typeof row?.['binding'] === 'string' ? binding.parse(JSON.parse(row['binding'])) : undefined;
  }
}
