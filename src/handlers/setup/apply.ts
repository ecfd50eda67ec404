import type { SetupView } from '../../contract/setup';
import { FIELD_IDS_KEY, SETUP_DRAFT_KEY, SETUP_KEY } from '../../ledger/keys';
import { SetupRefused } from '../../ports/site-setup';
import { TOUCHES, type Act } from '../../setup/act';
import type { Choices } from '../../setup/choices';
import type { Observed } from '../../setup/observed';
import { isComplete, nextItem, planSetup, type Plan } from '../../setup/plan';
import type { PlanItem } from '../../setup/plan-item';
import { startAdoption } from '../adoption/start';
import { mustAdminister } from '../policy/admins-only';
import { savePolicy } from '../policy/save';
import { refuse } from '../refusal';
import { callerOf, type ResolverCall } from '../resolver-call';
import { choicesOf } from './choices-of';
import { alone } from './lock';
import { observe } from './observe';
import { begun, beginning, readRecord, settled, setupView, type SetupRecord } from './record';
import type { SetupPorts } from './setup-ports';

/** One resolver call works this long and then answers how far it is; Forge ends a call after 25 seconds. */
const WORK_MS = 8_000;
/** How long something that Jira was asked for may stay unseen before it is asked for again: names of fields may repeat. */
const PATIENCE_MS = 15_000;

/**
 * `setup.apply`: goes on with set-up for some seconds, as the invoking admin, and answers how far it is; called until
 * `state` is `done`. Looks before each thing whether it is there, so that it may be broken off anywhere, and called again
 * from the start, with the same end.
 *
 * Refusals: 403, 409 setup-conflict (something is in the way and nothing is done), 409 jira-refused with Jira's own words.
 */
export async function applySetup(ports: SetupPorts, call: ResolverCall): Promise<SetupView> {
  callerOf(call);
  await mustAdminister(ports);
  const choices = choicesOf(call);
  const done = await alone(ports, () => work(ports, call, choices));
  return done ?? setupView(ports, await readRecord(ports), 'Another step of set-up is still running.');
}

async function work(ports: SetupPorts, call: ResolverCall, choices: Choices): Promise<SetupView> {
  const deadline = ports.clock.now().getTime() + WORK_MS;
  let record = begun(choices, await readRecord(ports));
  let observed = await observe(ports, choices, record.pinned);
  const name = (await ports.jira.readDecider(callerOf(call)))?.displayName ?? null;
  for (;;) {
    const plan = planSetup(choices, observed);
    record = settled(record, plan);
    const next = nextItem(plan);
    if (next === undefined) return finish(ports, call, { record, plan });
    const now = ports.clock.now();
    if (unseen(record, next, now)) return keep(ports, record, `Jira does not show "${next.title}" yet.`);
    if (now.getTime() >= deadline) return keep(ports, record, null);
    record = beginning(record, next, now.toISOString(), name);
    await ports.store.set(SETUP_KEY, record);
    const before = next;
    record = await perform(ports, call, { record, plan, item: next, observed });
    observed = await observe(ports, choices, record.pinned, { observed, parts: TOUCHES[next.act.act] });
    const after = nextItem(planSetup(choices, observed));
    if (after?.id === before.id && JSON.stringify(after.act) === JSON.stringify(before.act))
      return keep(ports, settled(record, planSetup(choices, observed)), `Jira is still at work on "${next.title}".`);
  }
}

/** Asked for a moment ago and not to be seen: Jira's lists may lag behind, and a second field of the name would do harm. */
const unseen = ({ doing }: SetupRecord, next: PlanItem, now: Date): boolean =>
  next.act?.act === 'create-field' && doing?.id === next.id && now.getTime() - Date.parse(doing.at) < PATIENCE_MS;

async function keep(ports: SetupPorts, record: SetupRecord, waiting: string | null): Promise<SetupView> {
  await ports.store.set(SETUP_KEY, record);
  return setupView(ports, record, waiting);
}

/** What was there before is entered as such, in the background; it was never approved by being there. */
async function adoptExisting(ports: SetupPorts, call: ResolverCall, { projects }: Choices): Promise<void> {
  for (const { key } of projects) await startAdoption(ports, { ...call, payload: { project: key } });
}

async function finish(
  ports: SetupPorts,
  call: ResolverCall,
  { record, plan }: { readonly record: SetupRecord; readonly plan: Plan },
): Promise<SetupView> {
  if (isComplete(plan)) {
    await adoptExisting(ports, call, record.choices);
    await ports.store.delete(SETUP_DRAFT_KEY);
    return keep(ports, { ...record, state: 'done' }, null);
  }
  await ports.store.set(SETUP_KEY, record);
  const inTheWay = plan.items
    .filter(({ state }) => state === 'conflict')
    .flatMap(({ title, says }) => `${title}: ${says.join(' ')}`);
  throw refuse(
    409,
    'setup-conflict',
    inTheWay.length === 0 ? 'Something is missing that set-up cannot make.' : inTheWay.join(' '),
  );
}

interface Doing {
  readonly record: SetupRecord;
  readonly plan: Plan;
  readonly item: PlanItem & { readonly act: Act };
  readonly observed: Observed;
}

async function perform(
  ports: SetupPorts,
  call: ResolverCall,
  { record, plan, item, observed }: Doing,
): Promise<SetupRecord> {
  const { act } = item;
  if (act.act === 'save-policy') {
    await ports.store.delete(FIELD_IDS_KEY);
    const payload = { basedOn: observed.policy.version, policy: plan.policy, reason: REASON };
    await savePolicy(ports, { ...call, payload });
    return record;
  }
  try {
    await ports.site.perform(act);
  } catch (failure) {
    if (!(failure instanceof SetupRefused)) throw failure;
    ports.log.error(`set-up: ${item.id} was refused`, failure);
    if (act.act !== 'pin-panel') throw refuse(409, 'jira-refused', `${item.title}: Jira said "${failure.message}"`);
    return { ...record, pinned: [...record.pinned, act.projectId], byHand: [...record.byHand, byHand(item)] };
  }
  return act.act === 'pin-panel' ? { ...record, pinned: [...record.pinned, act.projectId] } : record;
}

const REASON = 'Set up with the wizard.';

const byHand = ({ title }: PlanItem): string =>
  `${title}: open any change request, add the panel "Change control", and choose "Show for all work items" in its menu.`;
