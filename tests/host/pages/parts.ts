import type { DatabaseSync } from 'node:sqlite';
import type { ForgePlatform, JiraSite, SiteClock } from '../contract';

/** What the pages are given. */
export interface PageParts {
  readonly jira: JiraSite;
  readonly forge: ForgePlatform;
  readonly database: DatabaseSync;
  readonly clock: SiteClock;
  /** The repository's root: the screens are served from `static/dist`, the page's own script is built from here. */
  readonly root: string;
}

/** The person in front of the browser. */
export interface Viewer {
  readonly userName: string;
  readonly accountId: string;
  readonly displayName: string;
  readonly isAdmin: boolean;
  /** IANA name, of the person's Jira profile. */
  readonly timeZone: string;
}

/** An app page or panel cannot be shown; `status` is what the page answers. */
export class PageRefusal extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413,
    message: string,
    readonly title = 'This cannot be shown',
  ) {
    super(message);
  }
}
