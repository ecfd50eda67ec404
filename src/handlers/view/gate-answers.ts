import type { ChangeView } from '../../contract/panel';
import { deployedIn, followedBy } from '../../gate/asked';
import type { StoredEntry } from '../../ledger/entry';
import { nameOf } from './people';

/**
 * Every answer of the deploy gate that the ledger holds, newest first, with the deployments that followed it; a pipeline
 * that kept asking left one an hour. And for each fact of a deployment, by its entry, which answer it followed.
 */
export function gateViews(entries: readonly StoredEntry[]): Pick<ChangeView, 'gate' | 'deployments'> {
  const deployments = deployedIn(entries);
  const followers = followedBy(deployments);
  const gate = entries.flatMap((stored) => {
    const { entry } = stored;
    if (entry.kind !== 'gate-answered') return [];
    const { environment, commits, artifacts, actor, verdict, sentence, askedAt, secret } = entry.body;
    return [
      {
        seq: entry.seq,
        at: askedAt,
        environment,
        named: [...commits, ...artifacts],
        actor: nameOf(stored, actor),
        verdict,
        sentence,
        secret,
        followedBy: (followers.get(entry.seq) ?? []).map(({ name, from, facts }) => ({ name, at: from, facts })),
      },
    ];
  });
  return {
    gate: gate.reverse(),
    deployments: deployments.map(({ name, environment, from, facts, answer }) => ({
      name,
      environment,
      at: from,
      facts,
      answer: answer === null ? null : { seq: answer.seq, verdict: answer.body.verdict, at: answer.body.askedAt },
    })),
  };
}
