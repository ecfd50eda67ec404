import { METHODS } from '../contract/panel';
import { readDevelopment } from '../handlers/from-jira/development';
import { PANEL, REGISTER, RULES } from '../handlers/surfaces';
import { development } from './jira-records/development';
import { resolver } from './resolver';

export const ruleResolver = resolver(RULES);
/** The Teamwork Graph answers whoever looks at a panel, and nobody else. */
export const panelResolver = resolver({
  ...PANEL,
  [METHODS.readDevelopment]: (ports, call) => readDevelopment({ ...ports, graph: { development } }, call),
});
export const registerResolver = resolver(REGISTER);
