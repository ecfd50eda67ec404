import { rulePhrases } from './adequacy-rules';
import { expectationPhrases } from './evidence-rules';
import { freezePhrase, holdPhrase, providerPhrase, utc } from './difference';
import { remindersPhrase, stopPhrase } from './emergency-words';
import type { Policy, Requirement } from './policy';
import { requirementPhrase } from './requirement';
import { idsPhrase } from './site-ids';

/** The whole policy in plain language, one or two sentences an item, in the order in which people ask. */
export function policySummary(policy: Policy): string[] {
  return [
    governing(policy),
    needs(policy, 'A change that touches a CUI system, or where that is unknown, needs', policy.normal.cui),
    needs(policy, 'A change that touches no CUI system needs', policy.normal.noCui),
    standard(policy),
    emergency(policy),
    'A discovered change is decided afterwards, like a Normal one, and opens nothing.',
    ...rulePhrases(policy),
    ...policy.roles.map(
      ({ name, group }) => `Whoever is in the Jira group ${group} is ${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}.`,
    ),
    ...groupsByName(policy),
    'Nobody decides on a change they took part in. An edit of a controlled field voids the decisions before it.',
    ...outside(policy),
    ...freezes(policy),
    ...expectationPhrases(policy),
    deploying(policy),
    `Evidence is kept for ${policy.retentionYears} years.`,
    ...policy.legalHolds.map((hold) => `Legal hold "${hold.name}": ${holdPhrase(hold)}.`),
    idsPhrase(policy),
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
  const rules = `An emergency change needs ${requirementPhrase(policy, requirement) || 'nobody'}. Its pass ends after ${passHours} hours, and within ${reviewHours} hours those whom a Normal change needs review it.`;
  return [rules, remindersPhrase(policy.emergency), stopPhrase(policy.emergency)].join(' ');
}

/** A group that is known by name alone is somebody else's, or nobody's, once it is renamed. */
function groupsByName({ roles, outsideProvider }: Policy): string[] {
  const held = [...roles, ...(outsideProvider === null ? [] : [outsideProvider])];
  const named = [...new Set(held.filter(({ groupId }) => groupId === null).map(({ group }) => group))];
  if (named.length === 0) return [];
  return [
    named.length === 1
      ? `The group ${named.join('')} is found by its name: renaming it leaves nobody in it.`
      : `The groups ${list(named)} are found by their names: renaming one leaves nobody in it.`,
  ];
}

const outside = ({ outsideProvider }: Policy): string[] =>
  outsideProvider === null ? [] : [providerPhrase(outsideProvider)];

const freezes = (policy: Policy): string[] =>
  policy.freezes.length === 0
    ? ['There is no freeze period.']
    : policy.freezes.map(
        (freeze) => `Nothing is deployed in the freeze period "${freeze.name}", ${freezePhrase(freeze)}.`,
      );

function deploying({ laterCommits, evidenceBeforeDeploying, askBeforeDeploying, overlaps }: Policy): string {
  const commits =
    laterCommits === 'before-approval'
      ? 'The gate lets commits through that were linked before the deciding approval.'
      : 'The gate lets every linked commit through, also one linked after the deciding approval.';
  const evidence =
    evidenceBeforeDeploying.length === 0
      ? 'It asks for no further evidence.'
      : `Before that, evidence of the kind ${list(evidenceBeforeDeploying)} has to be there.`;
  const together =
    overlaps === 'agree'
      ? ' Approve and Execute wait while another open change is for the same system at the same time, until a named person says that they go together.'
      : '';
  const asked = askBeforeDeploying ? ' A deployment before which it was not asked is an exception.' : '';
  return `${commits} ${evidence}${asked}${together}`;
}
