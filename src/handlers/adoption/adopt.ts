import { adoptionOf } from '../../gate/before-control';
import { appendEntries, type Draft } from '../../ledger/append';
import { governs } from '../../policy/requirement';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { readFacts, type Facts } from '../facts';
import { policyInForce } from '../policy/store';
import { openedDraft } from '../record-history';
import { refreshChange } from '../refresh-change';
import { queueAdoption, readAdoption, writeAdoption, type Adoption } from './record';

/**
 * The job behind `adopt.start`: one page of a project's issues, oldest first, then itself again. Idempotent; broken off
 * anywhere it goes on from the last page that was noted. Ends at the first issue that control was there before.
 *
 * @throws whatever Jira or storage threw, to be delivered again.
 */
export async function adoptPage(ports: Ports, project: string): Promise<void> {
  const adoption = await readAdoption(ports, project);
  if (adoption?.state !== 'running') return;
  const { issueTypes } = await policyInForce(ports);
  const { issueIds, next } = await ports.jira.listOldest(project, issueTypes, adoption.next ?? undefined);
  let { read, adopted } = adoption;
  let younger = false;
  for (const issueId of issueIds) {
    const facts = await readFacts(ports, issueId);
    younger = facts !== undefined && facts.snapshot.createdAt >= adoption.controlBeganAt;
    if (younger) break;
    read += 1;
    if (facts !== undefined && (await adoptOne(ports, adoption, facts))) adopted += 1;
  }
  const done = younger || next === undefined;
  const movedAt = ports.clock.now().toISOString();
  const state = done ? 'done' : 'running';
  await writeAdoption(ports, { ...adoption, state, next: next ?? null, read, adopted, movedAt });
  if (!done) await queueAdoption(ports, project);
}

/** Answers whether the change counts as adopted, now or before. One that was under control by then is left as it is. */
async function adoptOne(ports: Ports, adoption: Adoption, facts: Facts): Promise<boolean> {
  const { snapshot, entries } = facts;
  if (!governs(facts.policy, snapshot)) return false;
  if (adoptionOf(entries) !== undefined) return true;
  const opened = entries.find(({ entry }) => entry.kind === 'change-opened');
  if (opened !== undefined && opened.entry.at < adoption.controlBeganAt) return false;
  const drafts = [
    ...(opened === undefined ? [openedDraft(ports, snapshot)] : []),
    adoptedDraft(ports, adoption, facts),
  ];
  await appendEntries({ store: ports.store, now: ports.clock.now() }, snapshot.issueId, drafts);
  await refreshChange(ports, snapshot.issueId);
  return true;
}

function adoptedDraft(ports: Ports, { controlBeganAt, by }: Adoption, { snapshot }: Facts): Draft {
  const disclosing = new Disclosing(ports.random);
  return {
    chain: snapshot.issueId,
    kind: 'adopted',
    fact: 'adopted',
    body: {
      key: snapshot.key,
      project: snapshot.project,
      status: snapshot.status,
      controlBeganAt,
      by: disclosing.person(by.accountId, by.displayName),
    },
    disclosures: disclosing.disclosures,
  };
}
