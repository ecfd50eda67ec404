import * as z from '#zod';
import type { SetupChoices, SetupMade, SetupView } from '../../contract/setup';
import { SETUP_KEY } from '../../ledger/keys';
import { DEFAULT_POLICY, type Policy } from '../../policy/policy';
import type { Ports } from '../../ports/ports';
import { choicesSchema, type Choices } from '../../setup/choices';
import type { PlanItem } from '../../setup/plan-item';
import type { Plan } from '../../setup/plan';
import { policyInForce } from '../policy/store';
import { readDraft } from './draft';
import type { SetupPorts } from './setup-ports';

/**
 * How far set-up has come. `doing` is written before Jira is asked, so that what was made just before set-up was broken
 * off is known to be its own the next time it is looked at.
 */
export interface SetupRecord {
  readonly format: 'setup/1';
  readonly choices: Choices;
  readonly state: 'applying' | 'done';
  readonly done: number;
  readonly total: number;
  readonly doing: Doing | null;
  readonly made: readonly Made[];
  /** Projects in which Jira was asked to show the panel. */
  readonly pinned: readonly string[];
  readonly byHand: readonly string[];
}

interface Made extends SetupMade {
  readonly id: string;
}

/** Made, but for what only looking can tell. */
export type Doing = Omit<Made, 'ids'>;

const doing = {
  id: z.string(),
  title: z.string(),
  kind: z.string(),
  changed: z.boolean(),
  before: z.nullable(z.record(z.string(), z.unknown())),
  undo: z.string(),
  at: z.string(),
  by: z.nullable(z.string()),
};
const stored = z.lazy(() =>
  z.object({
    format: z.literal('setup/1'),
    choices: choicesSchema,
    state: z.enum(['applying', 'done']),
    done: z.number(),
    total: z.number(),
    doing: z.nullable(z.object(doing)),
    made: z.array(z.object({ ...doing, ids: z.array(z.string()) })),
    pinned: z.array(z.string()),
    byHand: z.array(z.string()),
  }),
);

/** Undefined when set-up was never begun, or when what is stored is none of ours: it then begins anew, harmlessly. */
export async function readRecord({ store, log }: Pick<Ports, 'store' | 'log'>): Promise<SetupRecord | undefined> {
  const value = await store.get(SETUP_KEY);
  if (value === undefined) return undefined;
  const parsed = stored.safeParse(value);
  if (parsed.success) return parsed.data;
  log.error('the record of set-up could not be read', parsed.error);
  return undefined;
}

export const begun = (choices: Choices, before: SetupRecord | undefined): SetupRecord => ({
  format: 'setup/1',
  made: [],
  pinned: [],
  byHand: [],
  doing: null,
  ...before,
  choices,
  state: 'applying',
  done: 0,
  total: 0,
});

/** The record after a look at the site: what was being done and is there now is made. */
export function settled(record: SetupRecord, plan: Plan): SetupRecord {
  const { items } = plan;
  const counts = { done: items.filter(({ state }) => state === 'there').length, total: items.length };
  const { doing } = record;
  const item = doing === null ? undefined : items.find(({ id }) => id === doing.id);
  if (doing === null || item?.state !== 'there') return { ...record, ...counts };
  const known = record.made.some(({ id }) => id === doing.id);
  const all = known ? record.made : [...record.made, { ...doing, ids: item.ids }];
  return { ...record, ...counts, doing: null, made: all };
}

/** What is written before Jira is asked. What was there before is that of the first attempt. */
export function beginning(record: SetupRecord, item: PlanItem, at: string, by: string | null): SetupRecord {
  if (record.doing?.id === item.id) return record;
  const { id, title, kind, before, undo } = item;
  return { ...record, doing: { id, title, kind, changed: item.state === 'change', before, undo, at, by } };
}

export async function setupView(
  ports: SetupPorts,
  record: SetupRecord | undefined,
  waiting: string | null = null,
): Promise<SetupView> {
  const [policy, draft] = await Promise.all([policyInForce(ports), readDraft(ports)]);
  return {
    firstRun: policy.version === DEFAULT_POLICY.version && !(await hasProject(ports, policy)),
    state: record?.state ?? 'none',
    choices: record === undefined ? null : choicesView(record.choices),
    draft: draft === undefined ? null : { choices: choicesView(draft.choices), step: draft.step },
    done: record?.done ?? 0,
    total: record?.total ?? 0,
    doing: record?.doing?.title ?? null,
    waiting,
    made: (record?.made ?? []).map(madeView),
    byHand: record?.byHand ?? [],
  };
}

/** A site that has a project which the default policy names is under control without anybody having saved one. */
async function hasProject({ site }: SetupPorts, { projects }: Policy): Promise<boolean> {
  const found = await Promise.all(projects.map((project) => site.projects(project)));
  return found.some(({ values }) => values.some(({ key }) => projects.includes(key)));
}

const madeView = ({ title, kind, changed, ids, before, undo, at, by }: Made): SetupMade => ({
  title,
  kind,
  changed,
  ids,
  before,
  undo,
  at,
  by,
});

/** Members that were not mapped are left out, as the screen has them. */
function choicesView({ fields, statuses, ...rest }: Choices): SetupChoices {
  const mapped = <T extends object>(given: T): T =>
    Object.fromEntries(Object.entries(given).filter(([, id]) => id !== undefined)) as T;
  return {
    ...rest,
    fields: mapped(fields) as Record<string, string>,
    statuses: mapped(statuses) as Record<string, string>,
  };
}
