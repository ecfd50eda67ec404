import { METHODS } from '../contract/panel';
import { settleAction } from './acts/action';
import { declareBreakGlass } from './acts/break-glass';
import { settleCondition } from './acts/condition';
import { delegate, revokeDelegation } from './acts/delegation';
import { exceptFreeze } from './acts/freeze';
import { recordImplementation } from './acts/implementation';
import { acceptOverlap } from './acts/overlap';
import { overrideOverdue } from './acts/override';
import { recordReview } from './acts/review';
import { applyTemplate } from './acts/template';
import { readAdoptions, startAdoption } from './adoption/start';
import { readAdmin } from './admin';
import { askForDecision } from './ask-for-decision';
import { resolveAuthor } from './authors/resolve';
import { checkHealthNow, readHealth } from './health/read';
import { clearMarking } from './markings';
import { dismissOrphan } from './orphans/dismiss';
import { openOrphan } from './orphans/open';
import { readOrphanList } from './orphans/read';
import { decideInMeeting } from './meetings/decide';
import { listMeetings, readMeetingFor } from './meetings/read';
import { saveMeeting } from './meetings/save';
import { downloadPack, readPackState } from './packs/read';
import { startPack } from './packs/start';
import { readPeople } from './people/read';
import { savePeople } from './people/save';
import { previewPolicy } from './policy/preview';
import { readPolicy } from './policy/read';
import { savePolicy } from './policy/save';
import { findGroups, readPolicySite } from './policy/site-choices';
import { readChange } from './read-change';
import { recordDecision } from './record-decision';
import { readRegister } from './register';
import { addSecret, readSecrets, retireSecret } from './secrets';
import type { ResolverMethod } from './resolver-call';
import { applySetup } from './setup/apply';
import { keepSetup } from './setup/draft';
import { planOfSetup } from './setup/plan';
import type { SetupMethod } from './setup/setup-ports';
import { findForSetup, readSetup, readSetupSite } from './setup/site';
import { buildRule, readRule } from './rules';

/** Which methods each screen may call. Every one of them asks for itself whether the caller may. */
export const PANEL: Readonly<Record<string, ResolverMethod>> = {
  [METHODS.readChange]: readChange,
  [METHODS.recordDecision]: recordDecision,
  [METHODS.startPack]: startPack,
  [METHODS.readPack]: readPackState,
  [METHODS.downloadPack]: downloadPack,
  [METHODS.clearMarking]: clearMarking,
  [METHODS.settleCondition]: settleCondition,
  [METHODS.acceptOverlap]: acceptOverlap,
  [METHODS.delegate]: delegate,
  [METHODS.revokeDelegation]: revokeDelegation,
  [METHODS.recordReview]: recordReview,
  [METHODS.overrideOverdue]: overrideOverdue,
  [METHODS.exceptFreeze]: exceptFreeze,
  [METHODS.applyTemplate]: applyTemplate,
  [METHODS.settleAction]: settleAction,
  [METHODS.askForDecision]: askForDecision,
  [METHODS.recordImplementation]: recordImplementation,
  [METHODS.declareBreakGlass]: declareBreakGlass,
  [METHODS.resolveAuthor]: resolveAuthor,
};

const ORPHANS: Readonly<Record<string, ResolverMethod>> = {
  [METHODS.readOrphans]: readOrphanList,
  [METHODS.openOrphan]: openOrphan,
  [METHODS.dismissOrphan]: dismissOrphan,
};

export const REGISTER: Readonly<Record<string, ResolverMethod>> = {
  [METHODS.readRegister]: readRegister,
  [METHODS.listMeetings]: listMeetings,
  [METHODS.readMeeting]: readMeetingFor,
  [METHODS.saveMeeting]: saveMeeting,
  [METHODS.decideInMeeting]: decideInMeeting,
  ...ORPHANS,
};

export const ADMIN: Readonly<Record<string, ResolverMethod>> = {
  [METHODS.readAdmin]: readAdmin,
  ...ORPHANS,
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

export const RULES: Readonly<Record<string, ResolverMethod>> = {
  [METHODS.readRule]: readRule,
  [METHODS.buildRule]: buildRule,
};
