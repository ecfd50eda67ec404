import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IntakeRequest } from '../../src/providers/request';
import { azureDevopsRequest, circleciRequest, jenkinsRequest, jenkinsToken } from '../unit/intake/requests';
import { corpusFolder } from './corpus';
import { memberAt } from './member';

export interface CiPayload {
  readonly name: string;
  readonly event: string;
  /** The rule that it falls under, where that is not its event's. */
  readonly rule?: string;
  readonly body: unknown;
}

/** How a payload may be made to name a change, and the paths at which it then stands. */
export type How = 'tag' | 'branch' | 'message' | 'title' | 'payload';

/** The hand-written rule: what an event states once it names a change at a place, and which places there are. */
export interface CiRule {
  readonly fact: (body: unknown, path: string) => string | readonly string[];
  readonly places: readonly (readonly [How, string])[];
  /** Members without which there is no such fact: only for these may the event be refused. */
  readonly restsOn: readonly string[];
}

export interface CiSender {
  readonly source: string;
  readonly payloads: readonly CiPayload[];
  readonly request: (body: string, event: string) => IntakeRequest;
  /** The same delivery from somebody who does not know the secret, and from somebody who shows none. */
  readonly forged: (body: string, event: string) => readonly IntakeRequest[];
  readonly rules: Readonly<Record<string, CiRule>>;
}

export function payloadsOf(set: string, eventOf: (body: unknown, file: string) => unknown): readonly CiPayload[] {
  const folder = corpusFolder(set);
  if (folder === undefined) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const body: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return { name: `${set}/${file}`, event: String(eventOf(body, file)), body };
    });
}

export const text = (body: unknown, path: string): string => String(memberAt(body, path));

const PULL_REQUEST: CiRule = {
  fact: (body) => `pull-request:${text(body, 'resource.pullRequestId')}`,
  places: [
    ['branch', 'resource.sourceRefName'],
    ['title', 'resource.title'],
  ],
  restsOn: ['eventType', 'resource.pullRequestId'],
};

const azureDevops: CiSender = {
  source: 'azure-devops',
  payloads: payloadsOf('azure-devops-webhooks', (body) => memberAt(body, 'eventType')),
  request: (body) => azureDevopsRequest(body),
  // Azure DevOps signs nothing, so an altered body cannot be told: only the secret can.
  forged: (body) => [
    azureDevopsRequest(body, { Authorization: ['Basic YXp1cmU6Z3Vlc3M='] }),
    azureDevopsRequest(body, { Authorization: [] }),
  ],
  rules: {
    'git.push': {
      fact: (body) => `commit:${text(body, 'resource.commits.0.commitId')}`,
      places: [
        ['branch', 'resource.refUpdates.0.name'],
        ['message', 'resource.commits.0.comment'],
      ],
      restsOn: ['eventType', 'resource.commits.0.commitId', 'resource.commits.0.comment', 'resource.refUpdates.0.name'],
    },
    'git.pullrequest.created': PULL_REQUEST,
    'git.pullrequest.updated': PULL_REQUEST,
    'git.pullrequest.merged': PULL_REQUEST,
    'build.complete': {
      fact: (body) => `run:${text(body, 'resource.id')}`,
      places: [
        ['branch', 'resource.sourceBranch'],
        ['title', 'resource.buildNumber'],
        ['payload', 'resource.parameters'],
      ],
      restsOn: ['eventType', 'resource.id'],
    },
  },
};

const PIPELINE: CiRule['places'] = [
  ['branch', 'pipeline.vcs.branch'],
  ['message', 'pipeline.vcs.commit.subject'],
  ['message', 'pipeline.vcs.commit.body'],
  ['payload', 'pipeline.parameters'],
];

const circleci: CiSender = {
  source: 'circleci',
  payloads: payloadsOf('ci-webhooks/circleci', (body) => memberAt(body, 'type')),
  request: (body) => circleciRequest(body),
  forged: (body) => [
    circleciRequest(body, { 'circleci-signature': circleciRequest(`${body} `).headers['circleci-signature'] ?? [] }),
    circleciRequest(body, { 'circleci-signature': [] }),
  ],
  rules: {
    'workflow-completed': {
      fact: (body) => `run:${text(body, 'workflow.id')}`,
      places: PIPELINE,
      restsOn: ['type', 'workflow.id'],
    },
    'job-completed': { fact: (body) => `check:${text(body, 'job.id')}`, places: PIPELINE, restsOn: ['type', 'job.id'] },
  },
};

const jenkins: CiSender = {
  source: 'jenkins',
  payloads: payloadsOf('atlassian-devops-api/jenkins-plugin', (body) =>
    memberAt(body, 'requestType') === 'event' ? memberAt(body, 'eventType') : memberAt(body, 'requestType'),
  ),
  request: (body) => jenkinsRequest(jenkinsToken(body)),
  forged: (body) => [
    jenkinsRequest(jenkinsToken(body, {}, { secret: 'guess' })),
    jenkinsRequest(jenkinsToken(body).replace(/\.[^.]+$/, jenkinsToken(`${body} `).replace(/^.*\./, '.'))),
    jenkinsRequest(body),
  ],
  rules: {
    build: {
      fact: (body) => `run:${text(body, 'pipelineName')}#${text(body, 'payload.builds.0.buildNumber')}`,
      places: [
        ['branch', 'payload.builds.0.references.0.ref.name'],
        ['title', 'payload.builds.0.label'],
        ['title', 'payload.builds.0.description'],
        ['payload', 'payload.builds.0.issueKeys'],
      ],
      restsOn: ['requestType', 'eventType', 'payload.builds.0.buildNumber'],
    },
    deployment: {
      fact: (body) => {
        const {
          0: job,
          1: number,
          2: environment,
        } = ['pipeline.displayName', 'deploymentSequenceNumber', 'environment.id'].map((path) =>
          text(body, `payload.deployments.0.${path}`),
        );
        return `deployment:${job ?? ''}#${number ?? ''}/${environment ?? ''}`;
      },
      places: [
        ['title', 'payload.deployments.0.displayName'],
        ['payload', 'payload.deployments.0.description'],
        ['payload', 'payload.deployments.0.associations.0.values'],
      ],
      restsOn: ['requestType', 'eventType', 'payload.deployments.0.deploymentSequenceNumber'],
    },
  },
};

export const CI_SENDERS: readonly CiSender[] = [azureDevops, jenkins, circleci];

/** What stands at a place that names the change. */
export function textsNaming(key: string, how: How, path: string): readonly unknown[] {
  switch (how) {
    case 'tag':
      return [`refs/tags/1.0.0-${key}`];
    case 'branch':
      return [
        path.endsWith('.name') && path.startsWith('resource.')
          ? `refs/heads/feature/${key}`
          : `feature/${key.toLowerCase()}-port`,
      ];
    case 'message':
      return [`Close the port\n\nFor ${key}.`];
    case 'title':
      return [`[${key}] Close the port`];
    case 'payload':
      return path.endsWith('Keys') || path.endsWith('values')
        ? [[key]]
        : path.endsWith('description') || path === 'environment'
          ? [`For ${key}`]
          : [{ change: key }, JSON.stringify({ changes: [key] })];
  }
}
