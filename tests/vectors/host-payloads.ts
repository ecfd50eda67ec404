import { bitbucketRequest, bitbucketSignature, gitlabRequest } from '../unit/intake/requests';
import { payloadsOf, text, type CiRule, type CiSender } from './ci-payloads';
import { memberAt } from './member';

const list = (body: unknown, path: string): readonly unknown[] => {
  const value = memberAt(body, path);
  return Array.isArray(value) ? value : [];
};

/** GitLab counts all commits of a push and lists some; a push whose list is not whole states its branch as well. */
const GITLAB_PUSH: CiRule = {
  fact: (body, path) => {
    const commits = list(body, 'commits').map((_, i) => `commit:${text(body, `commits.${i}.id`)}`);
    if (path !== 'ref') return commits.slice(0, 1);
    const isWhole = commits.length > 0 && Number(memberAt(body, 'total_commits_count')) <= commits.length;
    return isWhole ? commits : [`branch:${text(body, 'ref')}`, ...commits];
  },
  places: [
    ['branch', 'ref'],
    ['message', 'commits.0.message'],
  ],
  restsOn: ['object_kind', 'ref', 'commits.0.id', 'commits.1.id'],
};

/** The number of a merge request, or the end of its address in a body without one. */
const numberOf = (body: unknown, path: string): string =>
  memberAt(body, `${path}.iid`) === undefined
    ? (text(body, `${path}.url`).split('/').at(-1) ?? '')
    : text(body, `${path}.iid`);

const gitlab: CiSender = {
  source: 'gitlab',
  payloads: payloadsOf('gitlab-webhooks', (body) => memberAt(body, 'object_kind') ?? memberAt(body, 'event_name')).map(
    (payload) =>
      payload.event !== 'note' ? payload : { ...payload, rule: text(payload.body, 'object_attributes.noteable_type') },
  ),
  request: (body) => gitlabRequest(body),
  // With a token GitLab signs nothing, so an altered body cannot be told: only the secret can.
  forged: (body) => [
    gitlabRequest(body, { 'X-Gitlab-Token': ['guess'] }),
    gitlabRequest(body, { 'X-Gitlab-Token': [] }),
    gitlabRequest(body, { 'webhook-signature': [`v1,${'A'.repeat(43)}=`] }),
  ],
  rules: {
    push: GITLAB_PUSH,
    tag_push: {
      ...GITLAB_PUSH,
      // A tag links no commit, and its own name stands in it whole.
      fact: (body, path) =>
        path === 'ref' ? [`branch:${text(body, 'ref')}`] : [`commit:${text(body, 'commits.0.id')}`],
      places: [
        ['tag', 'ref'],
        ['message', 'commits.0.message'],
      ],
    },
    merge_request: {
      fact: (body) => `pull-request:${numberOf(body, 'object_attributes')}`,
      places: [
        ['branch', 'object_attributes.source_branch'],
        ['title', 'object_attributes.title'],
      ],
      restsOn: ['object_kind', 'object_attributes.iid', 'object_attributes.url'],
    },
    MergeRequest: {
      fact: (body) => `review:${numberOf(body, 'merge_request')}/note/${text(body, 'object_attributes.id')}`,
      places: [
        ['branch', 'merge_request.source_branch'],
        ['title', 'merge_request.title'],
      ],
      restsOn: ['object_kind', 'object_attributes.id', 'object_attributes.noteable_type', 'merge_request.iid'],
    },
    pipeline: {
      fact: (body) => `run:${text(body, 'object_attributes.id')}`,
      places: [
        ['branch', 'object_attributes.ref'],
        ['branch', 'merge_request.source_branch'],
        ['title', 'merge_request.title'],
        ['message', 'commit.message'],
        ['payload', 'object_attributes.variables'],
      ],
      restsOn: ['object_kind', 'object_attributes.id'],
    },
    build: {
      fact: (body) => `check:${text(body, 'build_id')}`,
      places: [
        ['branch', 'ref'],
        ['message', 'commit.message'],
      ],
      restsOn: ['object_kind', 'build_id'],
    },
    deployment: {
      fact: (body) => `deployment:${text(body, 'deployment_id')}`,
      places: [
        ['branch', 'ref'],
        ['message', 'commit_title'],
        ['payload', 'environment'],
      ],
      restsOn: ['object_kind', 'deployment_id'],
    },
    release: {
      fact: (body) => `document:release/${text(body, 'tag')}`,
      places: [
        ['title', 'name'],
        ['branch', 'tag'],
      ],
      restsOn: ['object_kind', 'tag'],
    },
  },
};

