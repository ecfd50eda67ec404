import { freezePhrase, providerPhrase, utc } from './difference';
import type { Policy, Requirement } from './policy';
import { requirementPhrase } from './requirement';

/** The whole policy in plain language, one or two sentences an item, in the order in which people ask. */
export function policySummary(policy: Policy): string[] {
  return [
    governing(policy),
    needs(policy, 'A change that touches a CUI system, or where that is unknown, needs', policy.normal.cui),
    needs(policy, 'A change that touches no CUI system needs', policy.normal.noCui),
    standard(policy),
    emergency(policy),
    'A discovered change is decided afterwards, like a Normal one, and opens nothing.',
    ...policy.roles.map(({ name, group }) => `Whoever is in the Jira group ${group} is a ${name}.`),
    'Nobody decides on a change they took part in. An edit of a controlled field voids the decisions before it.',
    ...outside(policy),
    ...freezes(policy),
    deploying(policy),
    `Evidence is kept for ${policy.retentionYears} years.`,
  ];
}

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

const governing = ({ projects, issueTypes }: Policy): string =>
  projects.length === 0 || issueTypes.length === 0
    ? 'Nothing is under change control.'
    : `Issues of the type ${list(issueTypes.map((type) => `"${type}"`))} in the ${projects.length === 1 ? 'project' : 'projects'} ${list(projects)} are under change control.`;

function needs(policy: Policy, what: string, requirement: Requirement): string {
  const different = requirement.length > 1 ? `: ${requirement.length} different people` : '';
  return `${what} ${requirementPhrase(policy, requirement) || 'nobody'}${different}.`;
}

function standard({ templates }: Policy): string {
  if (templates.length === 0) return 'There is no template, so a Standard change is judged as Normal.';
  const names = list(templates.map(({ name, expiresAt }) => `"${name}" (until ${utc(expiresAt)})`));
  return `A Standard change made from the ${templates.length === 1 ? 'template' : 'templates'} ${names} needs no further decision while it stays inside it; otherwise it is judged as Normal.`;
}

function emergency(policy: Policy): string {
  const { requirement, passHours, reviewHours } = policy.emergency;
  return `An emergency change needs ${requirementPhrase(policy, requirement) || 'nobody'}. Its pass ends after ${passHours} hours, and within ${reviewHours} hours those whom a Normal change needs review it.`;
}

const outside = ({ outsideProvider }: Policy): string[] =>
  outsideProvider === null ? [] : [providerPhrase(outsideProvider)];

const freezes = (policy: Policy): string[] =>
  policy.freezes.length === 0
    ? ['There is no freeze period.']
    : policy.freezes.map(
        (freeze) => `Nothing is deployed in the freeze period "${freeze.name}", ${freezePhrase(freeze)}.`,
      );

function deploying({ laterCommits, evidenceBeforeDeploying }: Policy): string {
  const commits =
    laterCommits === 'before-approval'
      ? 'The gate lets commits through that were linked before the deciding approval.'
      : 'The gate lets every linked commit through, also one linked after the deciding approval.';
  const evidence =
    evidenceBeforeDeploying.length === 0
      ? 'It asks for no further evidence.'
      : `Before that, evidence of the kind ${list(evidenceBeforeDeploying)} has to be there.`;
  return `${commits} ${evidence}`;
}
