import { Listener, type Received, type Reply } from './listen';

export const JIRA_TOKEN = 'ATATT3xFfGF0-the-token-of-the-tests';
const FIELD = 'customfield_10117';

export interface Attached {
  readonly id: string;
  readonly filename: string;
  readonly bytes: Uint8Array;
  readonly by?: 'app' | 'atlassian';
}

export interface Issue {
  readonly id: string;
  key: string;
  ledger: string;
  attachments: Attached[];
}

/** Jira as far as a mirror reads it, in pages of two. */
export class JiraServer {
  readonly issues: Issue[] = [];
  /** Ids that a search does not find although the issue is there. */
  readonly unfound = new Set<string>();
  /** Happens before an issue is read by itself. */
  beforeIssue: () => void = () => undefined;
  fields: readonly unknown[] = [
    { id: 'summary', key: 'summary', name: 'Summary' },
    { id: FIELD, key: 'ari-app__PRODUCTION__change-ledger', name: 'Change ledger' },
  ];
  readonly listener = new Listener((request) => this.answer(request));

  private answer({ method, target, headers }: Received): Reply {
    const expected = `Basic ${Buffer.from(`mirror@example.test:${JIRA_TOKEN}`).toString('base64')}`;
    if (headers.authorization !== expected) return json(401, { errorMessages: ['You are not authenticated.'] });
    const { pathname, searchParams } = new URL(target, 'http://jira');
    if (method !== 'GET') return json(405, {});
    if (pathname === '/rest/api/3/field') return json(200, this.fields);
    if (pathname === '/rest/api/3/search/jql') return this.search(searchParams);
    const [, kind, id] = /^\/rest\/api\/3\/(issue|attachment\/content)\/(\w+)$/.exec(pathname) ?? [];
    if (kind === 'issue') {
      this.beforeIssue();
      const issue = this.issues.find((one) => one.id === id);
      return issue === undefined ? json(404, { errorMessages: ['It does not exist.'] }) : json(200, shown(issue));
    }
    const file = this.issues.flatMap(({ attachments }) => attachments).find((one) => one.id === id);
    return file === undefined ? json(404, {}) : { status: 200, body: file.bytes };
  }

  private search(asked: URLSearchParams): Reply {
    if (!/^project in \("CHG"\) ORDER BY key ASC$/.test(asked.get('jql') ?? ''))
      return json(400, { errorMessages: ["The value 'NO' does not exist for the field 'project'."] });
    const found = this.issues.filter(({ id }) => !this.unfound.has(id));
    const from = Number(asked.get('nextPageToken') ?? '0');
    const issues = found.slice(from, from + 2).map(shown);
    const next = from + 2 < found.length ? { nextPageToken: String(from + 2) } : { isLast: true };
    return json(200, { issues, ...next });
  }
}

const shown = ({ id, key, ledger, attachments }: Issue) => ({
  id,
  key,
  fields: {
    [FIELD]: ledger === '' ? null : ledger,
    attachment: attachments.map(({ id: file, filename, bytes, by = 'app' }) => ({
      id: file,
      filename,
      size: bytes.length,
      author: { accountType: by },
    })),
  },
});

const json = (status: number, value: unknown): Reply => ({ status, body: JSON.stringify(value) });
