import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, payloadTexts, type Places } from '../github/naming';
import { statement } from '../github/statement';
import { commitIds } from '../optional';
import { contextOf, shortRef, type Delivered } from './person';
import type { jobEvent, Part, Run, runEvent, stageEvent } from './schemas';

type RunEvent = z.infer<typeof runEvent>;
type StageEvent = z.infer<typeof stageEvent>;
type JobEvent = z.infer<typeof jobEvent>;

const sourceOf = (run: Run) => run.resources?.repositories?.self;

const attributesOf = (resource: RunEvent['resource']) => ({
  workflow: resource.pipeline?.name,
  number: resource.run.name,
  branch: shortRef(sourceOf(resource.run)?.refName),
});

const titleOf = (...names: readonly (string | null | undefined)[]): string => names.filter(Boolean).join(' ');

/** A run of a pipeline has the id of the build that it is, and the same name. */
export function runItems(delivered: Delivered, { resource }: RunEvent): readonly NamedItem[] {
  const { run, pipeline } = resource;
  const item = statement(contextOf(delivered, null), {
    kind: 'run',
    id: String(run.id),
    commits: commitIds(sourceOf(run)?.version),
    title: titleOf(pipeline?.name, run.name),
    url: run._links?.web?.href ?? run.url,
    state: run.result ?? run.state,
    at: run.finishedDate ?? delivered.at,
    attributes: attributesOf(resource),
    people: peopleOf(resource),
  });
  return [named(item, placesOf(resource))];
}

export const stageItems = (delivered: Delivered, { resource }: StageEvent): readonly NamedItem[] => [
  partItem(delivered, resource, resource.stage, `${resource.run.id}/${resource.stage.name}`),
];

export function jobItems(delivered: Delivered, { resource }: JobEvent): readonly NamedItem[] {
  const { run, stage, job } = resource;
  return [partItem(delivered, resource, job, [run.id, stage?.name, job.name].filter(Boolean).join('/'))];
}

/**
 * A stage or a job is a check of its run. Azure DevOps gives the same id to the stage of that name in every run, so it
 * is named after run and stage.
 */
function partItem(delivered: Delivered, resource: RunEvent['resource'], part: Part, id: string): NamedItem {
  const { run, pipeline } = resource;
  const item = statement(contextOf(delivered, null), {
    kind: 'check',
    id,
    commits: commitIds(sourceOf(run)?.version),
    title: titleOf(pipeline?.name, run.name, part.displayName ?? part.name),
    url: part._links?.web?.href ?? run._links?.web?.href ?? run.url,
    state: part.result ?? part.state,
    at: part.finishTime ?? delivered.at,
    attributes: { ...attributesOf(resource), run: run.id },
    people: peopleOf(resource),
  });
  return named(item, placesOf(resource));
}

/** The authors are named only when the run is of one repository: of several it is not said whose commit was built. */
function peopleOf({ repositories }: RunEvent['resource']) {
  const change = repositories?.length === 1 ? repositories[0]?.change : null;
  return [
    ['author', change?.author],
    ['committer', change?.committer],
  ] as const;
}

function placesOf({ run, repositories }: RunEvent['resource']): Places {
  return [
    ['branch', shortRef(sourceOf(run)?.refName)],
    ['title', run.name],
    ...(repositories ?? []).map((of) => ['commit-message', of?.change?.message] as const),
    ...[run.templateParameters, run.variables].flatMap(payloadTexts).map((text) => ['payload', text] as const),
  ];
}
