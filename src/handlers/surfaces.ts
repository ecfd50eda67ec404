import { METHODS } from '../contract/panel';
import { readAdmin } from './admin';
import { clearMarking } from './markings';
import { downloadPack, readPackState } from './packs/read';
import { startPack } from './packs/start';
import { readChange } from './read-change';
import { recordDecision } from './record-decision';
import { readRegister } from './register';
import type { ResolverMethod } from './resolver-call';

/** Which methods each screen may call. Every one of them asks for itself whether the caller may. */
export const PANEL: Readonly<Record<string, ResolverMethod>> = {
  [METHODS.readChange]: readChange,
  [METHODS.recordDecision]: recordDecision,
  [METHODS.startPack]: startPack,
  [METHODS.readPack]: readPackState,
  [METHODS.downloadPack]: downloadPack,
  [METHODS.clearMarking]: clearMarking,
};

export const REGISTER: Readonly<Record<string, ResolverMethod>> = { [METHODS.readRegister]: readRegister };

export const ADMIN: Readonly<Record<string, ResolverMethod>> = { [METHODS.readAdmin]: readAdmin };

/** The rule screens show what the workflow editor gives them; they ask the app nothing yet. */
export const RULES: Readonly<Record<string, ResolverMethod>> = {};
