import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import type { ManifestModules } from '../contract';

const strings = z.array(z.string());
const key = { key: z.string() };
const resolver = z.optional(z.object({ function: z.string() }));
const surface = z.object({ ...key, title: z.optional(z.string()), resource: z.string(), resolver });
const rule = z.object({
  ...key,
  name: z.string(),
  expression: z.optional(z.string()),
  function: z.optional(z.string()),
  errorMessage: z.optional(z.string()),
  configurationDescription: z.optional(z.object({ expression: z.string() })),
  resolver,
});
const output = z.object({
  ...key,
  statusCode: z.int(),
  contentType: z.optional(z.string()),
  body: z.optional(z.string()),
});
const entity = z.object({
  name: z.string(),
  attributes: z.record(z.string(), z.object({ type: z.string() })),
  indexes: z.optional(
    z.array(z.union([z.string(), z.object({ name: z.string(), range: strings, partition: z.optional(strings) })])),
  ),
});

const schema = z.object({
  app: z.object({
    id: z.string(),
    runtime: z.object({ name: z.string(), memoryMB: z.optional(z.number()) }),
    storage: z.optional(z.object({ entities: z.optional(z.array(entity)) })),
  }),
  permissions: z.object({ scopes: strings }),
  modules: z.object({
    function: z.array(z.object({ ...key, handler: z.string(), timeoutSeconds: z.optional(z.number()) })),
    'jira:workflowValidator': z._default(z.array(rule), []),
    'jira:workflowCondition': z._default(z.array(rule), []),
    'jira:workflowPostFunction': z._default(z.array(rule), []),
    'jira:issuePanel': z._default(z.array(surface), []),
    'jira:projectPage': z._default(z.array(surface), []),
    'jira:adminPage': z._default(z.array(surface), []),
    'jira:customField': z._default(
      z.array(
        z.object({
          ...key,
          name: z.string(),
          description: z.string(),
          type: z.string(),
          collection: z.optional(z.enum(['none', 'list'])),
          readOnly: z.optional(z.boolean()),
          view: z.optional(z.object({ formatter: z.optional(z.object({ expression: z.string() })) })),
        }),
      ),
      [],
    ),
    trigger: z._default(
      z.array(
        z.object({
          ...key,
          function: z.string(),
          events: strings,
          // A filter that is not known here would let events through that Forge holds back.
          filter: z.optional(z.strictObject({ ignoreSelf: z.optional(z.boolean()) })),
        }),
      ),
      [],
    ),
    consumer: z._default(z.array(z.object({ ...key, queue: z.string(), function: z.string() })), []),
    scheduledTrigger: z._default(
      z.array(z.object({ ...key, function: z.string(), interval: z.enum(['fiveMinute', 'hour', 'day', 'week']) })),
      [],
    ),
    webtrigger: z._default(
      z.array(
        z.object({
          ...key,
          function: z.string(),
          response: z.object({ type: z.literal('static'), outputs: z.array(output) }),
        }),
      ),
      [],
    ),
  }),
});

export type Manifest = z.infer<typeof schema>;
export type EntityDeclaration = z.infer<typeof entity>;
export type WebTriggerOutput = z.infer<typeof output>;

export class ManifestError extends Error {}

/** Reads manifest.yml. Whatever the site would have to guess about is refused. */
export function readManifest(file: string): Manifest {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ManifestError(`${file} cannot be run here: ${issues.join('; ')}`);
}

/** Stable for the site: one installation in one environment. */
export const SITE = {
  cloudId: 'c1d2e3f4-0a1b-4c2d-8e3f-4a5b6c7d8e9f',
  environmentId: '0b9f1c3e-7a52-4d1c-9d64-5f6c2b1a0e77',
  installationId: '5f3b2a19-8c4d-4e6f-a1b2-c3d4e5f60718',
  environmentType: 'DEVELOPMENT',
} as const;

/** The part after the last slash of the app's ARI. */
export const appId = (manifest: Manifest): string => manifest.app.id.split('/').at(-1) ?? manifest.app.id;

/** `ari:cloud:ecosystem::extension/{appId}/{environmentId}/static/{moduleKey}`, as in a workflow's rule parameters. */
export const moduleAri = (manifest: Manifest, moduleKey: string): string =>
  `ari:cloud:ecosystem::extension/${appId(manifest)}/${SITE.environmentId}/static/${moduleKey}`;

/** What Jira knows of the installed app. */
export function modulesForJira(manifest: Manifest): ManifestModules {
  const { modules } = manifest;
  const common = (module: { readonly key: string; readonly name: string }) => ({
    moduleKey: module.key,
    ari: moduleAri(manifest, module.key),
    name: module.name,
  });
  return {
    customFields: modules['jira:customField'].map((field) => ({
      key: `${appId(manifest)}__LOCAL__${field.key}`,
      moduleKey: field.key,
      name: field.name,
      description: field.description,
      type: field.type,
      list: field.collection === 'list',
      readOnly: field.readOnly ?? false,
      formatter: field.view?.formatter?.expression ?? null,
    })),
    conditions: modules['jira:workflowCondition'].map((module) => ({
      ...common(module),
      configurationDescription: module.configurationDescription?.expression ?? null,
      expression: module.expression ?? 'false',
    })),
    validators: modules['jira:workflowValidator'].map((module) => ({
      ...common(module),
      configurationDescription: module.configurationDescription?.expression ?? null,
      expression: module.expression ?? null,
      function: module.function ?? null,
      errorMessage: module.errorMessage ?? null,
    })),
    postFunctions: modules['jira:workflowPostFunction'].flatMap((module) =>
      module.function === undefined ? [] : [{ ...common(module), function: module.function }],
    ),
  };
}
