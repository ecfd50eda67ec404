import { asApp, route } from '@forge/api';
import { Queue } from '@forge/events';
import { kvs } from '@forge/kvs';
import Resolver from '@forge/resolver';

/** One call of Jira and one of the storage, and nothing of its own: what the validator's own time is measured beside. */
export const ask = async (): Promise<boolean> => {
  const [issue, kept] = await Promise.all([
    asApp().requestJira(route`/rest/api/3/issue/CHG-1`),
    kvs.batchGet([{ key: 'policy:current' }]),
  ]);
  return (await issue.json()) !== undefined && kept.successfulKeys.length >= 0;
};

/** Touches each SDK once, so that no bundler can leave one out. */
export const run = () => [asApp, route, Queue, kvs, new Resolver().getDefinitions()].length;
