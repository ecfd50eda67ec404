import { isPerson } from '../../gate/decision-state';
import type { Exception, Verdict } from '../../gate/verdict';
import type { Decider } from '../../policy/policy';
import { rolesOf } from '../../policy/organisation';
import type { Ports } from '../../ports/ports';
import type { Facts } from '../facts';

/** What somebody who had to pass the rules by leaves behind. */
const TRACES: readonly Exception['code'][] = [
  'moved-no-decision',
  'status-without-decision',
  'executed-not-open',
  'executed-outside-window',
  'evidence-before-decision',
  'deployed-against-gate',
  'deployed-unasked',
];

/** The exceptions that this viewer may declare as break-glass. Asks Jira only when there are any. */
export async function declarable(
  ports: Ports,
  { policy, entries }: Facts,
  { exceptions }: Verdict,
  viewer: Decider | undefined,
): Promise<ReadonlySet<Exception>> {
  const declared = new Set(entries.flatMap(({ entry }) => (entry.kind === 'break-glass' ? [entry.body.usedAt] : [])));
  const open = exceptions.filter(({ code, at }) => TRACES.includes(code) && (at === null || !declared.has(at)));
  if (open.length === 0 || viewer === undefined || !isPerson(viewer)) return new Set();
  const may =
    rolesOf(policy, viewer.groups, ports.clock.now(), ['change-authority']).length > 0 ||
    (await ports.jira.mayAdminister());
  return new Set(may ? open : []);
}
