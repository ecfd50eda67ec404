import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named } from './naming';
import type { checkRunEvent, workflowRunEvent } from './schemas';
import { statement, type Context } from './statement';

/** A run keeps its id when it is started again: the attempt tells the tries apart. */
export function workflowRunItems(context: Context, event: z.infer<typeof workflowRunEvent>): readonly NamedItem[] {
  const run = event.workflow_run;
  const item = statement(context, {
    kind: 'run',
    id: String(run.id),
    commits: [run.head_sha],
    title: firstText(run.display_title, run.name, run.path),
    url: run.html_url,
    state: run.conclusion ?? run.status,
    at: run.updated_at,
    attributes: {
      workflow: run.name,
      path: run.path,
      trigger: run.event,
      branch: run.head_branch,
      number: run.run_number,
      attempt: run.run_attempt,
    },
    people: [
      ['actor', run.triggering_actor ?? run.actor],
      ['creator', run.actor],
    ],
  });
  return [
    named(item, [
      ['branch', run.head_branch],
      ...headsOf(run.pull_requests),
      ['commit-message', run.head_commit?.message],
      // GitHub shows the pull request's title here for a run that a pull request started.
      ['title', run.display_title],
    ]),
  ];
}

export function checkRunItems(context: Context, event: z.infer<typeof checkRunEvent>): readonly NamedItem[] {
  const check = event.check_run;
  const item = statement(context, {
    kind: 'check',
    id: String(check.id),
    commits: [check.head_sha],
    title: firstText(check.name),
    url: check.html_url,
    state: check.conclusion ?? check.status,
    at: check.completed_at ?? check.started_at,
    attributes: {
      app: check.app?.slug ?? check.app?.name,
      suite: check.check_suite?.id,
      branch: check.check_suite?.head_branch,
    },
    people: [],
  });
  return [named(item, [['branch', check.check_suite?.head_branch], ...headsOf(check.pull_requests)])];
}

const headsOf = (pulls: z.infer<typeof checkRunEvent>['check_run']['pull_requests']) =>
  (pulls ?? []).map((pull) => ['branch', pull?.head?.ref] as const);

const firstText = (...texts: readonly (string | null | undefined)[]): string =>
  texts.find((text): text is string => typeof text === 'string' && text !== '') ?? '';
