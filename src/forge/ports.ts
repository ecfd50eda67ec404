import type { Ports } from '../ports/ports';
import { forgeControlState } from './control-state';
import { forgeJira } from './jira';
import { forgeJobs } from './jobs';
import { forgeLicence } from './licence';
import { forgeLog, systemClock, systemRandomness } from './machine';
import { forgeNotices } from './notices';
import { forgePublishing } from './publishing';
import { forgeSecrets } from './secrets';
import { forgeStore } from './store';

/** The ports hold no tenant's data: a warm process may serve another site next (Forge, "Tenant data isolation"). */
export const ports: Ports = {
  store: forgeStore,
  secrets: forgeSecrets,
  jira: forgeJira,
  control: forgeControlState,
  jobs: forgeJobs,
  clock: systemClock,
  random: systemRandomness,
  log: forgeLog,
  licence: forgeLicence,
  notices: forgeNotices,
  publishing: forgePublishing,
};
