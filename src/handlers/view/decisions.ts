import { FIELDS } from '../../change/fields';
import { editsSince } from '../../change/history';
import type { ChangeSnapshot } from '../../change/snapshot';
import type { DecisionView, EditedField } from '../../contract/panel';
import type { JudgedDecision, Verdict } from '../../gate/verdict';
import type { Policy } from '../../policy/policy';
import { roleName } from '../../policy/requirement';
import { OWN_ORGANISATION } from '../../policy/organisation';
import type { Facts } from '../facts';
import type { ConditionRights } from './conditions';
import { personView } from './people';

/** Every recorded decision as the panel shows it, oldest first, with what was edited since when that voided it. */
export function decisionViews(
  policy: Policy,
  facts: Pick<Facts, 'snapshot' | 'entries'>,
  verdict: Verdict,
  condition: ConditionRights,
): readonly DecisionView[] {
  return verdict.decisions.map((judged) => decisionView(policy, facts, judged, condition));
}

export function decisionView(
  policy: Policy,
  { snapshot, entries }: Pick<Facts, 'snapshot' | 'entries'>,
  judged: JudgedDecision,
  condition: ConditionRights,
): DecisionView {
  const named = (role: string) => roleName(policy, role);
  const stored = entries.find(({ entry }) => entry.seq === judged.seq);
  const head = stored?.entry.kind === 'decision' ? stored.entry.body.historyHead : null;
  return {
    seq: judged.seq,
    decision: judged.decision,
    by: personView(judged.accountId, snapshot, judged.displayName),
    roles: judged.roles.map(named),
    countsFor: judged.countsFor === null ? null : named(judged.countsFor),
    basis: judged.basis,
    requiredActions: judged.requiredActions.map(({ what, ownerId, ownerName }) => ({
      what,
      owner: personView(ownerId, snapshot, ownerName),
    })),
    condition: condition(judged),
    until: judged.until ?? null,
    awaits: judged.awaits ?? null,
    onBehalfOf:
      judged.onBehalfOf === undefined
        ? null
        : personView(judged.onBehalfOf.accountId, snapshot, judged.onBehalfOf.displayName),
    organisation:
      judged.organisation === undefined || judged.organisation === OWN_ORGANISATION ? null : judged.organisation,
    meeting: judged.meeting ?? null,
    at: judged.decidedAt,
    via: judged.via,
    contentDigest: judged.contentDigest,
    valid: judged.valid,
    invalidBecause: judged.invalidBecause,
    // Of an approval that counts nothing was edited; of an objection it is what was done about it.
    editedSince: (judged.valid && judged.decision === 'approved') || head === null ? [] : editedFields(snapshot, head),
  };
}

/**
 * Controlled fields edited after a changelog position, each once: as it was then and as it is now, in Jira's own words,
 * by whom it was edited last. A field edited back is listed too: an edit voids whatever came after it.
 */
function editedFields(snapshot: ChangeSnapshot, head: string): readonly EditedField[] {
  const found = new Map<string, EditedField>();
  for (const { entry, fields } of editsSince(snapshot, head)) {
    for (const item of entry.items) {
      const field = FIELDS.find(({ key }) => key === item.field && fields.includes(key));
      if (field === undefined) continue;
      found.set(field.name, {
        field: field.name,
        before: found.get(field.name)?.before ?? item.fromText ?? item.from ?? '',
        after: item.toText ?? item.to ?? '',
        by: personView(entry.author, snapshot),
        at: entry.at,
      });
    }
  }
  return [...found.values()];
}
