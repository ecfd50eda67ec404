/** What Atlassian's validator and linters miss, checked on the manifest and the sources that ship with it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { analyse } from '../../host/expressions';

const CORPUS = process.env['CORPUS_DIR'] ?? '../shared/data';
const OPENAPI = join(CORPUS, 'jira-openapi/jira-platform-v3.json');

interface Module {
  readonly key: string;
  readonly function?: string;
  readonly resolver?: { readonly function: string };
  readonly expression?: string;
  readonly resource?: string;
  readonly response?: { readonly type: string; readonly outputs: readonly { readonly key: string }[] };
  readonly view?: { readonly formatter?: { readonly expression: string } };
  readonly events?: readonly string[];
  readonly handler?: string;
}

const manifest = parse(readFileSync('manifest.yml', 'utf8')) as {
  readonly permissions: { readonly scopes: readonly string[]; readonly external?: unknown };
  readonly modules: Readonly<Record<string, readonly Module[]>>;
};
const functions = manifest.modules['function'] ?? [];
const modules = Object.entries(manifest.modules)
  .filter(([type]) => type !== 'function')
  .flatMap(([, list]) => list);
const sources = filesUnder('src').map((file) => ({ file, text: readFileSync(file, 'utf8') }));

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesUnder(join(folder, entry.name))
      : entry.name.endsWith('.ts')
        ? [join(folder, entry.name)]
        : [],
  );
}

describe('functions', () => {
  const referenced = new Set(
    modules.flatMap((one) => [one.function, one.resolver?.function]).filter((key) => key !== undefined),
  );

  it('are all referenced by a module', () => {
    expect(functions.map(({ key }) => key).filter((key) => !referenced.has(key))).toEqual([]);
  });

  it('that modules reference are all defined', () => {
    expect([...referenced].filter((key) => !functions.some((one) => one.key === key))).toEqual([]);
  });

  it.each(['index', 'panel', 'register', 'admin', 'pipelines', 'jobs'])(
    'are exported by src/%s.ts in the order of the manifest',
    (file) => {
      const exported = /export \{([^}]*)\}/.exec(readFileSync(`src/${file}.ts`, 'utf8'))?.[1] ?? '';
      const names = exported
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
      const handlers = functions.flatMap(({ handler = '' }) => (handler.startsWith(`${file}.`) ? [handler] : []));
      expect(handlers).toEqual(names.map((name) => `${file}.${name}`));
    },
  );
});

it('has module keys that are unique over all module types', () => {
  const keys = [...modules, ...functions].map(({ key }) => key);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

describe('no egress and no unauthenticated content (Runs on Atlassian)', () => {
  it('declares nothing external', () => {
    expect(manifest.permissions.external).toBeUndefined();
  });

  it('has static web triggers only, with at most 20 outputs', () => {
    for (const trigger of manifest.modules['webtrigger'] ?? []) {
      expect(trigger.response?.type).toBe('static');
      expect(trigger.response?.outputs.length).toBeLessThanOrEqual(20);
    }
  });

  it('never calls fetch', () => {
    expect(
      sources
        .filter(({ file, text }) => !file.startsWith('src/cli') && /(?<![\w.'-])fetch\(/.test(text))
        .map(({ file }) => file),
    ).toEqual([]);
  });
});

it('does not use UI Kit 1', () => {
  const packages = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
  expect(packages['dependencies']).not.toHaveProperty(['@forge/ui']);
  expect(sources.filter(({ text }) => text.includes("'@forge/ui")).map(({ file }) => file)).toEqual([]);
  const screens = ['jira:issuePanel', 'jira:projectPage', 'jira:adminPage'].flatMap(
    (type) => manifest.modules[type] ?? [],
  );
  for (const screen of screens) expect(screen.resource).toBe('screens');
});

describe('expressions', () => {
  const shipped = modules.flatMap((one) => [
    ...(one.expression === undefined ? [] : [{ key: one.key, expression: one.expression }]),
    ...(one.view?.formatter === undefined ? [] : [{ key: one.key, expression: one.view.formatter.expression }]),
  ]);

  it.each(shipped)('of $key parses within the limits of Jira', ({ expression }) => {
    expect(analyse(expression, 'syntax', {})).toMatchObject({ valid: true });
  });
});

describe('scopes', () => {
  const has = (scope: string) => manifest.permissions.scopes.includes(scope);

  it('include storage:app while storage is used', () => {
    expect(sources.some(({ text }) => text.includes("from '@forge/kvs'"))).toBe(has('storage:app'));
  });

  it('are each justified in a comment above them', () => {
    const lines = readFileSync('manifest.yml', 'utf8').split('\n');
    const unjustified = lines.filter(
      (line, i) => /^ {4}- (read|write|manage|storage):/.test(line) && !lines[i - 1]?.trim().startsWith('#'),
    );
    expect(unjustified).toEqual([]);
  });

  if (!existsSync(OPENAPI)) {
    it.skip(`not run without the corpus: scopes against the official OpenAPI document`, () => undefined);
    return;
  }

  it('are exactly those that the REST calls, events and modules need', () => {
    const needed = new Set([
      ...restCalls()
        .filter(({ path }) => path.startsWith('/rest/api/3/'))
        .flatMap(({ method, path }) => classicScopes(method, path)),
      // Jira Service Management REST API, "Get approvals".
      ...restCalls().flatMap(({ path }) =>
        path === '/rest/servicedeskapi/request/{}/approval' ? ['read:servicedesk-request'] : [],
      ),
      ...graphScopes(),
      // Product events and the post function: forge-platform "events" map of @forge/manifest.
      'read:jira-work',
      'manage:jira-configuration',
      'storage:app',
      // Optional today, announced as mandatory (OpenAPI, /app/field/value).
      'write:app-data:jira',
    ]);
    expect([...needed].sort()).toEqual([...manifest.permissions.scopes].sort());
  });
});

function restCalls(): { method: string; path: string }[] {
  return sources.flatMap(({ text }) =>
    [...text.matchAll(/route`(\/rest\/[^`?]*)[^`]*`,\s*\{([^}]*)/g)].map(([, path = '', options = '']) => ({
      method: /method: '(\w+)'/.exec(options)?.[1]?.toLowerCase() ?? 'get',
      path: path.replace(/\$\{[^}]*\}/g, '{}'),
    })),
  );
}

/** The Teamwork Graph's scope of each object that a query relates to a work item (its "Scopes" page). */
function graphScopes(): readonly string[] {
  const related = sources.flatMap(({ text }) =>
    [...text.matchAll(/jira_work_item_links_external_([a-z_]+)/g)].map(([, name = '']) => name.replaceAll('_', '-')),
  );
  return related.length === 0 ? [] : ['read:graph:issue:jira', ...related.map((name) => `read:graph:${name}:external`)];
}

interface Operation {
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

/** The classic OAuth 2.0 scopes of an operation, as the official document has them under `security`. */
function classicScopes(method: string, path: string): readonly string[] {
  const document = JSON.parse(readFileSync(OPENAPI, 'utf8')) as { paths: Record<string, Record<string, Operation>> };
  const pattern = Object.keys(document.paths).find((one) => one.replace(/\{[^}]*\}/g, '{}') === path);
  const operation = pattern === undefined ? undefined : document.paths[pattern]?.[method];
  if (operation === undefined) throw new Error(`${method} ${path} is not in the OpenAPI document`);
  return (operation.security ?? []).flatMap((one) => one['OAuth2'] ?? []);
}

it('names the same version as the packs do', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(readFileSync('src/handlers/version.ts', 'utf8')).toContain(`'${version}'`);
});
