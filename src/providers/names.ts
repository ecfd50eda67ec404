/**
 * The senders that the address of the intake may name, and what people call them. A sender is registered here and, with
 * what reads it, in sources.ts; apart, because the admin page needs the names only.
 */
export const NAMES = {
  github: 'GitHub',
  gitlab: 'GitLab',
  bitbucket: 'Bitbucket',
  'azure-devops': 'Azure DevOps',
  jenkins: 'Jenkins',
  circleci: 'CircleCI',
  pipeline: 'Any pipeline',
} as const;
export type Source = keyof typeof NAMES;

/** Names under which something is kept or counted, and that send no evidence by themselves. */
const OTHERS: Readonly<Record<string, string>> = {
  gate: 'Deploy gate',
  'hand-in': 'A person in Jira',
  unknown: 'A sender that is not known',
  none: 'A sender that was not named',
};

/** A sender as people call it, for screens and reports; its code where it has no name. */
export function senderName(source: string): string {
  const names: Readonly<Record<string, string>> = NAMES;
  if (Object.hasOwn(names, source)) return names[source] ?? source;
  return Object.hasOwn(OTHERS, source) ? (OTHERS[source] ?? source) : source;
}
