import { deployedIn, followedBy } from '../gate/asked';
import type { StoredEntry } from '../ledger/entry';
import { personOf, personText } from './person';

/** One answer of the deploy gate, with the deployments that followed it. */
export interface GateRow {
  readonly seq: number;
  readonly askedAt: string;
  readonly environment: string;
  readonly commits: readonly string[];
  readonly artifacts: readonly string[];
  readonly actor: string;
  readonly verdict: string;
  readonly sentence: string;
  readonly secret: string;
  readonly policyVersion: string;
  /** SHA-256 of what was signed. */
  readonly question: string;
  /** Each with the entries of its facts. */
  readonly followedBy: readonly { readonly name: string; readonly at: string; readonly entries: readonly number[] }[];
}

/** One deployment, with the answer that it followed. */
export interface DeploymentRow {
  readonly name: string;
  readonly environment: string;
  readonly at: string;
  readonly entries: readonly number[];
  readonly answer: { readonly seq: number; readonly verdict: string; readonly askedAt: string } | null;
}

export interface GateRows {
  readonly answers: readonly GateRow[];
  readonly deployments: readonly DeploymentRow[];
}

/** The gate's answers and the deployments, linked both ways, each in the order of the ledger. */
export function gateRows(entries: readonly StoredEntry[]): GateRows {
  const deployments = deployedIn(entries);
  const followers = followedBy(deployments);
  return {
    answers: entries.flatMap((stored) => {
      const { entry } = stored;
      if (entry.kind !== 'gate-answered') return [];
      const { actor, ...rest } = entry.body;
      const following = followers.get(entry.seq) ?? [];
      return [
        {
          ...rest,
          seq: entry.seq,
          actor: personText(personOf(stored, actor)),
          followedBy: following.map(({ name, from, facts }) => ({ name, at: from, entries: facts })),
        },
      ];
    }),
    deployments: deployments.map(({ name, environment, from, facts, answer }) => ({
      ...{ name, environment, at: from, entries: facts },
      answer: answer === null ? null : { seq: answer.seq, verdict: answer.body.verdict, askedAt: answer.body.askedAt },
    })),
  };
}
