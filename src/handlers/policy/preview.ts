import { previewPolicyPayload } from '../../contract/payloads';
import type { PolicyPreview } from '../../contract/policy';
import { expectedKinds } from '../../evidence/expected';
import { judge } from '../../gate/judge';
import type { Verdict } from '../../gate/verdict';
import { policyDifferences } from '../../policy/difference';
import type { Policy } from '../../policy/policy';
import { governs } from '../../policy/requirement';
import { policySchema } from '../../policy/schema';
import { policyProblems } from '../../policy/sense';
import type { Ports } from '../../ports/ports';
import { readFacts, type Facts } from '../facts';
import { parsed, type ResolverCall } from '../resolver-call';
import { mustAdminister } from './admins-only';
import { policyInForce } from './store';

/** A resolver has 25 seconds; reading a change takes about three calls of Jira. */
const MOST = 150;
const AT_ONCE = 8;

/** No version has this name, so that nothing was decided under it. */
const DRAFT = 'draft';

/**
 * `policy.preview`: which changes would be judged differently if this policy were saved now, of those that the viewer may
 * see; changes nothing. Changes of every project of either policy, newest first, at most 150, and it says whether that
 * was all.
 */
export async function previewPolicy(ports: Ports, call: ResolverCall): Promise<PolicyPreview> {
  await mustAdminister(ports);
  const { policy } = parsed(previewPolicyPayload, call.payload);
  const draft: Policy = { ...parsed(policySchema, policy), version: DRAFT };
  const today = await policyInForce(ports);
  const problems = policyProblems(draft);
  const differences = policyDifferences(today, draft);
  if (problems.length > 0 || differences.length === 0)
    return { problems, differences, affected: [], judged: 0, complete: problems.length === 0 };
  const { keys, complete } = await keysOf(ports, [...new Set([...today.projects, ...draft.projects])]);
  const compared = await compare(ports, keys, today, draft);
  return {
    problems,
    differences,
    affected: compared.filter(({ before, after }) => before !== after),
    judged: compared.length,
    complete: complete && compared.length === keys.length,
  };
}

async function keysOf(ports: Ports, projects: readonly string[]): Promise<{ keys: string[]; complete: boolean }> {
  const keys: string[] = [];
  for (const project of projects) {
    if (keys.length >= MOST) return { keys, complete: false };
    const list = await ports.jira.listChanges(project, MOST - keys.length);
    keys.push(...list.keys);
    if (!list.complete) return { keys, complete: false };
  }
  return { keys, complete: true };
}

async function compare(
  ports: Ports,
  keys: readonly string[],
  today: Policy,
  draft: Policy,
): Promise<PolicyPreview['affected'][number][]> {
  const compared: PolicyPreview['affected'][number][] = [];
  const now = ports.clock.now();
  for (let i = 0; i < keys.length; i += AT_ONCE) {
    const batch = await Promise.all(keys.slice(i, i + AT_ONCE).map((key) => readFacts(ports, key)));
    for (const facts of batch) {
      if (facts === undefined) continue;
      const { key, content } = facts.snapshot;
      // Once the draft is in force, today's policy is an earlier one that decisions name.
      const afterwards = { ...facts, policies: { ...facts.policies, [today.version]: today } };
      compared.push({
        key,
        summary: content.summary,
        before: told(today, facts, now),
        after: told(draft, afterwards, now),
      });
    }
  }
  return compared;
}

/** What a verdict comes to, as far as a policy can change it. */
function told(policy: Policy, facts: Facts, now: Date): string {
  if (!governs(policy, facts.snapshot)) return 'Not under change control.';
  const verdict = judge(policy, facts, now);
  return [
    `Judged as ${verdict.judgedAs}, ${verdict.open ? 'open' : 'not open'}.`,
    ...verdict.reasons.map(({ sentence }) => sentence),
    ...standInTheWay(verdict),
    ...missingEvidence(verdict, facts),
  ].join(' ');
}

function missingEvidence({ expectedEvidence }: Verdict, { entries }: Facts): string[] {
  const missing = expectedKinds(entries, expectedEvidence).filter(({ state }) => state !== 'found');
  return missing.length === 0 ? [] : [`Expected and missing: ${missing.map(({ name }) => name).join(', ')}.`];
}

const standInTheWay = ({ notices, freezesNow }: Verdict): string[] => [
  ...freezesNow.map(({ name }) => `Held up now by the freeze period "${name}".`),
  ...notices.filter(({ code }) => code === 'freeze' || code === 'judged-as-normal').map(({ sentence }) => sentence),
];
