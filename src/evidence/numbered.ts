import type { EvidenceItem } from './item';

/** A run with its place in the order in which the sender counts. */
export interface NumberedRun {
  readonly repository: string;
  /** What is counted: a workflow, or all pipelines of a project. */
  readonly series: string;
  readonly number: number;
}

/**
 * The number of a run, where its sender counts without gaps and tells of every run, so that one that is left out never
 * came: GitHub counts the runs of a workflow (`run_number`), GitLab the pipelines of a project (`iid`). Jenkins' plugin
 * and CircleCI count too, and do not tell of all that they count; Azure DevOps and Bitbucket count nothing that they
 * send; the signed envelope is sent when somebody wants to.
 */
export function numberedRun(source: string, { kind, repository, attributes }: EvidenceItem): NumberedRun | undefined {
  const number = Number(attributes['number'] ?? 'none');
  if (kind !== 'run' || repository === null || !Number.isSafeInteger(number) || number < 1) return undefined;
  if (source === 'gitlab') return { repository, series: 'pipelines', number };
  const workflow = attributes['path'] ?? attributes['workflow'];
  return source === 'github' && workflow !== undefined ? { repository, series: workflow, number } : undefined;
}

/** "12, 14 to 16". */
export function ranges(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const parts: [number, number][] = [];
  for (const n of sorted) {
    const last = parts.at(-1);
    if (last !== undefined && last[1] === n - 1) last[1] = n;
    else parts.push([n, n]);
  }
  return parts.map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`)).join(', ');
}
