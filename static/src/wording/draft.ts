import type { DecisionPayload } from '../../../src/contract/payloads';

export type DecisionKind = DecisionPayload['decision'];

export interface DraftAction {
  /** Keeps a row's focus when another one is removed. */
  readonly row: number;
  readonly what: string;
  readonly owner: string;
}

/** What a person has typed so far. */
export interface Draft {
  readonly basis: string;
  readonly actions: readonly DraftAction[];
  /** What a sign-off depends on; '' for nothing. */
  readonly conditions: string;
  /** Until when a deferral lasts, UTC ISO 8601, and what is awaited; '' for not said. */
  readonly until: string;
  readonly awaits: string;
  /** The delegation under which one decides for another; null for oneself. */
  readonly delegation: number | null;
}

export const EMPTY_DRAFT: Draft = {
  basis: '',
  actions: [],
  conditions: '',
  until: '',
  awaits: '',
  delegation: null,
};

/** The same limits as src/contract/payloads.ts: said here before anything is sent. */
export const LONGEST = { basis: 8000, what: 2000, actions: 50, conditions: 4000, awaits: 2000 } as const;

export interface DraftFaults {
  readonly basis: string | null;
  /** By row of `Draft.actions`; empty when none is faulty. */
  readonly actions: readonly { readonly what: string | null; readonly owner: string | null }[];
  /** A disapproval without any required action. */
  readonly none: string | null;
  /** Something was typed that does not go with this kind of decision: it is never left out silently. */
  readonly conditions: string | null;
  readonly until: string | null;
}

/** Everything that keeps this draft from being sent as this kind of decision, at once. */
export function faultsOf(draft: Draft, kind: DecisionKind): DraftFaults {
  const actions = kind === 'disapproved' ? draft.actions : [];
  return {
    basis: textFault(draft.basis, LONGEST.basis, 'Say on what your decision is based.'),
    actions: actions.map(({ what, owner }) => ({
      what: textFault(what, LONGEST.what, 'Say what has to be done.'),
      owner: owner === '' ? 'Choose who has to do it.' : null,
    })),
    none: kind === 'disapproved' && actions.length === 0 ? 'A disapproval names at least one required action.' : null,
    conditions:
      draft.conditions.trim() !== '' && kind !== 'approved'
        ? 'A condition goes with a sign-off: clear it first.'
        : null,
    until:
      (draft.until !== '' || draft.awaits.trim() !== '') && kind !== 'deferred'
        ? 'This goes with a deferral: clear both first.'
        : null,
  };
}

function textFault(text: string, longest: number, empty: string): string | null {
  const { length } = text.trim();
  if (length === 0) return empty;
  return length > longest ? `Shorten this by ${length - longest} characters (at most ${longest}).` : null;
}

export function isFaultless({ basis, actions, none, conditions, until }: DraftFaults): boolean {
  const said = [basis, none, conditions, until].every((fault) => fault === null);
  return said && actions.every(({ what, owner }) => what === null && owner === null);
}

/** Only a disapproval carries required actions; only a sign-off may also move the change. */
export function toPayload(draft: Draft, kind: DecisionKind, move: boolean): DecisionPayload {
  return {
    decision: kind,
    basis: draft.basis.trim(),
    ...(kind === 'disapproved'
      ? { requiredActions: draft.actions.map(({ what, owner }) => ({ what: what.trim(), owner })) }
      : {}),
    ...(draft.conditions.trim() === '' ? {} : { conditions: draft.conditions.trim() }),
    ...(draft.until === '' ? {} : { until: draft.until }),
    ...(draft.awaits.trim() === '' ? {} : { awaits: draft.awaits.trim() }),
    ...(draft.delegation === null ? {} : { delegation: draft.delegation }),
    ...(kind === 'approved' && move ? { move: true } : {}),
  };
}

/** Adds an empty row; who it is for is guessed as the change owner, when that is somebody to choose from. */
export function withAction(draft: Draft, owner: string): Draft {
  const row = 1 + Math.max(0, ...draft.actions.map((action) => action.row));
  return { ...draft, actions: [...draft.actions, { row, what: '', owner }] };
}

export function withoutAction(draft: Draft, row: number): Draft {
  return { ...draft, actions: draft.actions.filter((action) => action.row !== row) };
}

/** People to choose from, by name; two of the same name are told apart by the end of their account id. */
export function choices(
  people: readonly { readonly accountId: string; readonly name: string }[],
  locale: string,
): readonly { readonly accountId: string; readonly label: string }[] {
  const times = new Map<string, number>();
  for (const { name } of people) times.set(name, (times.get(name) ?? 0) + 1);
  return people
    .map(({ accountId, name }) => ({
      accountId,
      label: (times.get(name) ?? 0) > 1 ? `${name} (account …${accountId.slice(-4)})` : name,
    }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
}
