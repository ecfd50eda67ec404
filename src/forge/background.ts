import { onChangeJob } from '../handlers/change-job';
import { reconcile as reconcileAll } from '../handlers/reconcile';
import { forgeJiraRecords } from './jira-records/jira-records';
import { ports } from './ports';

/** Jobs alone read what hangs on a change: nobody waits for them. */
const jobPorts = { ...ports, records: forgeJiraRecords };

export const changeJob = (event: { readonly body?: unknown }) => onChangeJob(jobPorts, event.body);

export async function reconcile() {
  await reconcileAll(ports);
  return { statusCode: 204 };
}
