import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, payloadTexts } from '../github/naming';
import { statement, type Context } from '../github/statement';
import { commitIds } from '../optional';
import { personOf, shortRef, timeOf } from './person';
import type { jobEvent, pipelineEvent } from './schemas';

/** A pipeline is a run. Each state that GitLab reports of it is a fact of its own. */
export function pipelineItems(context: Context, event: z.infer<typeof pipelineEvent>): readonly NamedItem[] {
  const { object_attributes: pipeline, merge_request: request, commit } = event;
  const branch = shortRef(pipeline.ref);
  // The result of a merge that is only tried is nobody's commit.
  const isTried = /^refs\/merge-requests\/\d+\/(?:merge|train)$/.test(pipeline.ref?.slice(0, 100) ?? '');
  const item = statement(context, {
    kind: 'run',
    id: String(pipeline.id),
    commits: isTried ? [] : commitIds(pipeline.sha),
    title: pipeline.name ?? commit?.message?.split('\n', 1)[0] ?? `Pipeline ${pipeline.id}`,
    url: pipeline.url,
    state: pipeline.status,
    at: timeOf(pipeline.finished_at ?? pipeline.created_at),
    attributes: { number: pipeline.iid, branch, trigger: pipeline.source, pullRequest: request?.iid },
    people: [
      ['actor', personOf(event.user)],
      ['author', commit?.author],
    ],
  });
  return [
    named(item, [
      ['branch', branch],
      ['branch', request?.source_branch],
      ['title', request?.title],
      ['title', pipeline.name],
      ['commit-message', commit?.message],
      ...payloadTexts(pipeline.variables).map((text) => ['payload', text] as const),
    ]),
  ];
}

/** A job of a pipeline is a check. */
export function jobItems(context: Context, job: z.infer<typeof jobEvent>): readonly NamedItem[] {
  const item = statement(context, {
    kind: 'check',
    id: String(job.build_id),
    commits: commitIds(job.sha),
    title: job.build_name ?? `Job ${job.build_id}`,
    state: job.build_status,
    at: timeOf(job.build_finished_at ?? job.build_started_at ?? job.build_created_at),
    attributes: {
      stage: job.build_stage,
      run: job.pipeline_id,
      branch: shortRef(job.ref),
      environment: job.environment?.name,
    },
    people: [['actor', personOf(job.user)]],
  });
  return [
    named(item, [
      ['branch', shortRef(job.ref)],
      ['commit-message', job.commit?.message],
      ['payload', job.environment?.name],
    ]),
  ];
}
