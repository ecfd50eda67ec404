import type { Act } from './act';

export type PlanKind =
  'field' | 'status' | 'issue type' | 'group' | 'screen' | 'workflow' | 'project' | 'panel' | 'policy';

/**
 * One thing of a complete set-up and how it stands. `id` is its natural key: the same thing has the same id on every
 * look, whatever was done in between.
 */
export interface PlanItem {
  readonly id: string;
  readonly kind: PlanKind;
  /** As in "Field Change type". */
  readonly title: string;
  /** `conflict`: its name is taken by something that set-up may not touch; nothing is done while there is one. */
  readonly state: 'there' | 'create' | 'change' | 'conflict';
  /** What is missing or in the way, one sentence each. */
  readonly says: readonly string[];
  /** The thing as it will be, by names, for reading and for doing it by hand. */
  readonly wants: Readonly<Record<string, unknown>>;
  /** Null when nothing is to be done, or when something earlier has to be there first. */
  readonly act: Act | null;
  /** What is there now and is changed: to be put back by hand. */
  readonly before: Readonly<Record<string, unknown>> | null;
  /** How an admin takes it back. */
  readonly undo: string;
  /** Jira's ids of what is there. */
  readonly ids: readonly string[];
}

type Draft = Pick<PlanItem, 'id' | 'kind' | 'title' | 'wants' | 'undo'>;

export const there = (draft: Draft, ids: readonly string[]): PlanItem => ({
  ...draft,
  state: 'there',
  says: [],
  act: null,
  before: null,
  ids,
});

export const create = (draft: Draft, act: Act | null, says: readonly string[] = []): PlanItem => ({
  ...draft,
  state: 'create',
  says,
  act,
  before: null,
  ids: [],
});

export const change = (
  draft: Draft,
  act: Act | null,
  { says, before, ids }: Pick<PlanItem, 'says' | 'before' | 'ids'>,
): PlanItem => ({ ...draft, state: 'change', says, act, before, ids });

export const conflict = (draft: Draft, says: string): PlanItem => ({
  ...draft,
  state: 'conflict',
  says: [says],
  act: null,
  before: null,
  ids: [],
});
