import { personKey } from '../policy/people';
import { FILES } from './files';
import type { PackFacts } from './facts';
import { accountText } from './person';
import { count, utc } from './text';

/** Stands at the head of every page. The product states facts; whether an objective is met is for an assessor. */
export const HEADER =
  'Supporting evidence produced by the organization’s change-control tool. It is not an assessment result: the finding on each objective is the assessor’s to make.';

/** The requirement, word for word (NIST SP 800-171 Revision 2, 3.4.3; CMMC practice CM.L2-3.4.3). */
export const REQUIREMENT = 'Track, review, approve or disapprove, and log changes to organizational systems.';

export type ObjectiveKey = 'a' | 'b' | 'c' | 'd';

export interface Objective {
  readonly key: ObjectiveKey;
  /** NIST SP 800-171A, 3.4.3[a] to [d], word for word. */
  readonly text: string;
  /** The recorded facts that answer it. */
  readonly sentence: string;
  readonly files: readonly string[];
}

/** The four objectives with the facts of this change: names, counts and times, never a finding. */
export function objectives(facts: PackFacts): Objective[] {
  return [
    {
      key: 'a',
      text: 'changes to the system are tracked',
      sentence: tracked(facts),
      files: [FILES.change, FILES.ledger],
    },
    {
      key: 'b',
      text: 'changes to the system are reviewed',
      sentence: reviewed(facts),
      files: [FILES.evidence, FILES.decisions],
    },
    {
      key: 'c',
      text: 'changes to the system are approved or disapproved',
      sentence: decided(facts),
      files: [FILES.decisions, FILES.policy],
    },
    {
      key: 'd',
      text: 'changes to the system are logged',
      sentence: logged(facts),
      files: [FILES.ledger, FILES.disclosures],
    },
  ];
}

function tracked({ input, timeline }: PackFacts): string {
  const { snapshot, entries } = input;
  const { content } = snapshot;
  const systems =
    content.impactedSystems.length === 0
      ? 'no impacted CUI system named'
      : `impacted CUI systems: ${content.impactedSystems.join(', ')}`;
  const edits = entries.filter(({ entry }) => entry.kind === 'content-changed').length;
  return (
    `${snapshot.key} was opened on ${utc(snapshot.createdAt)} by ${accountText(snapshot, snapshot.creator)}; ${systems}; status at export ${snapshot.status}. ` +
    `${count(edits, 'edit')} of controlled fields and ${count(timeline.filter(({ what }) => what.startsWith('Moved ')).length, 'move')} are recorded (${FILES.change}, ${FILES.ledger}).`
  );
}

function reviewed({ input, evidence, implementedAt }: PackFacts): string {
  const { content } = input.snapshot;
  const { decisions } = input.verdict;
  const before = decisions.filter(({ decidedAt }) => implementedAt === null || decidedAt < implementedAt);
  const people = new Set(
    before.map(({ accountId, seq }) => (accountId === null ? `entry ${seq}` : personKey(input.people, accountId))),
  );
  const reviews = evidence.filter(({ kind }) => kind === 'review').length;
  const analysis =
    content.securityImpactAnalysis === ''
      ? 'no security impact analysis is written'
      : 'a security impact analysis is written (3.4.4)';
  const when = implementedAt === null ? 'not executed at export' : `first executed on ${utc(implementedAt)}`;
  return (
    `${count(people.size, 'person', 'people')} recorded ${count(before.length, 'decision')} before implementation (${when}); ${analysis}; ` +
    `${count(reviews, 'code review')} recorded from development tools (${FILES.evidence}).`
  );
}

function decided({ input, implementedAt }: PackFacts): string {
  const { decisions, needs, exceptions } = input.verdict;
  const of = (kind: string) => decisions.filter(({ decision }) => decision === kind);
  const standing = of('approved').filter(({ valid }) => valid);
  const early = standing.filter(({ decidedAt }) => implementedAt === null || decidedAt < implementedAt).length;
  const own = exceptions.filter(({ code }) => code === 'self-decision').length;
  const open =
    needs.missing === 0 ? 'no further approval is needed by the policy' : `still needed by the policy: ${needs.phrase}`;
  return (
    `${of('approved').length} approved (${standing.length} of them standing), ${of('disapproved').length} disapproved, ${of('deferred').length} deferred, ` +
    `${of('withdrawn').length} withdrawn; ${open}. Of ${count(standing.length, 'standing approval')}, ${early} came before implementation began. ` +
    `In ${count(own, 'case')} a person in the change tried to decide it; such a decision counts for nothing (${FILES.decisions}).`
  );
}

function logged({ input, breaks, head, handedIn }: PackFacts): string {
  const { entries } = input;
  const first = entries[0]?.entry.at ?? null;
  const last = entries.at(-1)?.entry.at ?? null;
  if (entries.length === 0) return 'The ledger holds no entry for this change.';
  const checked =
    breaks.length === 0
      ? 'no break was found'
      : `${count(breaks.length, 'break')} found: ${breaks.map(({ sentence }) => sentence).join('; ')}`;
  return (
    `The ledger holds ${count(entries.length, 'entry', 'entries')} recorded from ${utc(first)} to ${utc(last)}; each carries the SHA-256 of the entry before it. ` +
    `Checked at export: ${checked}. Last hash ${head}. The chain shows alteration after recording; it began on ${utc(first)} and says nothing about earlier events. ` +
    systemLogs(handedIn)
  );
}

const LOGS_NAMED = 10;

/** Which logs of the changed systems are in the pack, because somebody handed them in. */
function systemLogs({ rows }: PackFacts['handedIn']): string {
  const logs = rows.filter(({ evidence, outcome }) => evidence === 'execution-log' && outcome === 'read');
  if (logs.length === 0) return 'Logs kept on the changed system itself are not part of this pack.';
  const named = logs.slice(0, LOGS_NAMED).map(({ format, name, statements, claimed }) => {
    const when = claimed === null ? '' : ` from ${utc(claimed.from)} to ${utc(claimed.to)} by its own times`;
    return `${name ?? 'name erased'} (${format}, ${count(statements, 'record')}${when})`;
  });
  const more = logs.length - named.length;
  return (
    `Logs of systems that were handed in and read: ${named.join('; ')}${more === 0 ? '' : `; ${more} more in ${FILES.files}`}. ` +
    'Other logs kept on the changed system itself are not part of this pack.'
  );
}

/** What nobody may read into a pack. */
export const LIMITS = [
  'The hash chain shows that entries were altered, removed from the middle or reordered after recording. It does not prevent it, and it cannot show that entries were removed from the end.',
  'This pack is not signed. Somebody who holds it could rewrite it whole, every digest included. Keep the last hash, or the digest of MANIFEST.sha256, outside Jira: in an e-mail, in minutes, on paper.',
  'The records name Atlassian accounts. A script acting under a person’s account cannot be told apart from that person.',
  'Times are those of the app’s server (UTC) unless marked as stated by a sender; a sender’s times are claims.',
  'Integrity uses SHA-256 (FIPS 180-4), a FIPS-approved algorithm; no statement is made about the validation of any cryptographic module.',
  'A search for markings is advisory: it cannot find CUI that nobody marked.',
];

export const HASHING_TOOL =
  'After the last file is in place, run the DoD script ArtifactHash.ps1 over the whole folder, then change nothing. The script writes CMMCAssessmentArtifacts.log and CMMCAssessmentLogHash.log; no tool can write them in advance, because they hold the path on your machine.';
