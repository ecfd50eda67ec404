import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, type Places } from '../github/naming';
import { statement, type Context } from '../github/statement';
import { authorOf } from './person';
import type { Commit, push, Ref } from './schemas';

type Change = z.infer<typeof push>['push']['changes'][number];

/**
 * A push: for each branch its commits, or the branch itself when it brings none, or not all of them: Bitbucket lists a
 * few only and says so. A branch that names a change links the commits of its push; a tag links none, because nobody
 * says that what it stands on was made for the change.
 */
export const pushItems = (context: Context, event: z.infer<typeof push>): readonly NamedItem[] =>
  event.push.changes.flatMap((change) => {
    const commits = change.commits ?? [];
    const items = commits.map((commit) => commitItem(context, change, commit));
    return commits.length > 0 && change.truncated !== true && !isTag(change.new)
      ? items
      : [...refItem(context, change), ...items];
  });

const isTag = (ref: Ref): boolean => ref?.type === 'tag';

const fullName = (ref: Ref): string | null =>
  ref === null || ref === undefined ? null : `refs/${isTag(ref) ? 'tags' : 'heads'}/${ref.name}`;

function commitItem(context: Context, change: Change, commit: Commit): NamedItem {
  const message = commit.message ?? '';
  const item = statement(context, {
    kind: 'commit',
    id: commit.hash,
    commits: [commit.hash],
    title: message.split('\n', 1)[0] ?? '',
    url: commit.links?.html?.href,
    at: commit.date,
    attributes: { ref: fullName(change.new), forced: change.forced === true ? 'true' : null },
    people: [
      ['author', authorOf(commit.author)],
      ['pusher', context.sender],
    ],
  });
  const places: Places = [
    ['commit-message', message],
    ['branch', isTag(change.new) ? null : change.new?.name],
  ];
  return named(item, places);
}

/** A new ref that is null was deleted, an old one that is null created; with neither nothing is said. */
function refItem(context: Context, change: Change): readonly NamedItem[] {
  const ref = change.new ?? change.old;
  if (ref === null || ref === undefined) return [];
  const deleted = change.new === null || change.closed === true;
  const created = change.old === null || change.created === true;
  const item = statement(context, {
    kind: 'branch',
    id: fullName(ref) ?? ref.name,
    // The tip is an attribute, not a commit of the change: nobody says that it was made for it.
    commits: [],
    title: ref.name,
    url: ref.links?.html?.href,
    state: deleted ? 'deleted' : created ? 'created' : change.new === undefined ? null : 'updated',
    // A deletion has no time of its own.
    at: deleted ? null : change.new?.target?.date,
    attributes: {
      refType: isTag(ref) ? 'tag' : 'branch',
      before: change.old?.target?.hash,
      after: change.new?.target?.hash,
      forced: change.forced === true ? 'true' : null,
      commitsListed: change.truncated === true ? `${change.commits?.length ?? 0}, not all` : null,
    },
    people: [['pusher', context.sender]],
  });
  return [named(item, [['branch', ref.name]])];
}
