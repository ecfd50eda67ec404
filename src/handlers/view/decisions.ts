import { FIELDS } from '../../change/fields';
import { editsSince } from '../../change/history';
import type { ChangeSnapshot } from '../../change/snapshot';
import type { DecisionView, EditedField } from '../../contract/panel';
import type { StoredEntry } from '../../ledger/entry';
import type { JudgedDecision, Verdict } from '../../gate/verdict';
import type { Policy } from '../../policy/policy';
import { roleName } from '../../policy/requirement';
import { personView } from './people';

/** Every recorded decision as the panel shows it, oldest first, with what was edited since when that voided it. */
export function decisionViews(
  policy: Policy,
  snapshot: ChangeSnapshot,
  entries: readonly StoredEntry[],
  verdict: Verdict,
): readonly DecisionView[] {
  return verdict.decisions.map((judged) => decisionView(policy, snapshot, entries, judged));
}

export function decisionView(
  policy: Policy,
  snapshot: ChangeSnapshot,
  entries: readonly StoredEntry[],
  judged: JudgedDecision,
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
    at: judged.decidedAt,
    via: judged.via,
    contentDigest: judged.contentDigest,
    valid: judged.valid,
    invalidBecause: judged.invalidBecause,
    editedSince: judged.valid || head === null ? [] : editedFields(snapshot, head),
  };
}

/** Controlled fields edited after a changelog position, in Jira's own words for before and after. */
function editedFields(snapshot: ChangeSnapshot, head: string): readonly EditedField[] {
  return editsSince(snapshot, head).flatMap(({ entry, fields }) =>
    entry.items.flatMap((item) => {
      const field = FIELDS.find(({ key }) => key === item.field && fields.includes(key));
      if (field === undefined) return [];
      return {
        field: field.name,
        before: item.fromText ?? item.from ?? '',
        after: item.toText ?? item.to ?? '',
        by: personView(entry.author, snapshot),
        at: entry.at,
      };
    }),
  );
}
