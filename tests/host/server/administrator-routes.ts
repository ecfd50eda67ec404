import { Hono } from 'hono';
import * as z from 'zod/mini';
import { ADMINISTRATORS } from '../people';
import { problem, readBody } from './answers';
import type { OpenSite } from './open-site';

const renaming = z.object({ group: z.string(), name: z.string().check(z.minLength(1), z.maxLength(255)) });
const reported = z.object({
  issue: z.string(),
  kind: z.enum(['commit', 'pull-request', 'branch', 'build', 'deployment']),
  id: z.string(),
  name: z.string(),
  url: z.string(),
  state: z.nullable(z.string()),
});
const rule = z.object({ project: z.string(), blocked: z.boolean() });

/**
 * What an administrator does outside Jira's REST API: renaming a group (Atlassian's administration has it, Jira's API has
 * not) and an app access rule that keeps a project from the app; the mail that `POST /issue/{key}/notify` queued; and what
 * another app, a provider of development information, reports of an issue.
 */
export function administratorRoutes({ jira }: OpenSite): Hono {
  const app = new Hono();
  const { store } = jira;

  app.post('/groups/rename', async (c) => {
    const { group: before, name } = await readBody(c, renaming);
    const group = store.people.group({ name: before });
    if (group === undefined) return problem(404, 'no-such-group', `There is no group ${before}.`);
    if (before === ADMINISTRATORS) return problem(409, 'group-is-needed', 'The administrators keep their name.');
    if (store.people.group({ name }) !== undefined) return problem(409, 'name-in-use', `${name} is a group already.`);
    store.transaction(() => {
      store.people.renameGroup(group.groupId, name);
    });
    return Response.json({ groupId: group.groupId, name });
  });

  const rules = () => ({
    blocked: store.appAccess.blocked().map((id) => store.projects.find(id)?.key ?? id),
  });
  app.get('/app-access', () => Response.json(rules()));
  app.post('/app-access', async (c) => {
    const { project: key, blocked } = await readBody(c, rule);
    const project = store.projects.find(key);
    if (project === undefined) return problem(404, 'no-such-project', `There is no project ${key}.`);
    store.transaction(() => {
      store.appAccess.setBlocked(project.id, blocked);
    });
    return Response.json(rules());
  });

  app.post('/development', async (c) => {
    const { issue: key, ...record } = await readBody(c, reported);
    const issue = store.issues.find(key);
    if (issue === undefined) return problem(404, 'no-such-issue', `There is no issue ${key}.`);
    store.transaction(() => {
      store.others.report({ ...record, issueId: issue.id, updated: store.clock.now().toISOString() });
    });
    return Response.json({ reported: store.others.development(issue.id).length });
  });

  app.get('/mail', () => Response.json({ mail: store.mails.all() }));
  return app;
}
