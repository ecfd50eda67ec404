import { nameOfFinding, type Finding } from './finding';
import type { ObservedWorkflow, WorkflowVersion } from './observed';

/**
 * Who brought each finding about: the version of the workflow since which it has been there without a break.
 *
 * @param versions newest first; Jira keeps 60 days. What was there in the oldest one is nobody's that we know of, unless
 *   `complete` says that it is the first there ever was.
 */
export function attributed(
  findings: readonly Finding[],
  versions: readonly WorkflowVersion[],
  complete: boolean,
  judge: (workflow: ObservedWorkflow) => readonly Finding[],
): Finding[] {
  if (findings.length === 0) return [];
  const judged = versions.map((version) => ({ version, names: new Set(judge(version.workflow).map(nameOfFinding)) }));
  return findings.map((one) => {
    const name = nameOfFinding(one);
    const clean = judged.findIndex(({ names }) => !names.has(name));
    const first = clean === -1 ? (complete ? judged.at(-1) : undefined) : judged[clean - 1];
    return first === undefined ? one : { ...one, changed: { by: first.version.by, at: first.version.at } };
  });
}
