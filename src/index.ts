/** The functions of manifest.yml that people wait for, in its order. */
export {
  validateChange,
  recordTransition,
  ruleResolver,
  panelResolver,
  registerResolver,
  adminResolver,
  issueEvent,
  failedExpression,
} from './forge/compose';
