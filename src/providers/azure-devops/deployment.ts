import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, payloadTexts, type Places } from '../github/naming';
import { statement } from '../github/statement';
import { commitIds } from '../optional';
import { contextOf, personOf, shortRef, type Delivered } from './person';
import type { deploymentEvent, DeploymentResource } from './schemas';

/**
 * A deployment of a release to an environment (a stage). Its id is that of the environment of this one release, which
 * every version of the event has; trying again keeps it, and the time tells the tries apart.
 */
export function deploymentItems(
  delivered: Delivered,
  { resource }: z.infer<typeof deploymentEvent>,
): readonly NamedItem[] {
  const { environment, deployment, project } = resource;
  const release = releaseOf(resource);
  const definition = release?.releaseDefinition?.name ?? environment.releaseDefinition?.name;
  const item = statement(contextOf(delivered, project?.name ?? null), {
    kind: 'deployment',
    id: String(environment.id),
    commits: commitIds(...artifactsOf(resource).map((artifact) => artifact.sourceVersion?.id)),
    title: `${release?.name ?? 'a release'} to ${environment.name ?? 'an unnamed environment'}`,
    url: release?._links?.web?.href ?? release?.url,
    state: environment.status ?? delivered.action,
    at: delivered.at ?? environment.modifiedOn,
    attributes: {
      environment: environment.name,
      task: definition,
      release: release?.id,
      deployment: deployment?.id,
      attempt: deployment?.attempt,
      trigger: environment.triggerReason ?? release?.reason,
    },
    people: [
      ['actor', personOf(deployment?.requestedBy ?? deployment?.requestedFor)],
      ['creator', personOf(release?.createdBy ?? environment.releaseCreatedBy)],
    ],
  });
  return [named(item, placesOf(resource))];
}

/** The parts of the event name the release with more or less of it; a placeholder has no name. */
const releaseOf = ({ release, environment, deployment }: DeploymentResource) =>
  [release, deployment?.release, environment.release].find((one) => typeof one?.name === 'string' && one.name !== '');

const artifactsOf = ({ release, environment, deployment }: DeploymentResource) =>
  [release, deployment?.release, environment.release].flatMap((one) =>
    (one?.artifacts ?? []).flatMap((artifact) => artifact?.definitionReference ?? []),
  );

function placesOf(resource: DeploymentResource): Places {
  const { environment, comment } = resource;
  const release = releaseOf(resource);
  return [
    ['title', release?.name],
    ...artifactsOf(resource).flatMap(({ branch, branches }): Places => [
      ['branch', shortRef(branch?.id)],
      ['branch', shortRef(branch?.name)],
      ['branch', shortRef(branches?.id)],
    ]),
    ['payload', release?.description],
    ['payload', environment.name],
    ['payload', comment],
    ...[release?.variables, release?.tags].flatMap(payloadTexts).map((text) => ['payload', text] as const),
  ];
}
