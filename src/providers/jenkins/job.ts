type Text = string | null | undefined;

/** The first name that says anything, or undefined. */
export const firstName = (...names: readonly Text[]): string | undefined =>
  names.find((name): name is string => typeof name === 'string' && name !== '');

/**
 * Jenkins' own name of a run, `folder/job#12` (javadoc.jenkins.io, `Run.getExternalizableId`): a number says nothing
 * without its job.
 */
export const runId = (job: string, number: number): string => `${job}#${number}`;

/**
 * The name of a job as a text that may name a branch: a multibranch job is called after its branch, percent-encoded
 * (`portal/feature%2FCHG-7-port`).
 */
export function branchOfJob(job: Text): string | null {
  if (job === null || job === undefined) return null;
  try {
    return decodeURIComponent(job);
  } catch {
    // A job of its own name, with a percent sign in it.
    return job;
  }
}
