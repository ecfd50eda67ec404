import { CLASSIC_SCOPES } from './classic-scopes';
import { GRANULAR_SCOPES } from './granular-scopes';

export interface RouteScopes {
  readonly method: string;
  /** As in the OpenAPI document, `/rest/api/3/issue/{issueIdOrKey}`. */
  readonly template: string;
  /** The classic scopes; all of them are needed. */
  readonly scopes: readonly string[];
  /** All of these do instead of the classic ones; empty when there are none. */
  readonly granular: readonly string[];
}

const listed = (table: Readonly<Record<string, string>>) =>
  Object.entries(table).flatMap(([scopes, lines]) =>
    lines
      .trim()
      .split('\n')
      .map((line) => ({ route: line.trim(), scopes: scopes.split(' ').filter((scope) => scope !== '') })),
  );

const GRANULAR = new Map(listed(GRANULAR_SCOPES).map(({ route, scopes }) => [route, scopes]));

export const ROUTE_SCOPES: readonly RouteScopes[] = listed(CLASSIC_SCOPES).map(({ route, scopes }) => {
  const [method = '', path = ''] = route.split(' ');
  return {
    method,
    template: path.startsWith('/') ? path : `/rest/api/3/${path}`,
    scopes,
    granular: GRANULAR.get(route) ?? [],
  };
});

/** More fixed segments match first: `issue/{key}/changelog` is no issue called "changelog". */
const MATCHERS = ROUTE_SCOPES.map((route) => ({
  route,
  fixed: route.template.split('/').filter((segment) => !segment.startsWith('{')).length,
  pattern: new RegExp(`^${route.template.replace(/\{\w+\}/g, '[^/]+')}/?$`),
})).sort((a, b) => b.fixed - a.fixed);

/** The route that a call means, or undefined when it is not listed. `path` may carry a query. */
export function routeOf(method: string, path: string): RouteScopes | undefined {
  const [bare = ''] = path.split('?');
  return MATCHERS.find(({ route, pattern }) => route.method === method && pattern.test(bare))?.route;
}

/** Whether an app with these scopes may call a route: with all its classic scopes, or with all its granular ones. */
export const mayCall = ({ scopes, granular }: RouteScopes, held: readonly string[]): boolean =>
  [scopes, granular].some(
    (wanted, at) => (at === 0 || wanted.length > 0) && wanted.every((scope) => held.includes(scope)),
  );
