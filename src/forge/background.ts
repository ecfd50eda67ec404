import { onChangeJob } from '../handlers/change-job';
import { reconcile as reconcileAll } from '../handlers/reconcile';
import { ports } from './ports';

export const changeJob = (event: { readonly body?: unknown }) => onChangeJob(ports, event.body);

export async function reconcile() {
  await reconcileAll(ports);
  return { statusCode: 204 };
}
