import { METHODS } from '../contract/panel';
import type { ResolverMethod } from './resolver-call';
import { buildRule, readRule } from './rules';

/** Which methods the configuration of a workflow rule may call. Every one of them asks for itself whether the caller may. */
export const RULES: Readonly<Record<string, ResolverMethod>> = {
  [METHODS.readRule]: readRule,
  [METHODS.buildRule]: buildRule,
};
