import { openFindings } from '../../gate/health/changes';
import { nameOfFinding } from '../../gate/health/finding';
import { basisOf, healthOf } from '../../gate/health/health';
import { placeName } from '../../gate/health/observed';
import type { Looked, ObservedPlace, ObservedScreens, ObservedSite, Remembered } from '../../gate/health/observed';
import type { StoredEntry } from '../../ledger/entry';
import { FAILED_EXPRESSION_PREFIX, HIDDEN_PREFIX, LAST_RUN_KEY, policyKey } from '../../ledger/keys';
import { DEFAULT_POLICY, type OutsideProvider, type Policy, type Role } from '../../policy/policy';
import { migratedPolicy } from '../../policy/schema';
import type { AskedAs, ProjectFound } from '../../ports/control-state';
import { Unavailable, type Ports } from '../../ports/ports';
import { senderName } from '../../providers/names';
import { refusalWords } from '../../providers/refusal-words';
import { listAll } from '../intake/list-all';
import { findGaps } from '../intake/numbers';
import { readRefusals } from '../intake/refusals';
import { settlePolicy } from '../policy/store';
import { Refused } from '../refusal';
import { SENDERS } from '../secrets';

/** Policies before today's that a rule may have been saved under. */
const EARLIER_POLICIES = 5;
/** Versions of a workflow that are read to say who brought a finding about. */
const VERSIONS = 10;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface Looking {
  readonly as: AskedAs;
  /** Reads a workflow although its version is the one that was judged last. */
  readonly thorough: boolean;
  readonly remembered: Remembered;
  /** The chain named `health`: who brought a finding about is asked once. */
  readonly recorded: readonly StoredEntry[];
}

/** Everything the check is made from. Whatever could not be looked at says so in its place. */
export async function observe(ports: Ports, looking: Looking): Promise<ObservedSite> {
  const { as, remembered } = looking;
  const { policy, earlierPolicies } = await readPolicies(ports);
  const held = 'seen' in policy ? groupsOf(policy.seen) : [];
  const projects = 'seen' in policy ? policy.seen.projects : [];
  const projectIds = 'seen' in policy ? policy.seen.projectIds : {};
  const typeIds = 'seen' in policy ? policy.seen.issueTypeIds : {};
  const fieldList = await ports.control.fieldList(as);
  const found = await Promise.all(
    projects.map(async (key) => ({ key, project: await ports.control.project(idOr(projectIds, key), as) })),
  );
  const foundIds: Readonly<Record<string, string>> = Object.fromEntries(
    found.flatMap(({ key, project }) => ('seen' in project && project.seen !== null ? [[key, project.seen.id]] : [])),
  );
  const seen: ObservedSite = {
    policy,
    earlierPolicies,
    fieldList,
    places: [],
    screens: [],
    groups: await Promise.all(
      held.map(async ({ group, groupId }) => ({
        group,
        groupId,
        found: await ports.control.group({ name: group, groupId }, as),
      })),
    ),
    senders: await Promise.all(
      SENDERS.map(async ({ source, name }) => ({ source, name, live: await stored(() => ports.secrets.live(source)) })),
    ),
    gaps: await stored(() => findGaps(ports)),
    refusals: await stored(async () =>
      (await readRefusals(ports)).map(({ source, reason, count }) => ({
        ...{ source, sender: senderName(source), reason, why: refusalWords(reason), count },
      })),
    ),
    permissions: await Promise.all(
      found.flatMap(({ key, project }) =>
        'seen' in project && project.seen !== null ? [permissionsIn(ports, key, project.seen.id)] : [],
      ),
    ),
    projectIds: foundIds,
    blocked: await Promise.all(
      projects.flatMap((key) => {
        const id = foundIds[key] ?? projectIds[key] ?? remembered.projectIds[key];
        return id === undefined ? [] : [blockedIn(ports, key, id)];
      }),
    ),
    hidden: await stored(async () =>
      (await listAll(ports.store, HIDDEN_PREFIX)).map(({ key, value }) => keyIn(value) ?? key),
    ),
    counts: as === 'user' && 'seen' in policy ? await counted(ports, policy.seen) : [],
    failedExpressions: await stored(() => failedExpressions(ports)),
    lastRun: await stored(() => lastRun(ports)),
  };
  const types = 'seen' in policy ? policy.seen.issueTypes : [];
  const pairs = found.flatMap(({ key, project }) =>
    types.map((type) => ({
      key,
      project,
      type,
      typeId: Object.hasOwn(typeIds, type) ? (typeIds[type] ?? null) : null,
    })),
  );
  return withAuthors(
    ports,
    {
      ...seen,
      places: await Promise.all(pairs.map((pair) => lookAt(ports, pair, seen, looking))),
      screens: (await Promise.all(pairs.map((pair) => screensOf(ports, pair, as)))).flat(),
    },
    looking,
  );
}

/** By the id where the policy has one: it outlives a renaming. */
const idOr = (ids: Readonly<Record<string, string>>, name: string): string =>
  Object.hasOwn(ids, name) ? (ids[name] ?? name) : name;

const groupsOf = ({ roles, outsideProvider }: Policy): readonly (Role | OutsideProvider)[] => [
  ...new Map(
    [...roles, ...(outsideProvider === null ? [] : [outsideProvider])].map((one) => [one.group, one]),
  ).values(),
];

interface Pair {
  readonly key: string;
  readonly project: Looked<ProjectFound | null>;
  readonly type: string;
  /** Null: found by its name. */
  readonly typeId: string | null;
}

const isType =
  (type: string, typeId: string | null) =>
  ({ id, name }: ProjectFound['issueTypes'][number]): boolean =>
    typeId === null ? name === type : id === typeId;

