import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, type Places } from '../github/naming';
import { statement, type Context } from '../github/statement';
import { personOf, shortRef } from './person';
import type { push } from './schemas';

type Push = z.infer<typeof push>;
type Commit = NonNullable<Push['commits']>[number];

/**
 * A push: its commits, or the branch or tag itself when it brings none, or not all of them: GitLab lists the newest 20. A
 * branch that names a change links the commits of the push; a tag links none, because nobody says that what it stands on
 * was made for the change.
 */
export function pushItems(context: Context, push: Push): readonly NamedItem[] {
  const commits = push.commits ?? [];
  const items = commits.map((commit) => commitItem(context, push, commit));
  const isWhole = commits.length > 0 && (push.total_commits_count ?? 0) <= commits.length && !isTag(push);
  return isWhole ? items : [refItem(context, push), ...items];
}

const isTag = ({ ref }: Push): boolean => ref.startsWith('refs/tags/');
const isNone = (commit: string | null | undefined): boolean => typeof commit === 'string' && /^0+$/.test(commit);
const pusherOf = ({ user_name: name, user_username: username, user_email: email }: Push) =>
  personOf({ name, username, email, id: null });

function commitItem(context: Context, push: Push, commit: Commit): NamedItem {
  const message = commit.message ?? '';
  const item = statement(context, {
    kind: 'commit',
    id: commit.id,
    commits: [commit.id],
    title: message.split('\n', 1)[0] ?? '',
    url: commit.url,
    at: commit.timestamp,
    attributes: { ref: push.ref },
    people: [
      ['author', commit.author],
      ['pusher', pusherOf(push)],
    ],
  });
  const places: Places = [
    ['commit-message', message],
    ['branch', isTag(push) ? null : shortRef(push.ref)],
  ];
  return named(item, places);
}

function refItem(context: Context, push: Push): NamedItem {
  const listed = push.commits?.length ?? 0;
  const item = statement(context, {
    kind: 'branch',
    id: push.ref,
    // The tip is an attribute, not a commit of the change: nobody says that it was made for it.
    commits: [],
    title: shortRef(push.ref) ?? push.ref,
    state: isNone(push.after) ? 'deleted' : isNone(push.before) ? 'created' : 'updated',
    attributes: {
      refType: isTag(push) ? 'tag' : 'branch',
      before: push.before,
      after: push.after,
      commitsListed: (push.total_commits_count ?? 0) > listed ? `${listed} of ${push.total_commits_count}` : null,
    },
    people: [['pusher', pusherOf(push)]],
  });
  return named(item, [['branch', shortRef(push.ref)]]);
}
