import { METHODS } from '../contract/panel';
import { dismissOrphan } from './orphans/dismiss';
import { openOrphan } from './orphans/open';
import { readOrphanList } from './orphans/read';
import { decideInMeeting } from './meetings/decide';
import { listMeetings, readMeetingFor } from './meetings/read';
import { saveMeeting } from './meetings/save';
import { readRegister } from './register';
import type { ResolverMethod } from './resolver-call';

const ORPHANS: Readonly<Record<string, ResolverMethod>> = {
  [METHODS.readOrphans]: readOrphanList,
  [METHODS.openOrphan]: openOrphan,
  [METHODS.dismissOrphan]: dismissOrphan,
};

/** Which methods the change register may call. Every one of them asks for itself whether the caller may. */
export const REGISTER: Readonly<Record<string, ResolverMethod>> = {
  [METHODS.readRegister]: readRegister,
  [METHODS.listMeetings]: listMeetings,
  [METHODS.readMeeting]: readMeetingFor,
  [METHODS.saveMeeting]: saveMeeting,
  [METHODS.decideInMeeting]: decideInMeeting,
  ...ORPHANS,
};
