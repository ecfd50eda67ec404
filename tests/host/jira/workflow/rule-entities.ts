import type { JiraObject } from '../../expressions';
import { Bean } from './bean';
import type { EntityReader } from './entities';

/** `transition` and `workflow` of a rule. */
export function transitionEntity(
  reader: EntityReader,
  transition: { readonly id: string; readonly name: string; readonly to: string; readonly screenId: string | null },
  fromStatusId: string,
): JiraObject {
  const { id, name, to, screenId } = transition;
  const readers = {
    id: Number(id),
    name,
    from: () => reader.status(fromStatusId),
    to: () => reader.status(to),
    hasScreen: screenId !== null,
  };
  return new Bean('Transition', id, readers, () => ({ id, name }));
}

export function workflowEntity({ id, name }: { readonly id: string; readonly name: string }): JiraObject {
  return new Bean('Workflow', id, { id, name }, () => ({ id, name }));
}
