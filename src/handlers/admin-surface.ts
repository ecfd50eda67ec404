import { METHODS } from '../contract/panel';
import { readAdoptions, startAdoption } from './adoption/start';
import { readAdmin } from './admin';
import { checkHealthNow, readHealth } from './health/read';
import { dismissOrphan } from './orphans/dismiss';
import { openOrphan } from './orphans/open';
import { readOrphanList } from './orphans/read';
import { readPeople } from './people/read';
import { savePeople } from './people/save';
import { previewPolicy } from './policy/preview';
import { readPolicy } from './policy/read';
import { savePolicy } from './policy/save';
import { findGroups, readPolicySite } from './policy/site-choices';
import { addSecret, readSecrets, retireSecret } from './secrets';
import type { ResolverMethod } from './resolver-call';
import { applySetup } from './setup/apply';
import { keepSetup } from './setup/draft';
import { planOfSetup } from './setup/plan';
import type { SetupMethod } from './setup/setup-ports';
import { findForSetup, readSetup, readSetupSite } from './setup/site';
import { readTrustView } from './trust/read';
import { inspectKeys, registerKeys } from './trust/register';
import { revokeKey } from './trust/revoke';

/** What the admin page may call, in a file of its own: nobody else waits for it. Every method asks for itself whether the caller may. */
export const ADMIN: Readonly<Record<string, ResolverMethod>> = {
  [METHODS.readAdmin]: readAdmin,
  [METHODS.readOrphans]: readOrphanList,
  [METHODS.openOrphan]: openOrphan,
  [METHODS.dismissOrphan]: dismissOrphan,
  [METHODS.readAdoptions]: readAdoptions,
  [METHODS.startAdoption]: startAdoption,
  [METHODS.readPolicy]: readPolicy,
  [METHODS.savePolicy]: savePolicy,
  [METHODS.previewPolicy]: previewPolicy,
  [METHODS.readPeople]: readPeople,
  [METHODS.savePeople]: savePeople,
  [METHODS.readPolicySite]: readPolicySite,
  [METHODS.findGroups]: findGroups,
  [METHODS.readSecrets]: readSecrets,
  [METHODS.addSecret]: addSecret,
  [METHODS.retireSecret]: retireSecret,
  [METHODS.readTrust]: readTrustView,
  [METHODS.inspectKeys]: inspectKeys,
  [METHODS.registerKeys]: registerKeys,
  [METHODS.revokeKey]: revokeKey,
  [METHODS.readHealth]: readHealth,
  [METHODS.checkHealth]: checkHealthNow,
};

/** Set-up, on the admin page: everything in it is asked of Jira as the invoking person. */
export const SETUP: Readonly<Record<string, SetupMethod>> = {
  [METHODS.readSetup]: readSetup,
  [METHODS.readSetupSite]: readSetupSite,
  [METHODS.findForSetup]: findForSetup,
  [METHODS.keepSetup]: keepSetup,
  [METHODS.planSetup]: planOfSetup,
  [METHODS.applySetup]: applySetup,
};
