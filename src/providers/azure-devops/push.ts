import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, type Places } from '../github/naming';
import { statement } from '../github/statement';
import { contextOf, personOf, repositoryName, shortRef, type Delivered } from './person';
import type { push } from './schemas';

type Push = z.infer<typeof push>['resource'];
type Commit = NonNullable<Push['commits']>[number];
type RefUpdate = Push['refUpdates'][number];

/**
 * A push: its commits, or its branches and tags themselves when it brings none. A branch that names a change links all
 * commits of the push, unless several refs were pushed at once: Azure DevOps does not say which commit went to which.
 */
export function pushItems(delivered: Delivered, event: z.infer<typeof push>): readonly NamedItem[] {
  const { resource: pushed } = event;
  const commits = pushed.commits ?? [];
  const [only, ...others] = pushed.refUpdates;
  const sole = others.length === 0 ? only : undefined;
  const items = commits.map((commit) => commitItem(delivered, pushed, commit, sole));
  return sole !== undefined && items.length > 0
    ? items
    : [...pushed.refUpdates.map((update) => branchItem(delivered, pushed, update)), ...items];
}

function commitItem(delivered: Delivered, push: Push, commit: Commit, update: RefUpdate | undefined): NamedItem {
  const message = commit.comment ?? '';
  const { author, committer } = commit;
  const item = statement(contextOf(delivered, repositoryName(push.repository)), {
    kind: 'commit',
    id: commit.commitId,
    commits: [commit.commitId],
    title: message.split('\n', 1)[0] ?? '',
    url: commit.url,
    at: committer?.date ?? author?.date,
    attributes: { ref: update?.name },
    people: [
      ['author', author],
      ['committer', committer],
      ['pusher', personOf(push.pushedBy)],
    ],
  });
  const places: Places = [
    ['commit-message', message],
    ['branch', shortRef(update?.name)],
  ];
  return named(item, places);
}

const isNone = (objectId: string | null | undefined): boolean => /^0*$/.test(objectId ?? '');

function branchItem(delivered: Delivered, push: Push, update: RefUpdate): NamedItem {
  const { name, oldObjectId: before, newObjectId: after } = update;
  const item = statement(contextOf(delivered, repositoryName(push.repository)), {
    kind: 'branch',
    id: name,
    // The tip is an attribute, not a commit of the change: nobody says that it was made for it.
    commits: [],
    title: shortRef(name) ?? name,
    url: push.repository?.remoteUrl,
    state: isNone(after) ? 'deleted' : isNone(before) ? 'created' : 'updated',
    at: push.date ?? delivered.at,
    attributes: { refType: name.startsWith('refs/tags/') ? 'tag' : 'branch', before, after },
    people: [['pusher', personOf(push.pushedBy)]],
  });
  return named(item, [['branch', shortRef(name)]]);
}
