import { join } from 'node:path';
import type { Actor, ForgeForJira, JiraAnswer } from '../../../contract';
import { openClock } from '../../../clock';
import { openDatabase } from '../../../database';
import { modulesForJira, readManifest } from '../../../forge/manifest';
import { isObject } from '../../adf';
import type { OpenApi } from '../../checks/openapi';
import type { SiteKind } from '../../create-site';
import { openJira, type OpenJira } from '../../site';
import { workflowEngine } from '../engine';
import { stableUuid } from '../definitions';
import type { RuleKind } from '../model';
import { Workflows } from '../workflow-store';

export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

type Answer = { readonly result: boolean; readonly errorMessage?: string };

/** A rule of a test: `condition`, `validator` (an expression) and `check` (the function validator), or a post function. */
export interface TestRule {
  readonly kind: RuleKind;
  readonly moduleKey: string;
  /** Undefined: never configured. */
  readonly config?: Readonly<Record<string, unknown>>;
}

export const condition = (expression: string): TestRule => ({
  kind: 'condition',
  moduleKey: 'security-reviewer-condition',
  config: { expression },
});
export const validator = (expression: string): TestRule => ({
  kind: 'validator',
  moduleKey: 'required-fields-validator',
  config: { expression },
});
export const check: TestRule = { kind: 'validator', moduleKey: 'change-validator', config: { step: 'approve' } };
export const postFunction: TestRule = { kind: 'post-function', moduleKey: 'record-transition', config: { note: 1 } };

/** Jira with its workflow engine and the modules of the real manifest; the platform's side is in memory and recorded. */
export class WorkflowSite {
  readonly events: { readonly eventType: string; readonly payload: Readonly<Record<string, unknown>> }[] = [];
  readonly postFunctions: { readonly moduleKey: string; readonly payload: unknown }[] = [];
  readonly validated: unknown[] = [];
  /** What the function validator answers. */
  answer: () => Promise<Answer> = () => Promise.resolve({ result: true });
  readonly jira: OpenJira;
  readonly workflows: Workflows;
  private readonly close_: () => void;

  constructor(
    kind: SiteKind = 'empty',
    private readonly openApi?: OpenApi,
  ) {
    const opened = openDatabase(':memory:');
    let machine = Date.parse('2026-03-02T09:00:00.000Z');
    const clock = openClock(opened.database, () => machine++);
    const forge: ForgeForJira = {
      runValidator: (_, payload) => {
        this.validated.push(payload);
        return this.answer();
      },
      callPostFunction: (moduleKey, payload) => this.postFunctions.push({ moduleKey, payload }),
      emit: (eventType, payload) => this.events.push({ eventType, payload }),
      modules: modulesForJira(readManifest(join(__dirname, '../../../../../manifest.yml'))),
    };
    const parts = { database: opened.database, clock, transaction: opened.transaction };
    this.jira = openJira(parts, forge, { baseUrl: 'http://127.0.0.1:4343', kind, workflow: workflowEngine(parts) });
    this.workflows = new Workflows(opened.database);
    this.close_ = () => opened.close();
  }

  close(): void {
    this.close_();
  }

  accountId(userName: string): string {
    return this.jira.accountIdOf(userName) ?? '';
  }

  field(name: string): string {
    return this.jira.store.fields.named(name)?.id ?? '';
  }

  /** Calls as this person or as `app`; answers are held against the OpenAPI document when there is one. */
  async call(who: string, method: string, path: string, body?: unknown): Promise<Answered> {
    const bytes = body === undefined ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(body));
    const actor: Actor = who === 'app' ? { kind: 'app' } : { kind: 'user', accountId: this.accountId(who) };
    const raw = await this.jira.handle({
      method,
      path,
      headers: { 'content-type': 'application/json' },
      body: bytes,
      actor,
    });
    const parsed = parse(raw);
    const problems = this.openApi?.response(method, path, raw.status, parsed) ?? [];
    if (problems.length > 0)
      throw new Error(`${method} ${path} answered ${raw.status}: ${problems.join('; ')} in ${JSON.stringify(parsed)}`);
    return { status: raw.status, body: parsed };
  }

  async create(
    project: 'CHG' | 'OPS' | 'NEW',
    who = 'requester',
    fields: Readonly<Record<string, unknown>> = {},
  ): Promise<string> {
    const issuetype = { name: project === 'CHG' ? 'Change request' : 'Task' };
    const { status, body } = await this.call(who, 'POST', '/rest/api/3/issue', {
      fields: { project: { key: project }, issuetype, summary: 'Firewall', ...fields },
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return textAt(body, 'key');
  }

  status(key: string): string {
    const issue = this.jira.store.issues.find(key);
    return this.jira.store.projects.status(issue?.statusId ?? '')?.name ?? '';
  }

  async offered(who: string, key: string): Promise<readonly string[]> {
    const { body } = await this.call(who, 'GET', `/rest/api/3/issue/${key}/transitions`);
    const transitions = isObject(body) && Array.isArray(body.transitions) ? body.transitions : [];
    return transitions.map((each: unknown) => textAt(each, 'name'));
  }

  idOf(project: string, name: string): string {
    const workflow = this.workflows.ofProject(this.jira.store.projects.find(project)?.id ?? '');
    return workflow?.transitions.find((transition) => transition.name === name)?.id ?? '';
  }

  move(who: string, key: string, name: string, more: Readonly<Record<string, unknown>> = {}): Promise<Answered> {
    const id = this.idOf(key.split('-')[0] ?? '', name);
    return this.call(who, 'POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id }, ...more });
  }

  /** Gives a transition these rules and no others. */
  setRules(project: string, name: string, rules: readonly TestRule[]): void {
    const workflow = this.workflows.ofProject(this.jira.store.projects.find(project)?.id ?? '');
    if (workflow === undefined) throw new Error(`No workflow for ${project}`);
    const { modules } = this.jira.store.forge;
    const made = rules.map(({ kind, moduleKey, config }, at) => {
      const all = [...modules.conditions, ...modules.validators, ...modules.postFunctions];
      const ari = all.find((module) => module.moduleKey === moduleKey)?.ari ?? `ari:gone/${moduleKey}`;
      return {
        id: stableUuid(`test/${name}/${at}`),
        kind,
        moduleKey,
        ari,
        config: config === undefined ? null : JSON.stringify(config),
      };
    });
    this.workflows.replace(
      {
        ...workflow,
        transitions: workflow.transitions.map((transition) =>
          transition.name === name ? { ...transition, rules: made } : transition,
        ),
      },
      this.accountId('admin'),
    );
  }

  changelog(key: string): readonly {
    readonly author: string;
    readonly items: readonly {
      readonly field: string;
      readonly fromString: string | null;
      readonly toString: string | null;
    }[];
  }[] {
    const issue = this.jira.store.issues.find(key);
    return this.jira.store.histories.page(issue?.id ?? '', 'oldest-first');
  }
}

/** The text at a property of an answer; throws when there is none. */
export function textAt(value: unknown, name: string): string {
  const found = isObject(value) ? value[name] : undefined;
  if (typeof found !== 'string') throw new Error(`No text at ${name} in ${JSON.stringify(value)}`);
  return found;
}

function parse({ headers, body }: JiraAnswer): unknown {
  if (headers['content-type']?.startsWith('application/json') !== true) return undefined;
  return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
}

export const adf = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
