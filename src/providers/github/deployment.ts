import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, payloadTexts, type Places } from './naming';
import type { Deployment, deploymentEvent, deploymentStatusEvent } from './schemas';
import { statement, type Context } from './statement';

const placesOf = (deployment: Deployment): Places => [
  ['branch', deployment.ref],
  ['payload', deployment.description],
  ['payload', deployment.environment],
  ...payloadTexts(deployment.payload).map((text) => ['payload', text] as const),
];

const attributesOf = (deployment: Deployment) => ({
  environment: deployment.environment,
  task: deployment.task,
  ref: deployment.ref,
  production: typeof deployment.production_environment === 'boolean' ? String(deployment.production_environment) : null,
});

const titleOf = (deployment: Deployment): string =>
  deployment.description ?? `${deployment.task ?? 'deploy'} to ${deployment.environment ?? 'an unnamed environment'}`;

export function deploymentItems(context: Context, event: z.infer<typeof deploymentEvent>): readonly NamedItem[] {
  const { deployment } = event;
  const item = statement(context, {
    kind: 'deployment',
    id: String(deployment.id),
    commits: [deployment.sha],
    title: titleOf(deployment),
    url: deployment.url,
    state: context.action ?? 'created',
    at: deployment.created_at,
    attributes: attributesOf(deployment),
    people: [['creator', deployment.creator]],
  });
  return [named(item, placesOf(deployment))];
}

export function deploymentStatusItems(
  context: Context,
  event: z.infer<typeof deploymentStatusEvent>,
): readonly NamedItem[] {
  const { deployment, deployment_status: status } = event;
  const item = statement(context, {
    kind: 'deployment-status',
    id: String(status.id),
    commits: [deployment.sha],
    title:
      status.description === null || status.description === undefined || status.description === ''
        ? titleOf(deployment)
        : status.description,
    url: [status.log_url, status.target_url, status.url].find((url) => typeof url === 'string' && url !== ''),
    state: status.state,
    at: status.updated_at ?? status.created_at,
    attributes: {
      ...attributesOf(deployment),
      environment: status.environment ?? deployment.environment,
      deployment: deployment.id,
    },
    people: [
      ['actor', status.creator],
      ['creator', deployment.creator],
    ],
  });
  return [named(item, [...placesOf(deployment), ['payload', status.description]])];
}
