import { healthChanges } from '../../gate/health/changes';
import { nameOfFinding, type Finding } from '../../gate/health/finding';
import { healthOf, NOTHING_REMEMBERED, type Health } from '../../gate/health/health';
import type { Remembered } from '../../gate/health/observed';
import { appendEntries, type Draft } from '../../ledger/append';
import type { StoredEntry } from '../../ledger/entry';
import { sha256Hex } from '../../ledger/hash';
import { HEALTH_CHAIN, HEALTH_LAST_KEY, HEALTH_REMEMBERED_KEY } from '../../ledger/keys';
import { inspectLedger } from '../../ledger/read';
import type { AskedAs } from '../../ports/control-state';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { observe } from './observe';

/**
 * Looks at the controls and records what is new: each finding once for as long as it lasts, that it is no longer found,
 * and once a day that somebody looked at all. Idempotent; two at once record nothing twice. Opens and closes nothing.
 */
export async function checkHealth(ports: Ports, as: AskedAs): Promise<void> {
  const now = ports.clock.now();
  const { entries: recorded } = await inspectLedger(ports.store, HEALTH_CHAIN);
  const remembered = rememberedIn(await ports.store.get(HEALTH_REMEMBERED_KEY)) ?? NOTHING_REMEMBERED(now);
  const today = now.toISOString().slice(0, 10);
  const first = !recorded.some(({ entry }) => entry.fact === checkedFact(today));
  const site = await observe(ports, { as, thorough: as === 'user' || first, remembered, recorded });
  const health = healthOf(site, remembered, now);
  const policyVersion = 'seen' in site.policy ? site.policy.seen.version : 'unknown';
  const drafts = [
    ...(await draftsOf(ports, recorded, health, policyVersion)),
    ...(first ? [checkedDraft(today, health, policyVersion)] : []),
  ];
  if (drafts.length > 0) await appendEntries({ store: ports.store, now }, HEALTH_CHAIN, drafts);
  // Last: as long as it is not written, the next check compares with what this one started from.
  await ports.store.set(HEALTH_REMEMBERED_KEY, health.remembered);
  await ports.store.set(HEALTH_LAST_KEY, { at: now.toISOString(), checks: health.checks } satisfies LastCheck);
}

/** What the last check came to, for the page; the ledger holds what was found. */
export interface LastCheck {
  readonly at: string;
  readonly checks: Health['checks'];
}

const checkedFact = (day: string): string => `health-checked:${day}`;

function checkedDraft(day: string, { findings, checks }: Health, policyVersion: string): Draft {
  const of = (level: Finding['level']): number => findings.filter((one) => one.level === level).length;
  return {
    chain: HEALTH_CHAIN,
    kind: 'health-checked',
    fact: checkedFact(day),
    body: {
      day,
      checks: checks.length,
      passed: checks.filter((check) => check.findings === 0).length,
      alarms: of('alarm'),
      unchecked: of('unchecked'),
      notes: of('note'),
      policyVersion,
    },
    disclosures: {},
  };
}

async function draftsOf(
  ports: Ports,
  recorded: readonly StoredEntry[],
  health: Health,
  policyVersion: string,
): Promise<Draft[]> {
  const { found, resolved } = healthChanges(recorded, health);
  const people = [...new Set(found.flatMap(({ finding }) => finding.changed?.by ?? []))];
  const names = new Map(
    await Promise.all(people.map(async (id) => [id, (await ports.jira.readDecider(id))?.displayName] as const)),
  );
  return [
    ...resolved.map(({ seq, body: { code, subject } }): Draft => ({
      chain: HEALTH_CHAIN,
      kind: 'health-resolved',
      fact: `health-resolved:${seq}`,
      body: { code, subject, found: seq },
      disclosures: {},
    })),
    ...found.map(({ finding, episode }): Draft => {
      const { code, level, subject, sentence, remedy, changed } = finding;
      const disclosing = new Disclosing(ports.random);
      const by = changed?.by ?? null;
      return {
        chain: HEALTH_CHAIN,
        kind: 'health-found',
        fact: `health-found:${sha256Hex(nameOfFinding(finding)).slice(0, 32)}:${episode}`,
        body: {
          code,
          level,
          subject,
          sentence,
          remedy,
          by: by === null ? null : disclosing.person(by, names.get(by)),
          changedAt: changed?.at ?? null,
          policyVersion,
        },
        disclosures: disclosing.disclosures,
      };
    }),
  ];
}

/** What was remembered before they were is still good. */
const NO_PROJECT_IDS: Pick<Remembered, 'projectIds'> = { projectIds: {} };

/** Written by the app alone; a value of another version of it is as good as none. */
function rememberedIn(value: unknown): Remembered | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const has = (name: string): boolean => Object.hasOwn(value, name);
  if (!has('since') || !has('places') || !has('fieldIds') || !has('senders')) return undefined;
  return { ...NO_PROJECT_IDS, ...(value as Remembered) };
}
