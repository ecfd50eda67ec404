import type { HealthView } from '../../contract/health';
import { openFindings } from '../../gate/health/changes';
import { HEALTH_CHECKS } from '../../gate/health/health';
import { disclosed } from '../../ledger/commitment';
import type { Person, StoredEntry } from '../../ledger/entry';
import { HEALTH_CHAIN, HEALTH_LAST_KEY } from '../../ledger/keys';
import { inspectLedger } from '../../ledger/read';
import type { Ports } from '../../ports/ports';
import { mustAdminister } from '../policy/admins-only';
import { checkHealth, type LastCheck } from './check';

/** What Jira tells no app, so that nobody takes a page without findings for more than it is. */
const NOT_LOOKED_AT = [
  'Whether the panel is still pinned in the projects: Jira tells no app.',
  'What people with access to Jira’s database or an import can write past every rule: it shows as an exception on the change.',
];

/** `health.read`: what the ledger has as open, what was found before, and when the controls were last checked. */
export async function readHealth(ports: Ports): Promise<HealthView> {
  await mustAdminister(ports);
  return view(ports);
}

/** `health.check`: looks now, as the person who asks, and answers what is found. Jira administrators only. */
export async function checkHealthNow(ports: Ports): Promise<HealthView> {
  await mustAdminister(ports);
  await checkHealth(ports, 'user');
  return view(ports);
}

async function view(ports: Ports): Promise<HealthView> {
  const last = lastIn(await ports.store.get(HEALTH_LAST_KEY));
  const { entries, breaks } = await inspectLedger(ports.store, HEALTH_CHAIN);
  const days = entries.flatMap(({ entry }) => (entry.kind === 'health-checked' ? [entry] : []));
  const resolved = new Map(
    entries.flatMap(({ entry }) => (entry.kind === 'health-resolved' ? [[entry.body.found, entry.at] as const] : [])),
  );
  const open = new Set(openFindings(entries).map(({ seq }) => seq));
  const found = entries.flatMap((stored) => findingView(stored, resolved));
  return {
    checks: HEALTH_CHECKS.map(({ check, name }) => ({
      name,
      findings: last?.checks.find((one) => one.check === check)?.findings ?? null,
    })),
    checkedAt: last?.at ?? days.at(-1)?.at ?? null,
    open: found.filter(({ seq }) => open.has(seq)),
    history: found.filter(({ seq }) => !open.has(seq)).reverse(),
    days: days.length,
    intact: breaks.length === 0,
    notLookedAt: NOT_LOOKED_AT,
  };
}

function findingView(stored: StoredEntry, resolved: ReadonlyMap<number, string>): HealthView['open'] {
  const { entry } = stored;
  if (entry.kind !== 'health-found') return [];
  const { code, level, sentence, remedy, by, changedAt } = entry.body;
  return [
    {
      seq: entry.seq,
      code,
      level,
      sentence,
      remedy,
      by: disclosed<Person>(stored, by)?.displayName ?? null,
      changedAt,
      foundAt: entry.at,
      resolvedAt: resolved.get(entry.seq) ?? null,
    },
  ];
}

/** Written by the app alone; the ledger, not this, says what is open. */
const lastIn = (value: unknown): LastCheck | undefined =>
  typeof value === 'object' && value !== null && 'at' in value && 'checks' in value ? (value as LastCheck) : undefined;
