import { changesOf, shownChanges, type Changes } from '../changes';
import type { Finding } from '../findings';
import type { Read } from '../reader';
import { counted } from '../stated';
import { found, Statements } from '../statements';
import { utcOf } from '../times';
import { isMembers, listAt, listOf, member, present, textAt, textOf, type Members } from '../wire';

/** Whether a JSON value is a plan: what `terraform show -json PLANFILE` prints. */
export const isPlan = (value: Members): boolean =>
  'planned_values' in value || 'resource_changes' in value || ('configuration' in value && 'format_version' in value);

interface Totals {
  readonly actions: Map<string, number>;
  sensitive: number;
  unknown: number;
  malformed: number;
}

/**
 * A plan (developer.hashicorp.com, "JSON Output Format", "Plan Representation"): a difference for each resource and output
 * that changes, and for each resource that somebody changed outside. A plan without `resource_changes` changes nothing.
 * Refused: `shape` when `resource_changes` is there and no list, or nothing in it is a change.
 */
export function readPlan(plan: Members): Read {
  const listed = member(plan, 'resource_changes');
  if (listed !== undefined && listed !== null && !Array.isArray(listed)) return refusedShape;
  const statements = new Statements();
  const totals: Totals = { actions: new Map(), sensitive: 0, unknown: 0, malformed: 0 };
  const claimedAt = utcOf(plan['timestamp']);
  for (const change of listOf(listed)) addResource(statements, totals, change, claimedAt, false);
  for (const change of listAt(plan, 'resource_drift')) addResource(statements, totals, change, claimedAt, true);
  for (const [name, change] of membersOf(plan['output_changes']))
    addOutput(statements, totals, name, change, claimedAt);
  if (totals.malformed > 0 && totals.actions.size === 0) return refusedShape;
  const findings = [...findingsOf(plan, totals), ...statements.findings];
  return {
    outcome: 'read',
    format: 'terraform-plan',
    kind: 'configuration-difference',
    title: `Terraform plan: ${summaryOf(totals)}`,
    statements: statements.statements,
    findings,
    complete: statements.complete && !findings.some(({ code }) => INCOMPLETE.includes(code)),
    attributes: present({
      format: textAt(plan, 'format_version'),
      terraform: textAt(plan, 'terraform_version'),
      timestamp: claimedAt,
      errored: flag(plan['errored']),
      applyable: flag(plan['applyable']),
      complete: flag(plan['complete']),
    }),
  };
}

const refusedShape: Read = { outcome: 'refused', format: 'terraform-plan', reason: 'shape' };
const INCOMPLETE: readonly Finding['code'][] = ['errored', 'malformed-records', 'not-read-whole'];
const flag = (value: unknown): string | null => (typeof value === 'boolean' ? String(value) : null);
const membersOf = (value: unknown): readonly [string, unknown][] => (isMembers(value) ? Object.entries(value) : []);

function addResource(
  statements: Statements,
  totals: Totals,
  resource: unknown,
  claimedAt: string | null,
  drift: boolean,
): void {
  const address = textAt(resource, 'address');
  const action = actionOf(member(resource, 'change'));
  if (address === null || action === null) {
    totals.malformed += 1;
    return;
  }
  const counted = drift ? 'drift' : action;
  totals.actions.set(counted, (totals.actions.get(counted) ?? 0) + 1);
  if (action === 'no-op' && textAt(resource, 'previous_address') === null) return;
  const changes = changesIn(member(resource, 'change'), totals);
  const deposed = textAt(resource, 'deposed');
  statements.add({
    kind: 'configuration-difference',
    id: `${drift ? 'drift:' : ''}${address}${deposed === null ? '' : ` (deposed ${deposed})`}`,
    title: drift ? `${address} was changed outside Terraform` : `${action} ${address}`,
    state: drift ? 'drift' : action,
    claimedAt,
    attributes: resourceAttributes(resource),
    safeAttributes: shownChanges(changes),
    touches: [address, ...namesIn(resource)],
    effect: action === 'read' || action === 'no-op' ? 'read' : 'write',
  });
}

