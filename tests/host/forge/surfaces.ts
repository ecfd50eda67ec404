import type { JiraSite } from '../contract';
import { moduleAri, SITE, type Manifest } from './manifest';
import { InvokeRefusal } from './refusal';

export interface SurfaceContext {
  readonly issueKey?: string;
  readonly projectKey?: string;
}

export interface Surface {
  readonly moduleKey: string;
  readonly resolver: string;
  readonly extension: Readonly<Record<string, unknown>>;
}

const RULE_TYPES = ['jira:workflowValidator', 'jira:workflowCondition', 'jira:workflowPostFunction'] as const;

/** The app's modules that people see, and who may see each. Forge hides a surface together with what it belongs to. */
export class Surfaces {
  constructor(
    private readonly manifest: Manifest,
    private readonly jira: () => JiraSite,
    private readonly siteUrl: () => string,
  ) {}

  /** Throws InvokeRefusal: 404 for what does not exist, 403 for what this person may not see. */
  async open(moduleKey: string, accountId: string, context: SurfaceContext): Promise<Surface> {
    const { modules } = this.manifest;
    const of = (type: 'jira:issuePanel' | 'jira:projectPage' | 'jira:adminPage' | (typeof RULE_TYPES)[number]) =>
      modules[type].find(({ key }) => key === moduleKey);
    const panel = of('jira:issuePanel');
    if (panel !== undefined) return surface(moduleKey, panel, this.#panel(accountId, context));
    const page = of('jira:projectPage');
    if (page !== undefined) return surface(moduleKey, page, await this.#projectPage(accountId, context));
    const admin = of('jira:adminPage');
    if (admin !== undefined) return surface(moduleKey, admin, this.#forAdmins(accountId, 'jira:adminPage'));
    for (const type of RULE_TYPES) {
      const rule = of(type);
      if (rule !== undefined) return surface(moduleKey, rule, this.#forAdmins(accountId, type));
    }
    throw new InvokeRefusal(404, 'unknown-module', `The app has no module ${moduleKey} that people see.`);
  }

  /** What the bridge's getContext answers; the resolver's own context is the same without what only a screen needs. */
  frameContext(
    moduleKey: string,
    accountId: string,
    extension: Readonly<Record<string, unknown>>,
  ): Record<string, unknown> {
    return {
      accountId,
      cloudId: SITE.cloudId,
      localId: moduleAri(this.manifest, moduleKey),
      moduleKey,
      siteUrl: this.siteUrl(),
      environmentId: SITE.environmentId,
      environmentType: SITE.environmentType,
      locale: 'en_US',
      timezone: 'UTC',
      extension,
    };
  }

  /** As `open`, without asking who may see it: for a page that has asked already. */
  extension(moduleKey: string, { issueKey, projectKey }: SurfaceContext): Readonly<Record<string, unknown>> {
    const { modules } = this.manifest;
    const has = (type: keyof typeof modules): boolean => modules[type].some(({ key }) => key === moduleKey);
    if (has('jira:issuePanel')) return this.#issueExtension(issueKey);
    if (has('jira:projectPage')) return { type: 'jira:projectPage', project: { key: projectKey } };
    const type = (['jira:adminPage', ...RULE_TYPES] as const).find(has);
    if (type === undefined)
      throw new InvokeRefusal(404, 'unknown-module', `The app has no module ${moduleKey} that people see.`);
    return { type };
  }

  #panel(accountId: string, { issueKey }: SurfaceContext): Readonly<Record<string, unknown>> {
    const extension = this.#issueExtension(issueKey);
    if (!this.jira().mayBrowseIssue(accountId, issueKey ?? '')) throw notVisible();
    return extension;
  }

  #issueExtension(issueKey: string | undefined): Readonly<Record<string, unknown>> {
    if (issueKey === undefined) throw new InvokeRefusal(400, 'invalid', 'This module needs context.issueKey.');
    const issue = this.jira().locate(issueKey);
    if (issue === undefined) throw new InvokeRefusal(404, 'no-such-issue', `There is no issue ${issueKey}.`);
    return {
      type: 'jira:issuePanel',
      issue: { id: issue.id, key: issue.key, type: issue.issueType },
      project: { id: issue.projectId, key: issue.projectKey, type: 'software' },
      isNewToIssue: false,
    };
  }

  async #projectPage(accountId: string, { projectKey }: SurfaceContext): Promise<Readonly<Record<string, unknown>>> {
    if (projectKey === undefined) throw new InvokeRefusal(400, 'invalid', 'This module needs context.projectKey.');
    const path = `/rest/api/3/project/${encodeURIComponent(projectKey)}`;
    const call = { method: 'GET', path, headers: {}, body: new Uint8Array(), actor: { kind: 'app' } } as const;
    const found = await this.jira().handle(call);
    if (found.status === 404) throw new InvokeRefusal(404, 'no-such-project', `There is no project ${projectKey}.`);
    if (!this.jira().mayBrowseProject(accountId, projectKey)) throw notVisible();
    return { type: 'jira:projectPage', project: { key: projectKey, type: 'software' } };
  }

  #forAdmins(accountId: string, type: string): Readonly<Record<string, unknown>> {
    if (!this.jira().isAdmin(accountId)) throw notVisible();
    return { type };
  }
}

function surface(
  moduleKey: string,
  module: { readonly resolver?: { readonly function: string } | undefined },
  extension: Readonly<Record<string, unknown>>,
): Surface {
  if (module.resolver === undefined) {
    throw new InvokeRefusal(404, 'unknown-function', `${moduleKey} has no resolver.`);
  }
  return { moduleKey, resolver: module.resolver.function, extension };
}

const notVisible = (): InvokeRefusal => new InvokeRefusal(403, 'not-visible', 'You may not see this.');
