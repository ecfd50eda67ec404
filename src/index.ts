/** The functions of manifest.yml that Jira calls while somebody moves or edits a change, in its order. */
export { validateChange, recordTransition, issueEvent, failedExpression } from './forge/compose';