function resourceAttributes(resource: unknown): Readonly<Record<string, string>> {
  const replaced = listAt(resource, 'change', 'replace_paths').map((path) => listOf(path).map(textOf).join('.'));
  return present({
    type: textAt(resource, 'type'),
    mode: textAt(resource, 'mode'),
    provider: textAt(resource, 'provider_name'),
    module: textAt(resource, 'module_address'),
    reason: textAt(resource, 'action_reason'),
    movedFrom: textAt(resource, 'previous_address'),
    imported: textAt(resource, 'change', 'importing', 'id'),
    replacedBecauseOf: replaced.join(' '),
  });
}

function addOutput(
  statements: Statements,
  totals: Totals,
  name: string,
  change: unknown,
  claimedAt: string | null,
): void {
  const action = actionOf(change);
  if (action === null || action === 'no-op') return;
  statements.add({
    kind: 'configuration-difference',
    id: `output.${name}`,
    title: `${action} output ${name}`,
    state: action,
    claimedAt,
    attributes: { mode: 'output' },
    safeAttributes: shownChanges(changesIn(change, totals, name)),
    effect: 'write',
  });
}

/** Actions in the words of the format; a delete and a create together are a replacement, whichever comes first. */
function actionOf(change: unknown): string | null {
  const actions = listAt(change, 'actions').map(textOf);
  if (actions.length === 0 || actions.includes(null)) return null;
  if (actions.includes('create') && actions.includes('delete')) {
    return actions[0] === 'create' ? 'replace (create first)' : 'replace';
  }
  return actions.join(' and ');
}

function changesIn(change: unknown, totals: Totals, name?: string): Changes {
  const under = (value: unknown): unknown => (name === undefined ? value : { [name]: value });
  const changes = changesOf(under(member(change, 'before')), under(member(change, 'after')), {
    beforeSensitive: under(member(change, 'before_sensitive')),
    afterSensitive: under(member(change, 'after_sensitive')),
    afterUnknown: under(member(change, 'after_unknown')),
  });
  totals.sensitive += changes.sensitive;
  totals.unknown += changes.unknown;
  return changes;
}

/** Names by which a system may be known, from the values that are not sensitive. */
function namesIn(resource: unknown): readonly string[] {
  const change = member(resource, 'change');
  return ['before', 'after'].flatMap((side) =>
    ['arn', 'id', 'name', 'bucket', 'identifier', 'hostname', 'function_name'].flatMap((name) => {
      const sensitive = [member(change, `${side}_sensitive`), member(change, `${side}_sensitive`, name)];
      const value = textAt(change, side, name);
      return value === null || sensitive.includes(true) ? [] : [value];
    }),
  );
}

function summaryOf({ actions }: Totals): string {
  const told = [...actions].filter(([action]) => action !== 'no-op').map(([action, count]) => `${count} ${action}`);
  return told.length === 0 ? 'no changes' : told.join(', ');
}

function findingsOf(plan: Members, { actions, sensitive, unknown, malformed }: Totals): readonly Finding[] {
  const drifted = actions.get('drift') ?? 0;
  const deferred = listAt(plan, 'deferred_changes').length;
  return [
    ...(plan['errored'] === true
      ? [found('errored', 'Planning ended with an error; what is planned may not be all.')]
      : []),
    ...(plan['complete'] === false || deferred > 0
      ? [found('not-read-whole', `The plan says that it is not complete: ${deferred} changes are deferred.`)]
      : []),
    ...(malformed > 0
      ? [found('malformed-records', `${counted(malformed, 'resource')} without an address or an action: not read.`)]
      : []),
    ...(drifted > 0
      ? [found('drift', `${counted(drifted, 'resource')} changed outside Terraform since the last run.`)]
      : []),
    ...(sensitive > 0
      ? [
          found(
            'values-redacted',
            `${counted(sensitive, 'sensitive value')} that differ${sensitive === 1 ? 's' : ''}: not shown.`,
          ),
        ]
      : []),
    ...(unknown > 0
      ? [found('unknown-values', `${counted(unknown, 'value')} known only once the plan is applied.`)]
      : []),
  ];
}
