import { orphanPagePayload } from '../../contract/payloads';
import type { OrphansView } from '../../contract/panel';
import type { Policy } from '../../policy/policy';
import type { Ports } from '../../ports/ports';
import { senderName } from '../../providers/names';
import { parsed, type ResolverCall } from '../resolver-call';
import { isHandled } from './acts';
import { archivedPage, archiveState } from './archive';
import { readOrphans, type ListedOrphan } from './list';
import { seeingTo } from './may-see';

/** `orphan.read`: every unexplained delivery of the list, or of one page of those that were moved out of it. */
export async function readOrphanList(ports: Ports, call: ResolverCall): Promise<OrphansView> {
  const { page } = parsed(orphanPagePayload, call.payload ?? {});
  const { policy } = await seeingTo(ports, call);
  return orphansView(ports, policy, page);
}

export async function orphansView(ports: Ports, policy: Policy, page?: number): Promise<OrphansView> {
  const orphans =
    page === undefined ? await readOrphans(ports) : await unhandled(ports, await archivedPage(ports, page));
  const named = orphans.map((one) => ({ ...one, sourceName: senderName(one.source) }));
  return { orphans: named, moved: await archiveState(ports), projects: policy.projects };
}

/** As `orphansView`, of which a query may show for a while what was just taken off. */
export async function viewWithout(ports: Ports, policy: Policy, delivery: string): Promise<OrphansView> {
  const view = await orphansView(ports, policy);
  return { ...view, orphans: view.orphans.filter((one) => one.delivery !== delivery) };
}

async function unhandled(ports: Ports, orphans: readonly ListedOrphan[]): Promise<readonly ListedOrphan[]> {
  const handled = await Promise.all(orphans.map(({ delivery }) => isHandled(ports, delivery)));
  return orphans.filter((_, i) => handled[i] !== true);
}
