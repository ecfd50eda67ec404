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
