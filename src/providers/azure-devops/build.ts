import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, payloadTexts } from '../github/naming';
import { statement } from '../github/statement';
import { commitIds } from '../optional';
import { contextOf, joined, personOf, shortRef, type Delivered } from './person';
import type { Build, buildEvent } from './schemas';

/** A build is a run. Its id is the one in the addresses of Azure DevOps; its number is a name that people choose. */
export function buildItems(
  delivered: Delivered,
  { resource: build }: z.infer<typeof buildEvent>,
): readonly NamedItem[] {
  const { branch, commit } = sourceOf(build);
  const info = build.triggerInfo;
  const requestedFor = build.requestedFor ?? build.requests?.[0]?.requestedFor;
  const item = statement(contextOf(delivered, joined(build.project?.name, build.repository?.name)), {
    kind: 'run',
    id: String(build.id),
    // A build of a pull request checks out a throw-away merge, which is nobody's commit.
    commits: commitIds(info?.['pr.sourceSha'] ?? commit),
    title: [build.definition?.name, build.buildNumber].filter(Boolean).join(' '),
    url: build._links?.web?.href ?? build.url,
    state: build.result ?? build.status,
    at: build.finishTime ?? delivered.at,
    attributes: {
      workflow: build.definition?.name,
      number: build.buildNumber,
      trigger: build.reason,
      branch: shortRef(info?.['pr.sourceBranch'] ?? branch),
    },
    people: [
      ['actor', personOf(requestedFor ?? build.requestedBy)],
      ['creator', personOf(build.requestedBy)],
    ],
  });
  return [
    named(item, [
      ['branch', shortRef(branch)],
      ['branch', shortRef(info?.['ci.sourceBranch'])],
      ['branch', shortRef(info?.['pr.sourceBranch'])],
      ['commit-message', info?.['ci.message']],
      ['title', info?.['pr.title']],
      ['title', build.buildNumber],
      ...[build.parameters, build.templateParameters, build.tags]
        .flatMap(payloadTexts)
        .map((text) => ['payload', text] as const),
    ]),
  ];
}

/** Branch and commit of a build, or of one before pipelines in YAML: `LG:<ref>:<hash>`. A TFVC build has neither. */
function sourceOf(build: Build): { readonly branch: string | null; readonly commit: string | null } {
  const [, ref, hash] = /^L?G:(.*):([0-9a-f]+)$/.exec(build.sourceGetVersion ?? '') ?? [];
  return { branch: build.sourceBranch ?? ref ?? null, commit: build.sourceVersion ?? hash ?? null };
}
