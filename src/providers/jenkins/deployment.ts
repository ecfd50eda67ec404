import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, payloadTexts } from '../github/naming';
import { statement } from '../github/statement';
import { isObject } from '../json-body';
import { commitIds } from '../optional';
import { branchOfJob, firstName, runId } from './job';
import type { Deployment, deploymentEvent } from './schemas';

/** The deployments that the plugin reports; undefined when one names no job. */
export function deploymentItems(event: z.infer<typeof deploymentEvent>): readonly NamedItem[] | undefined {
  const items = event.payload.deployments.map((deployment) => {
    const { pipeline, displayName } = deployment;
    const job = firstName(pipeline?.displayName, event.pipelineName, displayName, pipeline?.id, event.pipelineId);
    return job === undefined ? undefined : deploymentItem(job, deployment);
  });
  return items.every((item) => item !== undefined) ? items : undefined;
}

/** Jira knows a deployment by pipeline, number and environment; so does its id here. */
function deploymentItem(job: string, deployment: Deployment): NamedItem {
  const { environment, deploymentSequenceNumber: number } = deployment;
  const target = firstName(environment?.id, environment?.displayName);
  const item = statement(
    { repository: null, action: null, sender: null },
    {
      kind: 'deployment',
      id: target === undefined ? runId(job, number) : `${runId(job, number)}/${target}`,
      commits: commitIds(...committed(deployment)),
      title: `${job} to ${firstName(environment?.displayName, environment?.id) ?? 'an unnamed environment'}`,
      url: deployment.url,
      state: deployment.state,
      at: deployment.lastUpdated,
      attributes: {
        environment: firstName(environment?.displayName, environment?.id),
        environmentType: environment?.type,
        task: job,
        number,
        update: deployment.updateSequenceNumber,
      },
      people: [],
    },
  );
  return named(item, [
    ['branch', branchOfJob(job)],
    ['title', deployment.displayName],
    ['title', deployment.label],
    ['payload', deployment.description],
    ...[deployment.issueKeys, ...associated(deployment, ['issueKeys', 'issueIdOrKeys'])]
      .flatMap(payloadTexts)
      .map((text) => ['payload', text] as const),
  ]);
}

const associated = ({ associations }: Deployment, types: readonly string[]): readonly unknown[] =>
  (associations ?? []).flatMap((association) =>
    types.includes(association?.associationType ?? '') ? [association?.values] : [],
  );

/** Commits that are associated: `{"commitHash": …, "repositoryId": …}` each. */
const committed = (deployment: Deployment): readonly string[] =>
  associated(deployment, ['commit']).flatMap((values) =>
    (Array.isArray(values) ? values : []).flatMap((value: unknown) =>
      isObject(value) && typeof value.commitHash === 'string' ? [value.commitHash] : [],
    ),
  );
