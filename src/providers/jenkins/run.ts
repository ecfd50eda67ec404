import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, payloadTexts } from '../github/naming';
import { statement, type Context } from '../github/statement';
import { commitIds } from '../optional';
import { branchOfJob, firstName, runId } from './job';
import type { Build, buildEvent, Notification } from './schemas';

/** Jenkins knows jobs, not repositories; which ones were built stands in the attributes. */
const context = (action: string | null): Context => ({ repository: null, action, sender: null });

/** The builds that the plugin reports; undefined when one names no job. */
export function buildItems(event: z.infer<typeof buildEvent>): readonly NamedItem[] | undefined {
  const items = event.payload.builds.map((build) => {
    const job = firstName(build.displayName, event.pipelineName, build.pipelineId, event.pipelineId);
    return job === undefined ? undefined : buildItem(job, build);
  });
  return items.every((item) => item !== undefined) ? items : undefined;
}

function buildItem(job: string, build: Build): NamedItem {
  const references = (build.references ?? []).flatMap((reference) => reference ?? []);
  const [first] = references;
  const item = statement(context(null), {
    kind: 'run',
    id: runId(job, build.buildNumber),
    commits: commitIds(...references.map(({ commit }) => commit?.id)),
    title: firstName(build.description, build.label, job) ?? job,
    url: build.url,
    state: build.state,
    at: build.lastUpdated,
    attributes: {
      workflow: job,
      number: build.buildNumber,
      update: build.updateSequenceNumber,
      branch: first?.ref?.name,
      revision: first?.commit?.id,
      repository: first?.commit?.repositoryUri,
    },
    people: [],
  });
  return named(item, [
    ...references.map(({ ref }) => ['branch', branchOfJob(ref?.name)] as const),
    ['branch', branchOfJob(job)],
    ['title', build.label],
    ['title', build.description],
    ...payloadTexts(build.issueKeys).map((text) => ['payload', text] as const),
  ]);
}

/** A build by the plugin "Notification", which reports each phase; undefined when it names no job. */
export function notificationItems({ build, ...event }: Notification): readonly NamedItem[] | undefined {
  const job = firstName(event.name, event.display_name, event.url);
  if (job === undefined) return undefined;
  const item = statement(context(build.phase?.toLowerCase() ?? null), {
    kind: 'run',
    id: runId(job, build.number),
    commits: commitIds(build.scm?.commit),
    title: firstName(event.display_name, job) ?? job,
    url: build.full_url,
    state: firstName(build.status, build.phase),
    at: instantOf(build.timestamp),
    attributes: {
      workflow: job,
      number: build.number,
      branch: build.scm?.branch,
      repository: build.scm?.url,
    },
    people: [],
  });
  return [
    named(item, [
      ['branch', build.scm?.branch],
      ['branch', branchOfJob(job)],
      ['title', event.display_name],
      ['payload', build.notes],
      ...payloadTexts(build.parameters).map((text) => ['payload', text] as const),
    ]),
  ];
}

function instantOf(milliseconds: number | null | undefined): string | null {
  const date = new Date(milliseconds ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
