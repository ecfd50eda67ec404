import * as z from '#zod';
import { APP_FIELDS } from '../../change/field-ids';
import { ISSUE_KEY } from '../../gate/question';
import { ask, jsonOf, type Answered, type Asking } from './request';

export interface JiraOptions {
  /** `https://your-site.atlassian.net` */
  readonly url: string;
  /** E-mail of the token's owner; undefined for a token that is sent as Bearer. */
  readonly user: string | undefined;
  readonly token: string;
}

export interface SeenChange {
  readonly issueId: string;
  readonly key: string;
  /** The text of the field "Change ledger"; empty when there is none. */
  readonly ledger: string;
  readonly attachments: readonly SeenPack[];
  /** Attachments that are called as a pack is and that no app attached. */
  readonly foreign: readonly string[];
}

export interface SeenPack {
  readonly id: string;
  readonly fileName: string;
  readonly size: number;
}

/** Jira cannot be read, or not all of it: then nothing is concluded from what is not there. The message is for a person. */
export class JiraProblem extends Error {
  override readonly name = 'JiraProblem';
}

export interface JiraReader {
  /** Every change that the query finds, all pages of it. */
  changes(jql: string): Promise<readonly SeenChange[]>;
  change(issueId: string): Promise<SeenChange | undefined>;
  bytes(pack: SeenPack): Promise<Uint8Array>;
}

const PAGE = 100;
/** More pages than a site has changes: a server that always names another page is not asked for ever. */
const MAX_PAGES = 10_000;
const PACK_NAME = /^CM\.L2-3\.4\.3_[A-Z][A-Z0-9_]*-\d+_pack-\d{4,9}\.zip$/;

const fields = z.array(z.looseObject({ id: z.string(), key: z.exactOptional(z.string()) }));
/** Names of files are made of it. */
const id = z.string().check(z.regex(/^\d{1,20}$/));
const attachment = z.looseObject({
  id,
  filename: z.string(),
  size: z.number(),
  author: z.optional(z.nullable(z.looseObject({ accountType: z.optional(z.string()) }))),
});
const issue = z.looseObject({
  id,
  key: z.string().check(z.regex(ISSUE_KEY)),
  fields: z.looseObject({ attachment: z.optional(z.nullable(z.array(attachment))) }),
});
const page = z.looseObject({
  issues: z.array(issue),
  nextPageToken: z.optional(z.nullable(z.string())),
  isLast: z.optional(z.boolean()),
});

/** Reads changes over Jira's REST API with the customer's own token, which has to see the projects and write nothing. */
export function jiraReader({ url, user, token }: JiraOptions, asking: Asking): JiraReader {
  const base = url.replace(/\/$/, '');
  const Authorization =
    user === undefined ? `Bearer ${token}` : `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
  const get = async (path: string): Promise<Answered> => {
    const answer = await ask(asking, () => ({ url: `${base}${path}`, headers: { Authorization, Accept: '*/*' } }));
    if (answer.status === 401 || answer.status === 403)
      throw new JiraProblem(`Jira does not let this token in (HTTP ${answer.status}): ${path.split('?')[0] ?? ''}.`);
    return answer;
  };
  let known: Promise<string> | undefined;
  const ledgerField = () => (known ??= get('/rest/api/3/field').then(fieldIn));
  return {
    async changes(jql) {
      const field = await ledgerField();
      const wanted = `jql=${encodeURIComponent(jql)}&fields=attachment,${field}&maxResults=${PAGE}`;
      const found = new Map<string, SeenChange>();
      let next: string | null | undefined;
      for (let pages = 0; pages < MAX_PAGES; pages += 1) {
        const more = next === undefined ? '' : `&nextPageToken=${encodeURIComponent(next ?? '')}`;
        const answer = await get(`/rest/api/3/search/jql?${wanted}${more}`);
        const read = page.safeParse(jsonOf(answer));
        if (answer.status !== 200 || !read.success)
          throw new JiraProblem(`Jira's search failed on page ${pages + 1} (HTTP ${answer.status}): ${said(answer)}`);
        for (const one of read.data.issues) found.set(one.id, seen(one, field));
        next = read.data.nextPageToken ?? null;
        if (next === null) return [...found.values()];
      }
      throw new JiraProblem(`Jira's search has more than ${MAX_PAGES} pages. Narrow it with --project or --jql.`);
    },
    async change(issueId) {
      const field = await ledgerField();
      const answer = await get(`/rest/api/3/issue/${encodeURIComponent(issueId)}?fields=attachment,${field}`);
      if (answer.status === 404) return undefined;
      const read = issue.safeParse(jsonOf(answer));
      if (answer.status !== 200 || !read.success)
        throw new JiraProblem(`Jira answered HTTP ${answer.status} for issue ${issueId}: ${said(answer)}`);
      return seen(read.data, field);
    },
    async bytes({ id, fileName, size }) {
      const answer = await get(`/rest/api/3/attachment/content/${encodeURIComponent(id)}?redirect=false`);
      if (answer.status !== 200)
        throw new JiraProblem(`Jira answered HTTP ${answer.status} for the attachment ${fileName}.`);
      if (answer.bytes.length !== size)
        throw new JiraProblem(`${fileName} came with ${answer.bytes.length} of ${size} bytes.`);
      return answer.bytes;
    },
  };
}

function fieldIn(answer: Answered): string {
  const read = fields.safeParse(jsonOf(answer));
  if (answer.status !== 200 || !read.success)
    throw new JiraProblem(`Jira's list of fields cannot be read (HTTP ${answer.status}).`);
  const own = read.data.filter(({ key }) => /__change-ledger$|\/static\/change-ledger$/.test(key ?? ''));
  const [only, ...others] = own;
  if (only === undefined || others.length > 0)
    throw new JiraProblem(
      own.length === 0
        ? `Jira has no field "Change ledger" (${APP_FIELDS.ledger}): is the app installed, and new enough?`
        : 'Jira has more than one field "Change ledger": the app is installed twice.',
    );
  return only.id;
}

function seen({ id, key, fields: values }: z.infer<typeof issue>, field: string): SeenChange {
  const named = (values.attachment ?? []).filter(({ filename }) => PACK_NAME.test(filename));
  const isApps = ({ author }: z.infer<typeof attachment>) => author?.accountType === 'app';
  const ledger = values[field];
  return {
    issueId: id,
    key,
    ledger: typeof ledger === 'string' ? ledger : '',
    attachments: named.filter(isApps).map((one) => ({ id: one.id, fileName: one.filename, size: one.size })),
    foreign: named.filter((one) => !isApps(one)).map(({ filename }) => filename),
  };
}

const errors = z.looseObject({ errorMessages: z.array(z.string()) });

const said = (answer: Answered): string => {
  const read = errors.safeParse(jsonOf(answer));
  return read.success ? read.data.errorMessages.join(' ') : 'it does not say why.';
};
