/** The functions that manifest.yml names, in its order. */
export {
  validateChange,
  recordTransition,
  ruleResolver,
  panelResolver,
  registerResolver,
  adminResolver,
  issueEvent,
  failedExpression,
  changeJob,
  reconcile,
  takeInEvidence,
  answerGate,
} from './forge/compose';