const blockedIn = async ({ control }: Ports, project: string, id: string) => ({
  project,
  byRule: await control.blockedByRule(id),
});

const permissionsIn = async ({ control }: Ports, project: string, id: string) => ({
  project,
  missing: await control.missingPermissions(id),
});

async function lookAt(
  { control }: Ports,
  { key, project, type, typeId }: Pair,
  site: ObservedSite,
  { as, thorough, remembered }: Looking,
): Promise<ObservedPlace> {
  const place = { project: key, issueType: type, versions: [], versionsComplete: false, draft: { seen: false } };
  if ('unseen' in project) return { ...place, workflow: project };
  if (project.seen === null) return { ...place, workflow: { seen: 'no-project' } };
  const found = project.seen.issueTypes.find(isType(type, typeId));
  if (found === undefined) return { ...place, workflow: { seen: 'no-issue-type' } };
  const inUse = await control.workflowInUse(project.seen.id, found.id, as);
  const draft = 'seen' in inUse ? inUse.seen.draft : inUse;
  if (!thorough && 'seen' in inUse) {
    const before = remembered.places[placeName(place)];
    const same = before !== undefined && before.basis === basisOf(inUse.seen, site, remembered);
    if (same) return { ...place, draft, workflow: { seen: 'unchanged' } };
  }
  return { ...place, draft, workflow: await control.workflow(project.seen.id, found.id, as) };
}

/** Jira's history of a workflow is read only for findings that the ledger does not have yet. */
async function withAuthors(
  ports: Ports,
  site: ObservedSite,
  { as, remembered, recorded }: Looking,
): Promise<ObservedSite> {
  const known = new Set(openFindings(recorded).map(({ body }) => nameOfFinding(body)));
  const isNew = healthOf(site, remembered, ports.clock.now()).findings.some((one) => !known.has(nameOfFinding(one)));
  if (!isNew) return site;
  const places = site.places.map(async (place): Promise<ObservedPlace> => {
    if (!('seen' in place.workflow) || typeof place.workflow.seen === 'string') return place;
    const { versions, complete } = await ports.control.versions(place.workflow.seen.id, VERSIONS, as);
    return { ...place, versions, versionsComplete: complete };
  });
  return { ...site, places: await Promise.all(places) };
}

async function screensOf(
  { control }: Ports,
  { key, project, type, typeId }: Pair,
  as: AskedAs,
): Promise<ObservedScreens[]> {
  const found = 'seen' in project ? project.seen?.issueTypes.find(isType(type, typeId)) : undefined;
  if (!('seen' in project) || project.seen === null || found === undefined) return [];
  const shown = await control.shownFields(project.seen.id, found.id, as);
  return [{ project: key, issueType: type, shown }];
}

async function counted(
  { control }: Ports,
  { projects, issueTypes, projectIds, issueTypeIds }: Policy,
): Promise<ObservedSite['counts']> {
  const types = issueTypes.map((type) => idOr(issueTypeIds, type));
  return Promise.all(
    projects.map(async (project) => {
      const [person, app] = await Promise.all([
        control.countChanges(idOr(projectIds, project), types, 'user'),
        control.countChanges(idOr(projectIds, project), types, 'app'),
      ]);
      if ('unseen' in person) return { project, seen: person };
      return 'unseen' in app ? { project, seen: app } : { project, seen: { seen: [person.seen, app.seen] as const } };
    }),
  );
}

async function readPolicies(ports: Ports): Promise<Pick<ObservedSite, 'policy' | 'earlierPolicies'>> {
  try {
    const { policy, saves } = await settlePolicy(ports);
    if (saves.breaks.length > 0)
      return { policy: { unseen: 'The ledger of its versions does not verify.' }, earlierPolicies: [] };
    if (policy === undefined)
      return { policy: { unseen: 'Storage does not have the version that was saved last.' }, earlierPolicies: [] };
    const versions = saves.entries.map(({ entry }) => entry.body.version).filter((one) => one !== policy.version);
    const values =
      versions.length === 0 ? [] : await ports.store.getMany(versions.slice(-EARLIER_POLICIES).map(policyKey));
    const earlier = values.map(migratedPolicy).filter((one) => one !== undefined);
    const isDefault = policy.version === DEFAULT_POLICY.version;
    return { policy: { seen: policy }, earlierPolicies: [...earlier, ...(isDefault ? [] : [DEFAULT_POLICY])] };
  } catch (failure) {
    if (failure instanceof Refused) return { policy: { unseen: failure.refusal.message }, earlierPolicies: [] };
    if (failure instanceof Unavailable) return { policy: { unseen: 'Storage did not answer.' }, earlierPolicies: [] };
    throw failure;
  }
}

async function failedExpressions({
  store,
  clock,
}: Ports): Promise<readonly { workflow: string; rule: string; at: string }[]> {
  const since = new Date(clock.now().getTime() - DAY_MS).toISOString();
  const items = await listAll(store, FAILED_EXPRESSION_PREFIX);
  return items.flatMap(({ value }) => {
    if (typeof value !== 'object' || value === null || !('workflow' in value) || !('rule' in value) || !('at' in value))
      return [];
    const { workflow, rule, at } = value;
    if (typeof workflow !== 'string' || typeof rule !== 'string' || typeof at !== 'string' || at < since) return [];
    return [{ workflow, rule, at }];
  });
}

async function lastRun({ store }: Ports): Promise<string | null> {
  const value = await store.get(LAST_RUN_KEY);
  return typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'string' ? value.at : null;
}

function keyIn(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string'
    ? value.key
    : undefined;
}

async function stored<T>(work: () => Promise<T>): Promise<Looked<T>> {
  try {
    return { seen: await work() };
  } catch (failure) {
    if (failure instanceof Unavailable) return { unseen: 'Storage did not answer.' };
    throw failure;
  }
}
