import type { OrphanOpened } from '../../contract/panel';
import { openOrphanPayload } from '../../contract/payloads';
import { inWords } from '../../gate/words';
import type { Policy } from '../../policy/policy';
import { Unavailable, type CreatedChange, type IssueRef, type NewChange, type Ports } from '../../ports/ports';
import { refuse } from '../refusal';
import { parsed, type ResolverCall } from '../resolver-call';
import { changeFor, claim, giveUp, readActs, type Opening, type OrphanAct } from './acts';
import { findOrphan } from './archive';
import { finishOpening } from './finish';
import type { ListedOrphan } from './list';
import { seeingTo } from './may-see';

/** A resolver ends after 25 s: whoever set out longer ago than this and left no change has been broken off. */
export const BROKEN_OFF_MS = 60_000;

/**
 * `orphan.open`: creates a change of the type Discovered as the person, with the delivery's facts on it. What is meant is
 * stored before it is done, and the issue carries a mark: broken off anywhere it is completed by the next click or by
 * the reconciler, and a delivery gets one change however often and by how many it is opened.
 *
 * Refusals: 403 not-eligible, 404 no-such-delivery, 409 dismissed, being-handled; 400 and 403 not-created with Jira's words.
 */
export async function openOrphan(ports: Ports, call: ResolverCall): Promise<OrphanOpened> {
  const { delivery, project: asked } = parsed(openOrphanPayload, call.payload);
  const { policy, person } = await seeingTo(ports, call);
  const project = asked ?? call.projectKey;
  if (project === undefined || !policy.projects.includes(project))
    throw refuse(400, 'not-controlled', 'Choose a project under change control.', ['project']);
  const acts = await readActs(ports, delivery);
  const last = acts.at(-1);
  if (last?.act === 'dismiss')
    throw refuse(409, 'dismissed', `${last.by.displayName} has dismissed it: ${last.reason}`);
  const earlier = await completed(ports, delivery, acts);
  if (earlier !== undefined) return { change: earlier, opened: false };
  const orphan = await findOrphan(ports, delivery);
  if (orphan === undefined)
    throw refuse(404, 'no-such-delivery', 'This delivery is on the list no more. Read the list again.');
  mustNotBeUnderWay(last, ports.clock.now());
  const { accountId, displayName } = person;
  const at = ports.clock.now().toISOString();
  const opening = { act: 'open' as const, project, by: { accountId, displayName }, at };
  await claim(ports, delivery, acts.length, opening);
  const created = await create(ports, newChange(policy, project, orphan), accountId);
  if (!created.created) {
    await giveUp(ports, delivery, acts.length);
    const message = `Jira did not create the change: ${created.messages.join(' ')}`;
    throw refuse(created.status === 403 ? 403 : 400, 'not-created', message);
  }
  const change = await finishOpening(ports, delivery, opening, { issueId: created.issueId, key: created.key });
  return { change, opened: true };
}

/** The change that an earlier attempt made, completed; undefined when none is known to have made one. */
export async function completed(
  ports: Ports,
  delivery: string,
  acts: readonly OrphanAct[],
): Promise<IssueRef | undefined> {
  const openings = acts.filter((act): act is Opening => act.act === 'open');
  const known = await changeFor(ports, delivery);
  for (const opening of openings.toReversed()) {
    const { project, by } = opening;
    const found = known ?? (await ports.jira.findMarked(project, by.accountId, delivery));
    if (found !== undefined) return finishOpening(ports, delivery, opening, found);
  }
  return undefined;
}

/** The answer may have been lost after the issue was there: then it is found by its mark. */
async function create(ports: Ports, change: NewChange, accountId: string): Promise<CreatedChange> {
  try {
    return await ports.jira.createChange(change);
  } catch (failure) {
    if (!(failure instanceof Unavailable)) throw failure;
    const found = await ports.jira.findMarked(change.project, accountId, change.mark);
    if (found === undefined) throw failure;
    return { created: true, ...found };
  }
}

export function mustNotBeUnderWay(last: OrphanAct | undefined, now: Date): void {
  if (last?.act !== 'open' || now.getTime() - Date.parse(last.at) > BROKEN_OFF_MS) return;
  throw refuse(
    409,
    'being-handled',
    `${last.by.displayName} is opening a change for it right now. Read again in a minute.`,
  );
}

/** Identifiers and counts alone: what people wrote in commits and titles may be CUI and is not copied into an issue. */
function newChange({ issueTypes }: Policy, project: string, orphan: ListedOrphan): NewChange {
  const { about, source, event, receivedAt, reason, names } = orphan;
  const what = about?.kinds['deployment'] === undefined ? 'Work' : 'Deployment';
  const where = [about?.environment, about?.repository].flatMap((one) => one ?? []);
  const facts = Object.entries(about?.kinds ?? {}).map(([kind, count]) => `${count} × ${inWords(kind)}`);
  return {
    project,
    issueType: issueTypes[0] ?? 'Change request',
    changeType: 'Discovered',
    summary: `${what} without an approved change${where.length === 0 ? '' : `: ${where.join(', ')}`}`.slice(0, 200),
    description: [
      `${source} reported it on ${receivedAt.slice(0, 16).replace('T', ' ')} UTC (${event}). ${WHY[reason]}${names.length === 0 ? '' : ` It names ${names.slice(0, 5).join(', ')}.`}`,
      ...(facts.length === 0
        ? []
        : [`It holds ${facts.join(', ')}. What it tells is recorded as evidence of this change.`]),
      ...(about === undefined || about.commits.length === 0 ? [] : [`Commits: ${about.commits.join(', ')}.`]),
      'Say what was changed, why, on which CUI systems and with what effect on security; it is then decided afterwards.',
    ],
    mark: orphan.delivery,
  };
}

const WHY: Readonly<Record<ListedOrphan['reason'], string>> = {
  'names-no-change': 'It named no change.',
  'no-such-change': 'What it named is no change under control.',
  'not-recordable': 'It could not be recorded on what it named.',
  'change-not-open': 'The change that it named was not open for it at that time.',
};
