import * as z from '#zod';
import { anything, listOf, number, optional, text } from '../optional';

/**
 * What is relied on of the requests of the plugin "Atlassian Jira Software Cloud", whose payloads are those of Jira's
 * builds and deployments APIs (developer.atlassian.com, "Builds" and "Deployments", schema version 1.0), and of the
 * plugin "Notification". A fact rests on its number, and on the name or id of its job.
 */
const count = z.lazy(() => z.int().check(z.minimum(0)));

const commit = optional(() => z.object({ id: text, repositoryUri: text }));
const reference = z.lazy(() => z.object({ commit, ref: optional(() => z.object({ name: text })) }));

const build = z.lazy(() =>
  z.object({
    pipelineId: text,
    buildNumber: count,
    displayName: text,
    description: text,
    label: text,
    url: text,
    state: text,
    lastUpdated: text,
    updateSequenceNumber: number,
    issueKeys: anything,
    references: listOf(() => reference),
  }),
);
export type Build = z.infer<typeof build>;

const association = z.lazy(() => z.object({ associationType: text, values: anything }));

const deployment = z.lazy(() =>
  z.object({
    deploymentSequenceNumber: count,
    updateSequenceNumber: number,
    displayName: text,
    description: text,
    label: text,
    url: text,
    state: text,
    lastUpdated: text,
    issueKeys: anything,
    associations: listOf(() => association),
    pipeline: optional(() => z.object({ id: text, displayName: text })),
    environment: optional(() => z.object({ id: text, displayName: text, type: text })),
  }),
);
export type Deployment = z.infer<typeof deployment>;

export const buildEvent = z.lazy(() =>
  z.object({
    pipelineId: text,
    pipelineName: text,
    payload: z.object({ builds: z.array(build).check(z.minLength(1)) }),
  }),
);

export const deploymentEvent = z.lazy(() =>
  z.object({
    pipelineId: text,
    pipelineName: text,
    payload: z.object({ deployments: z.array(deployment).check(z.minLength(1)) }),
  }),
);

export const notification = z.lazy(() =>
  z.object({
    name: text,
    display_name: text,
    url: text,
    build: z.object({
      full_url: text,
      number: count,
      phase: text,
      status: text,
      /** Milliseconds since 1970 at which the build was scheduled. */
      timestamp: number,
      notes: text,
      parameters: anything,
      scm: optional(() => z.object({ url: text, branch: text, commit: text })),
    }),
  }),
);
export type Notification = z.infer<typeof notification>;
