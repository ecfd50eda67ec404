import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named } from '../github/naming';
import { statement, type Context } from '../github/statement';
import { commitIds } from '../optional';
import type { statusEvent } from './schemas';

/** The state that a build or another check gave a commit. A key is unique on its commit only, so both name it. */
export function statusItems(context: Context, event: z.infer<typeof statusEvent>): readonly NamedItem[] {
  const { commit_status: status } = event;
  const [linked] = /[0-9a-f]{40,64}$/.exec(status.links?.commit?.href?.slice(-100) ?? '') ?? [];
  const [commit] = commitIds(status.commit?.hash, linked);
  const item = statement(context, {
    kind: 'check',
    id: commit === undefined ? status.key : `${commit}/${status.key}`,
    commits: commitIds(commit),
    title: status.name ?? status.key,
    url: status.url,
    state: status.state,
    at: status.updated_on ?? status.created_on,
    attributes: { key: status.key, branch: status.refname, description: status.description },
    people: [],
  });
  return [
    named(item, [
      ['branch', status.refname],
      ['commit-message', status.commit?.message],
      ['title', status.name],
      ['payload', status.description],
    ]),
  ];
}
