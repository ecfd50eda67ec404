import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, type Places } from './naming';
import type { commit, push } from './schemas';
import { statement, type Context } from './statement';

type Push = z.infer<typeof push>;
type Commit = z.infer<typeof commit>;

/**
 * A push: its commits, or the branch or tag itself when it brings none. A branch that names a change links all commits
 * of the push. The head commit of a push without commits was pushed before, so only its own message links it: a new
 * branch at the tip of main is no work on the change that the branch names.
 */
export function pushItems(context: Context, push: Push): readonly NamedItem[] {
  const ref = shortRef(push.ref);
  const { head_commit: head } = push;
  const commits = push.commits.map((commit) => commitItem(context, push, commit, [['branch', ref.name]]));
  if (head !== null && head !== undefined && !push.commits.some(({ id }) => id === head.id)) {
    commits.push(commitItem(context, push, head, []));
  }
  return push.commits.length === 0 ? [branchItem(context, push, ref), ...commits] : commits;
}

function commitItem(context: Context, push: Push, commit: Commit, places: Places): NamedItem {
  const message = commit.message ?? '';
  const item = statement(context, {
    kind: 'commit',
    id: commit.id,
    commits: [commit.id],
    title: message.split('\n', 1)[0] ?? '',
    url: commit.url,
    at: commit.timestamp,
    attributes: { ref: push.ref, forced: push.forced === true ? 'true' : null },
    people: [
      ['author', commit.author],
      ['committer', commit.committer],
      ['pusher', pusherOf(push)],
    ],
  });
  return named(item, [['commit-message', message], ...places]);
}

function branchItem(context: Context, push: Push, ref: ShortRef): NamedItem {
  const item = statement(context, {
    kind: 'branch',
    id: push.ref,
    // The tip is an attribute, not a commit of the change: nobody says that it was made for it.
    commits: [],
    title: ref.name,
    url: push.compare,
    state: push.deleted === true ? 'deleted' : push.created === true ? 'created' : 'updated',
    at: push.deleted === true ? null : push.head_commit?.timestamp,
    attributes: {
      refType: ref.type,
      before: push.before,
      after: push.after,
      forced: push.forced === true ? 'true' : null,
    },
    people: [['pusher', pusherOf(push)]],
  });
  return named(item, [['branch', ref.name]]);
}

/** GitHub calls the pusher's login `name`. */
const pusherOf = ({ pusher }: Push) =>
  pusher === null || pusher === undefined ? pusher : { login: pusher.username ?? pusher.name, email: pusher.email };

interface ShortRef {
  readonly type: 'branch' | 'tag';
  readonly name: string;
}

function shortRef(ref: string): ShortRef {
  if (ref.startsWith('refs/tags/')) return { type: 'tag', name: ref.slice('refs/tags/'.length) };
  return { type: 'branch', name: ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : ref };
}
