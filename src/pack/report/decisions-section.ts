import type { JudgedDecision } from '../../gate/verdict';
import { versionWords } from '../../gate/words';
import type { Policy } from '../../policy/policy';
import type { PackFacts } from '../facts';
import { accountText, personText } from '../person';
import { utc } from '../text';
import { particulars } from './decision-particulars';
import { objectiveHead } from './exceptions-section';
import { code, markup, table } from './html';
import type { Html } from './html';

/** 3.4.3[c]: every recorded decision, and whether it stands for the content as exported. */
export function decisionsSection(facts: PackFacts): Html {
  const { verdict, policy } = facts.input;
  return markup`<section>
    ${objectiveHead(facts, 'c')}
    <div class="wide">
      ${table(
        'Decisions in the order they were recorded',
        ['Entry', 'Decision', 'By', 'Basis, particulars and required actions', 'Content decided on'],
        verdict.decisions.map((decision) => [
          String(decision.seq),
          standing(decision, policy),
          byCell(facts, decision),
          markup`${basisCell(facts, decision)}${particulars(facts, decision).map((one) => markup`<br />${one}`)}`,
          markup`${code(decision.contentDigest)}<br />${decision.contentDigest === facts.contentDigest ? 'the content as exported' : 'other content than exported'}`,
        ]),
        'No decision is recorded.',
      )}
    </div>
    <h3>Who may decide</h3>
    ${table(
      `Roles of ${versionWords(policy.version)} (${policy.version})`,
      ['Role', 'Jira group', 'Needed for'],
      policy.roles.map(({ key, name, group }) => [name, group, neededFor(policy, key)]),
      '',
    )}
  </section>`;
}

function standing(decision: JudgedDecision, policy: Policy): Html {
  const how = `${utc(decision.decidedAt)}, ${placeOf(decision)}`;
  const counts = decision.countsFor === null ? '' : `, counts for ${roleName(policy, decision.countsFor)}`;
  const why = decision.valid
    ? `stands${counts}`
    : `does not stand: ${decision.invalidBecause?.sentence ?? 'no reason recorded'}`;
  return markup`<strong>${decision.decision}</strong><br />${how}<br />${why}`;
}

function placeOf({ via, meeting }: JudgedDecision): string {
  if (meeting !== undefined) return 'in a meeting';
  return via === 'panel' ? 'in the panel' : 'with a transition';
}

function byCell({ input }: PackFacts, { accountId, displayName, roles }: JudgedDecision): Html {
  const who =
    accountId === null
      ? 'erased from the ledger'
      : displayName === null
        ? accountText(input.snapshot, accountId)
        : personText({ accountId, displayName });
  return markup`${who}<br />held:
    ${roles.length === 0 ? 'no deciding role' : roles.map((role) => roleName(input.policy, role)).join(', ')}`;
}

function basisCell({ input }: PackFacts, { basis, requiredActions }: JudgedDecision): Html {
  const owner = (id: string | null, name: string | null): string =>
    id === null
      ? 'owner erased'
      : name === null
        ? accountText(input.snapshot, id)
        : personText({ accountId: id, displayName: name });
  return markup`${basis}${requiredActions.map(({ what, ownerId, ownerName }) => markup`<br />Required: ${what} (${owner(ownerId, ownerName)})`)}`;
}

const roleName = (policy: Policy, role: string): string => policy.roles.find(({ key }) => key === role)?.name ?? role;

function neededFor(policy: Policy, role: Policy['roles'][number]['key']): string {
  const places = [
    ...(policy.normal.cui.some((slot) => slot.includes(role)) ? ['a change that touches a CUI system'] : []),
    ...(policy.normal.noCui.some((slot) => slot.includes(role))
      ? ['a change that touches none (one of these roles)']
      : []),
    ...(policy.emergency.requirement.some((slot) => slot.includes(role))
      ? [`an emergency pass of ${policy.emergency.passHours} hours (one of these roles)`]
      : []),
  ];
  return places.length === 0 ? 'nothing in this policy' : places.join('; ');
}
