/**
 * A Jira issue key as Atlassian's own GitHub integration reads one: any case, at least two characters of project, no
 * leading zero, no letter or digit on either side; `_` and `-` separate, so `feature_CHG-7_fix` names CHG-7.
 * Source: atlassian/github-for-jira, src/util/jira-utils.ts. Letters are ASCII here: with the i and u flags together
 * the Kelvin sign and the long s would count as K and S. Jira Cloud's project keys are at most 10 characters long.
 */
const ISSUE_KEY = /(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]{1,99}-[1-9][0-9]{0,18}(?![A-Za-z0-9])/g;

/** One more than a delivery may name: whoever names as many is refused, however many more there are. */
const MOST = 1001;

/** The keys that a text names, upper case, each once, in order of appearance, at most 1,001. Not looked up in Jira. */
export function findIssueKeys(text: string | null | undefined): readonly string[] {
  if (text === null || text === undefined) return [];
  const keys = new Set<string>();
  for (const [key] of text.matchAll(ISSUE_KEY)) {
    keys.add(key.toUpperCase());
    if (keys.size === MOST) break;
  }
  return [...keys];
}
