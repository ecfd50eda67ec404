import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, payloadTexts, type Places } from '../github/naming';
import { statement, type Context } from '../github/statement';
import { commitIds } from '../optional';
import { repositoryOf } from './repository';
import type { jobCompleted, Pipeline, Trigger, workflowCompleted } from './schemas';

type Workflow = z.infer<typeof workflowCompleted>;
type Job = z.infer<typeof jobCompleted>;

/** A workflow that was started again keeps its id: the time tells the tries apart. */
export function workflowItems(event: Workflow): readonly NamedItem[] {
  const { workflow, pipeline } = event;
  const item = statement(contextOf(event), {
    kind: 'run',
    id: workflow.id,
    commits: revisionsOf(pipeline),
    title: titleOf(workflow.name, pipeline),
    url: workflow.url,
    state: workflow.status,
    at: workflow.stopped_at ?? event.happened_at,
    attributes: { workflow: workflow.name, ...attributesOf(pipeline) },
    people: peopleOf(pipeline),
  });
  return [named(item, placesOf(pipeline))];
}

export function jobItems(event: Job): readonly NamedItem[] {
  const { job, workflow, pipeline } = event;
  const item = statement(contextOf(event), {
    kind: 'check',
    id: job.id,
    commits: revisionsOf(pipeline),
    title: titleOf(job.name, pipeline),
    url: workflow?.url,
    state: job.status,
    at: job.stopped_at ?? event.happened_at,
    attributes: { job: job.number, workflow: workflow?.name, run: workflow?.id, ...attributesOf(pipeline) },
    people: peopleOf(pipeline),
  });
  return [named(item, placesOf(pipeline))];
}

const contextOf = (event: Workflow | Job): Context => ({ repository: repositoryOf(event), action: null, sender: null });

/** What the code host says of the trigger; `git` is CircleCI's own digest of it and has the least. */
const triggersOf = (pipeline: Pipeline): readonly Trigger[] => {
  const { gitlab, github_app: githubApp, git } = pipeline?.trigger_parameters ?? {};
  return [gitlab, githubApp, git].filter((trigger) => trigger !== null && trigger !== undefined);
};

/** The first of the texts that says anything: a pipeline that nobody's commit triggered has empty ones. */
const first = (...texts: readonly (string | null | undefined)[]): string | null =>
  texts.find((text) => typeof text === 'string' && text !== '') ?? null;

function revisionsOf(pipeline: Pipeline): readonly string[] {
  const triggers = triggersOf(pipeline);
  const [revision] = commitIds(
    pipeline?.vcs?.revision,
    ...triggers.flatMap((trigger) => [trigger.checkout_sha, trigger.commit_sha]),
  );
  return revision === undefined ? [] : [revision];
}

function attributesOf(pipeline: Pipeline) {
  const { vcs, trigger } = pipeline ?? {};
  const triggers = triggersOf(pipeline);
  const forked = first(vcs?.origin_repository_url) !== first(vcs?.target_repository_url);
  return {
    pipeline: pipeline?.number,
    branch: first(vcs?.branch, ...triggers.map(({ branch }) => branch)),
    tag: first(vcs?.tag, ...triggers.map(({ tag }) => tag)),
    trigger: trigger?.type,
    fork: forked ? vcs?.origin_repository_url : null,
  };
}

function titleOf(name: string | null | undefined, pipeline: Pipeline): string {
  const subject = first(
    pipeline?.vcs?.commit?.subject,
    ...triggersOf(pipeline).flatMap((trigger) => [trigger.commit_title, trigger.commit_message?.split('\n', 1)[0]]),
  );
  return [name, subject].filter((text) => typeof text === 'string' && text !== '').join(': ');
}

function peopleOf(pipeline: Pipeline) {
  const commit = pipeline?.vcs?.commit;
  const [trigger] = triggersOf(pipeline);
  return [
    ['author', commit?.author ?? { name: trigger?.commit_author_name, email: trigger?.commit_author_email }],
    ['committer', commit?.committer],
    ['actor', { login: trigger?.user_username, name: trigger?.user_name, email: trigger?.user_email }],
  ] as const;
}

/** Branch, tag and commit message name a change, and so does what a custom webhook or the caller of the API handed in. */
function placesOf(pipeline: Pipeline): Places {
  const { vcs, trigger_parameters: parameters } = pipeline ?? {};
  return [
    ['branch', vcs?.branch],
    ['branch', vcs?.tag],
    ['commit-message', vcs?.commit?.subject],
    ['commit-message', vcs?.commit?.body],
    ...triggersOf(pipeline).flatMap((trigger): Places => [
      ['branch', trigger.branch],
      ['branch', trigger.tag],
      ['branch', trigger.ref],
      ['commit-message', trigger.commit_title],
      ['commit-message', trigger.commit_message],
    ]),
    ...[parameters?.webhook?.body, pipeline?.parameters]
      .flatMap(payloadTexts)
      .map((text) => ['payload', text] as const),
  ];
}
