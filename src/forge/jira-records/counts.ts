import { route } from '@forge/api';
import * as z from '#zod';
import { COUNTED_KINDS, type Counted } from '../../evidence/jira/held';
import type { CountedMore } from '../../ports/jira-records';
import { jira } from '../jira-http';
import { look, Unseen } from '../looking';

const found = z.lazy(() => z.looseObject({ issues: z.array(z.unknown()) }));

type Held = Readonly<Record<Counted, number>>;

/**
 * Jira's search knows how much development tools reported of an issue (`development[commits].all`), whoever they are,
 * and compares it with a number; it does not say the count. Documented for company-managed projects only, so each kind
 * that Jira does not take is named with its answer.
 */
export async function countsMoreThan(issueId: string, held: Held): Promise<CountedMore> {
  const all = await look(() => finds(issueId, COUNTED_KINDS.map((kind) => beyond(kind, held)).join(' OR ')));
  if ('seen' in all && !all.seen) return { more: [], unchecked: [] };
  const more: Counted[] = [];
  const unchecked: { kind: Counted; because: string }[] = [];
  for (const kind of COUNTED_KINDS) {
    const one = await look(() => finds(issueId, beyond(kind, held)));
    if ('unseen' in one) unchecked.push({ kind, because: one.unseen });
    else if (one.seen) more.push(kind);
  }
  return { more, unchecked };
}

const beyond = (kind: Counted, held: Held): string => `development[${kind}].all > ${held[kind]}`;

async function finds(issueId: string, condition: string): Promise<boolean> {
  const { status, json } = await jira(route`/rest/api/3/search/jql`, {
    as: 'app',
    method: 'POST',
    body: { jql: `issue = ${issueId} AND (${condition})`, fields: ['key'], maxResults: 1 },
  });
  const parsed = found.safeParse(json);
  if (status === 400) throw new Unseen('Jira’s search does not take this question.');
  if (status !== 200 || !parsed.success) throw new Unseen(`Jira answered ${status}.`);
  return parsed.data.issues.length > 0;
}