/** The events of Bitbucket's payloads: the file says which, the body does not. */
const BITBUCKET_EVENTS: Readonly<Record<string, string>> = {
  'commit-comment-created': 'repo:commit_comment_created',
  'issue-comment-created': 'issue:comment_created',
  'issue-created': 'issue:created',
  'issue-updated': 'issue:updated',
  'pull-request-approval-removed': 'pullrequest:unapproved',
  'pull-request-approved': 'pullrequest:approved',
  'pull-request-comment-created': 'pullrequest:comment_created',
  'pull-request-comment-deleted': 'pullrequest:comment_deleted',
  'pull-request-comment-updated': 'pullrequest:comment_updated',
  'pull-request-created': 'pullrequest:created',
  'pull-request-declined': 'pullrequest:rejected',
  'pull-request-merged': 'pullrequest:fulfilled',
  'pull-request-updated': 'pullrequest:updated',
  'repo-commit-status-created': 'repo:commit_status_created',
  'repo-commit-status-updated': 'repo:commit_status_updated',
  'repo-fork': 'repo:fork',
  'repo-push': 'repo:push',
  'repo-updated': 'repo:updated',
};

const pullRequestRule = (fact: CiRule['fact'], ...more: readonly string[]): CiRule => ({
  fact,
  places: [
    ['branch', 'pullrequest.source.branch.name'],
    ['title', 'pullrequest.title'],
  ],
  restsOn: ['pullrequest.id', ...more],
});
const PULL_REQUEST = pullRequestRule((body) => `pull-request:${text(body, 'pullrequest.id')}`);
const APPROVAL = pullRequestRule(
  (body) => `review:${text(body, 'pullrequest.id')}/${text(body, 'approval.user.uuid')}`,
  'approval',
);
const COMMENT = pullRequestRule(
  (body) => `review:${text(body, 'pullrequest.id')}/comment/${text(body, 'comment.id')}`,
  'comment.id',
);
const STATUS: CiRule = {
  fact: (body) =>
    `check:${text(body, 'commit_status.links.commit.href').slice(-40)}/${text(body, 'commit_status.key')}`,
  places: [
    ['title', 'commit_status.name'],
    ['branch', 'commit_status.refname'],
    ['payload', 'commit_status.description'],
  ],
  restsOn: ['commit_status.key'],
};

const bitbucket: CiSender = {
  source: 'bitbucket',
  payloads: payloadsOf('bitbucket-webhooks', (_, file) => BITBUCKET_EVENTS[file.replace('.json', '')]),
  request: (body, event) => bitbucketRequest(event, body),
  forged: (body, event) => [
    bitbucketRequest(event, body, { 'X-Hub-Signature': [bitbucketSignature(`${body} `)] }),
    bitbucketRequest(event, body, { 'X-Hub-Signature': [] }),
  ],
  rules: {
    'repo:push': {
      fact: (body) => `commit:${text(body, 'push.changes.0.commits.0.hash')}`,
      places: [
        ['branch', 'push.changes.0.new.name'],
        ['message', 'push.changes.0.commits.0.message'],
      ],
      restsOn: ['push.changes.0.commits.0.hash', 'push.changes.0.old.name'],
    },
    'repo:commit_status_created': STATUS,
    'repo:commit_status_updated': STATUS,
    'pullrequest:created': PULL_REQUEST,
    'pullrequest:updated': PULL_REQUEST,
    'pullrequest:fulfilled': PULL_REQUEST,
    'pullrequest:rejected': PULL_REQUEST,
    'pullrequest:approved': APPROVAL,
    'pullrequest:unapproved': APPROVAL,
    'pullrequest:comment_created': COMMENT,
    'pullrequest:comment_updated': COMMENT,
    'pullrequest:comment_deleted': COMMENT,
  },
};

export const HOST_SENDERS: readonly CiSender[] = [gitlab, bitbucket];
