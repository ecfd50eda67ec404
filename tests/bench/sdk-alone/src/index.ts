import { asApp, route } from '@forge/api';
import { Queue } from '@forge/events';
import { kvs } from '@forge/kvs';
import Resolver from '@forge/resolver';

/** Touches each SDK once, so that no bundler can leave one out. */
export const run = () => [asApp, route, Queue, kvs, new Resolver().getDefinitions()].length;
