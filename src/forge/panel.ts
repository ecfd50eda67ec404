import { METHODS } from '../contract/panel';
import { readDevelopment } from '../handlers/from-jira/development';
import { PANEL } from '../handlers/panel-surface';
import { development } from './jira-records/development';
import { resolver } from './resolver';

/** The Teamwork Graph answers whoever looks at a panel, and nobody else. */
export const panelResolver = resolver({
  ...PANEL,
  [METHODS.readDevelopment]: (ports, call) => readDevelopment({ ...ports, graph: { development } }, call),
});
