import type { ImplementationView, RecordUpdate } from '../../../src/contract/panel';
import type { ImplementationPayload } from '../../../src/contract/payloads';

/** What a person has filled in so far; '' where nothing is chosen yet, so that nothing is claimed by default. */
export interface ImplementationDraft {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly outcome: ImplementationPayload['outcome'] | '';
  readonly backoutUsed: 'yes' | 'no' | '';
  readonly verification: string;
  readonly controlsSatisfied: 'yes' | 'no' | '';
  readonly verifiedBy: string;
  readonly verifiedAt: string;
  readonly baselineUpdated: RecordUpdate | '';
  readonly inventoryUpdated: RecordUpdate | '';
  readonly planUpdated: RecordUpdate | '';
  readonly notes: string;
}

export type ImplementationFaults = Partial<Record<keyof ImplementationDraft, string>>;

export const OUTCOMES: Readonly<Record<ImplementationPayload['outcome'], string>> = {
  'as-planned': 'As planned',
  'with-deviations': 'With deviations',
  'backed-out': 'Backed out',
  failed: 'Failed',
};

export const UPDATES: Readonly<Record<RecordUpdate, string>> = {
  updated: 'Updated',
  'not-needed': 'No update needed',
  outstanding: 'Still to be updated',
};

const yesNo = (value: boolean) => (value ? 'yes' : 'no');

/** An empty form, or the newest record to be corrected. */
export function draftOf(record: ImplementationView | null): ImplementationDraft {
  if (record === null)
    return {
      startedAt: '',
      endedAt: '',
      outcome: '',
      backoutUsed: '',
      verification: '',
      controlsSatisfied: '',
      verifiedBy: '',
      verifiedAt: '',
      baselineUpdated: '',
      inventoryUpdated: '',
      planUpdated: '',
      notes: '',
    };
  const { startedAt, endedAt, outcome, verification, verifiedAt, baselineUpdated, planUpdated, notes } = record;
  return {
    ...{ startedAt, endedAt, outcome, verification, verifiedAt, baselineUpdated, planUpdated, notes },
    backoutUsed: yesNo(record.backoutUsed),
    controlsSatisfied: yesNo(record.controlsSatisfied),
    verifiedBy: record.verifiedBy?.accountId ?? '',
    inventoryUpdated: record.inventoryUpdated ?? '',
  };
}

const EMPTY: Readonly<Record<Exclude<keyof ImplementationDraft, 'notes'>, string>> = {
  startedAt: 'Say when the work began.',
  endedAt: 'Say when the work ended.',
  outcome: 'Choose how it went.',
  backoutUsed: 'Say whether the backout plan was used.',
  verification: 'Say how it was checked that the controls are still satisfied.',
  controlsSatisfied: 'Say whether the controls are still satisfied.',
  verifiedBy: 'Choose who verified.',
  verifiedAt: 'Say when it was verified.',
  baselineUpdated: 'Say whether the baseline was updated.',
  inventoryUpdated: 'Say whether the inventory was updated.',
  planUpdated: 'Say whether the system security plan was updated.',
};

/** Everything that keeps it from being sent, at once. The app asks the same again. */
export function faultsOf(draft: ImplementationDraft, now: Date): ImplementationFaults {
  const faults: ImplementationFaults = {};
  for (const [key, sentence] of Object.entries(EMPTY))
    if (draft[key as keyof typeof EMPTY].trim() === '') faults[key as keyof typeof EMPTY] = sentence;
  const { startedAt, endedAt, verifiedAt } = draft;
  const later = (a: string, b: string): boolean => a !== '' && b !== '' && a > b;
  if (later(startedAt, endedAt)) faults.endedAt = 'The end is before the start.';
  else if (later(endedAt, now.toISOString())) faults.endedAt = 'This is still to come: record it when it is done.';
  if (later(endedAt, verifiedAt)) faults.verifiedAt = 'This is before the work had ended: verify afterwards.';
  else if (later(verifiedAt, now.toISOString()))
    faults.verifiedAt = 'This is still to come: record it when it is done.';
  return faults;
}

/** Call only without faults. */
export function toPayload(draft: ImplementationDraft): Readonly<Record<string, unknown>> {
  return {
    ...draft,
    backoutUsed: draft.backoutUsed === 'yes',
    controlsSatisfied: draft.controlsSatisfied === 'yes',
    verification: draft.verification.trim(),
    notes: draft.notes.trim(),
  };
}
