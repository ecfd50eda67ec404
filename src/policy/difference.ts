import { canonicalJson } from '../ledger/canonical';
import { ruleDifferences } from './adequacy-rules';
import { expectationDifferences } from './evidence-rules';
import { emergencyDifferences } from './emergency-words';
import { heldPhrase } from './legal-holds';
import type { FreezePeriod, LegalHold, OutsideProvider, Policy, Requirement, StandardTemplate } from './policy';
import { requirementPhrase } from './requirement';
import { idDifferences } from './site-ids';

/**
 * What is different in a policy, one sentence each, in the order of the policy's parts. Guarantees: empty exactly when
 * the two say the same, whatever their versions are called.
 */
export function policyDifferences(before: Policy, after: Policy): string[] {
  const found = [
    ...whatItGoverns(before, after),
    ...roles(before, after),
    ...requirements(before, after),
    ...ruleDifferences(before, after),
    ...emergencyDifferences(before.emergency, after.emergency),
    ...templates(before.templates, after.templates),
    ...freezes(before.freezes, after.freezes),
    ...outsideProvider(before.outsideProvider, after.outsideProvider),
    ...expectationDifferences(before, after),
    ...deploying(before, after),
    ...holds(before.legalHolds, after.legalHolds),
    ...idDifferences(before, after),
  ];
  if (found.length > 0) return found;
  return same({ ...before, version: '' }, { ...after, version: '' }) ? [] : ['Only the order of its lists changed.'];
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

const without = (list: readonly string[], other: readonly string[]): string[] =>
  list.filter((one) => !other.includes(one));

function whatItGoverns(before: Policy, after: Policy): string[] {
  return [
    ...without(after.projects, before.projects).map((key) => `The project ${key} is under change control now.`),
    ...without(before.projects, after.projects).map(
      (key) => `The project ${key} is not under change control any more.`,
    ),
    ...without(after.issueTypes, before.issueTypes).map((type) => `Issues of the type "${type}" are changes now.`),
    ...without(before.issueTypes, after.issueTypes).map(
      (type) => `Issues of the type "${type}" are not changes any more.`,
    ),
  ];
}

function roles(before: Policy, after: Policy): string[] {
  return [
    ...after.roles.flatMap((role) => {
      const old = before.roles.find(({ key }) => key === role.key);
      if (old === undefined) return [`The group ${role.group} decides as ${role.name} now.`];
      return [
        ...(old.name === role.name ? [] : [`The ${old.name} is called ${role.name} now.`]),
        ...(old.group === role.group
          ? []
          : [`The group ${role.group} decides as ${role.name} now, instead of ${old.group}.`]),
        ...(old.group === role.group && old.groupId !== role.groupId
          ? [`The group ${role.group} is found by ${groupBy(role.groupId)} now, instead of by ${groupBy(old.groupId)}.`]
          : []),
      ];
    }),
    ...before.roles
      .filter(({ key }) => !after.roles.some((role) => role.key === key))
      .map(({ name }) => `Nobody decides as ${name} any more.`),
  ];
}

const groupBy = (id: string | null): string => (id === null ? 'its name' : `Jira's id ${id}`);

function requirements(before: Policy, after: Policy): string[] {
  const rows: readonly [string, (policy: Policy) => Requirement][] = [
    ['A change that touches a CUI system, or where that is unknown,', ({ normal }) => normal.cui],
    ['A change that touches no CUI system', ({ normal }) => normal.noCui],
    ['An emergency pass', ({ emergency }) => emergency.requirement],
  ];
  return rows.flatMap(([what, rowOf]) => {
    if (same(rowOf(before), rowOf(after))) return [];
    return [`${what} needs ${phrase(after, rowOf(after))} now, instead of ${phrase(before, rowOf(before))}.`];
  });
}

const phrase = (policy: Policy, requirement: Requirement): string => requirementPhrase(policy, requirement) || 'nobody';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Things of a list that are told apart by id. */
function listed<T extends Named>(
  before: readonly T[],
  after: readonly T[],
  words: { readonly added: (one: T) => string; readonly removed: (one: T) => string },
  changes: (old: T, now: T) => string[],
): string[] {
  return [
    ...after.flatMap((now) => {
      const old = before.find(({ id }) => id === now.id);
      if (old === undefined) return [words.added(now)];
      return same(old, now) ? [] : changes(old, now);
    }),
    ...before.filter(({ id }) => !after.some((now) => now.id === id)).map(words.removed),
  ];
}

function freezes(before: readonly FreezePeriod[], after: readonly FreezePeriod[]): string[] {
  return listed(
    before,
    after,
    {
      added: (freeze) => `A freeze period "${freeze.name}" was added: ${freezePhrase(freeze)}.`,
      removed: (freeze) => `The freeze period "${freeze.name}" was removed: ${freezePhrase(freeze)}.`,
    },
    (old, now) => [
      `The freeze period "${old.name}" changed: ${old.name === now.name ? '' : `"${now.name}", `}${freezePhrase(now)}; before, ${freezePhrase(old)}.`,
    ],
  );
}

function holds(before: readonly LegalHold[], after: readonly LegalHold[]): string[] {
  return listed(
    before,
    after,
    {
      added: (hold) => `A legal hold "${hold.name}" was added: ${holdPhrase(hold)}.`,
      removed: (hold) => `The legal hold "${hold.name}" was lifted: ${holdPhrase(hold)}.`,
    },
    (old, now) => [
      `The legal hold "${old.name}" changed: ${old.name === now.name ? '' : `"${now.name}", `}${holdPhrase(now)}; before, ${holdPhrase(old)}.`,
    ],
  );
}

/** "nothing of the project CHG is erased from 2026-12-20 00:00 UTC on, because of the case 26-cv-17". */
export const holdPhrase = (hold: LegalHold): string =>
  `nothing of ${heldPhrase(hold)} is erased from ${utc(hold.from)} ${hold.until === null ? 'on' : `to ${utc(hold.until)}`} (${hold.reason})`;

/** "from 2026-12-20 00:00 UTC to 2027-01-02 23:59 UTC, for every change". */
export const freezePhrase = ({ start, end, systems }: FreezePeriod): string =>
  `from ${utc(start)} to ${utc(end)}, for ${systems.length === 0 ? 'every change' : `changes that touch ${systems.join(', ')}`}`;

/** The stored instant as people write it, with its zone; seconds only where there are any. */
export const utc = (instant: string): string =>
  `${instant.slice(0, 10)} ${instant.slice(11, 16)}${instant.slice(16) === ':00.000Z' ? '' : instant.slice(16, -1)} UTC`;

const TEMPLATE_PARTS: readonly [string, (template: StandardTemplate) => unknown][] = [
  ['name', ({ name }) => name],
  ['approver', ({ approvedBy }) => approvedBy],
  ['approval date', ({ approvedAt }) => approvedAt],
  ['end of its approval', ({ expiresAt }) => expiresAt],
  ['systems', ({ systems }) => systems],
  ['scope', ({ content }) => content.scope],
  ['justification', ({ content }) => content.justification],
  ['security impact analysis', ({ content }) => content.securityImpactAnalysis],
  ['test plan', ({ content }) => content.testPlan],
  ['backout plan', ({ content }) => content.backoutPlan],
  ['longest change window', ({ maxWindowHours }) => maxWindowHours],
];

function templates(before: readonly StandardTemplate[], after: readonly StandardTemplate[]): string[] {
  return listed(
    before,
    after,
    {
      added: ({ name, approvedBy, expiresAt }) =>
        `The template "${name}" was added, approved by ${approvedBy} until ${utc(expiresAt)}.`,
      removed: ({ name }) => `The template "${name}" was removed; changes made from it are judged as Normal.`,
    },
    (old, now) => {
      const parts = TEMPLATE_PARTS.filter(([, partOf]) => !same(partOf(old), partOf(now))).map(([name]) => name);
      return [
        `The template "${old.name}" changed (${parts.join(', ')}); changes made from it before are judged as Normal.`,
      ];
    },
  );
}

function outsideProvider(before: OutsideProvider | null, after: OutsideProvider | null): string[] {
  if (same(before, after)) return [];
  if (after === null) return [`${before?.organisation ?? 'No outside provider'} does not stand in any more.`];
  if (before !== null && same({ ...before, groupId: null }, { ...after, groupId: null }))
    return [
      `The group ${after.group} of the outside provider is found by ${groupBy(after.groupId)} now, instead of by ${groupBy(before.groupId)}.`,
    ];
  return [`${providerPhrase(after)}${before === null ? '' : ` Before: ${providerPhrase(before)}`}`];
}

/** One or two sentences, with their full stops. */
export function providerPhrase({ organisation, group, until, required }: OutsideProvider): string {
  const stands = `Engineers of ${organisation} (group ${group}) may stand in${until === null ? '' : ` until ${utc(until)}`}.`;
  return required ? `${stands} Two deciders have to be of two different organisations.` : stands;
}

function deploying(before: Policy, after: Policy): string[] {
  const commits = {
    'before-approval': 'Only commits linked before the deciding approval may be deployed now.',
    'any-linked': 'Every linked commit may be deployed now, also one linked after the deciding approval.',
  };
  return [
    ...(before.laterCommits === after.laterCommits ? [] : [commits[after.laterCommits]]),
    ...without(after.evidenceBeforeDeploying, before.evidenceBeforeDeploying).map(
      (kind) => `Evidence of the kind ${kind} has to be there before deploying now.`,
    ),
    ...without(before.evidenceBeforeDeploying, after.evidenceBeforeDeploying).map(
      (kind) => `Evidence of the kind ${kind} does not have to be there before deploying any more.`,
    ),
    ...(before.askBeforeDeploying === after.askBeforeDeploying
      ? []
      : [
          after.askBeforeDeploying
            ? 'A deployment before which the deploy gate was not asked is an exception now.'
            : 'A deployment before which the deploy gate was not asked is no exception any more.',
        ]),
    ...(before.overlaps === after.overlaps
      ? []
      : [
          after.overlaps === 'agree'
            ? 'Overlapping windows on a system hold up Approve and Execute now, until a named person says that the changes go together.'
            : 'Overlapping windows on a system are said now, and hold up nothing.',
        ]),
    ...(before.retentionYears === after.retentionYears
      ? []
      : [`Evidence is kept for ${after.retentionYears} years now, instead of ${before.retentionYears}.`]),
  ];
}
