import { createHmac, randomBytes } from 'node:crypto';
import type { SetupChoices, SetupSite, SetupView } from '../../../src/contract/setup';
import { signedHeaders } from '../../../src/providers/envelope';
import type { FieldValues } from '../seed/person';
import { attempt, type Drive } from './drive';

export const PROJECT = 'NEW';
const OLD_STATUSES = ['Proposed', 'Approved', 'Scheduled', 'Executed', 'Closed', 'Disapproved', 'Withdrawn'] as const;
const WORKFLOW = 'Change control workflow';

interface Rule {
  parameters: Record<string, string>;
}
interface Transition {
  id: string;
  name: string;
  type: string;
  toStatusReference: string;
  links: unknown[];
  conditions?: { conditions: Rule[] };
  validators: Rule[];
  actions: unknown[];
}
interface Workflow {
  id: string;
  name: string;
  version: unknown;
  statuses: { statusReference: string }[];
  transitions: Transition[];
}
interface Status {
  id?: string;
  name: string;
  statusReference: string;
  statusCategory: string;
}

/** A site whose team worked in `NEW` by rules of its own before change control came: as its admin drives it. */
export class ExistingSite {
  constructor(readonly drive: Drive) {}

  admin(method: string, path: string, body?: unknown): Promise<unknown> {
    return this.drive.as('admin').request(method, path, body);
  }

  ask(functionKey: string, payload: unknown = {}, as = 'admin'): Promise<unknown> {
    const body = { functionKey, payload, context: {} };
    return this.drive.as(as).request('POST', '/forge/invoke/change-control-admin', body);
  }

  register(functionKey: string, payload: unknown = {}, as = 'reviewer'): Promise<unknown> {
    const body = { functionKey, payload, context: { projectKey: PROJECT } };
    return this.drive.as(as).request('POST', '/forge/invoke/change-register', body);
  }

  /** A complete change request; `overrides` replace fields. */
  async propose(overrides: FieldValues = {}, by = 'requester'): Promise<string> {
    const values = { ...(await this.drive.complete()), ...overrides };
    const key = await this.drive.as(by).create(PROJECT, 'Task', values);
    await this.drive.settle();
    return key;
  }

  async #sent(path: string, body: string, headers: Readonly<Record<string, string>>) {
    const url = `${this.drive.base}/forge/webtrigger/${path}`;
    const response = await fetch(url, { method: 'POST', body, headers });
    return { status: response.status, body: (await response.json()) as Readonly<Record<string, string>> };
  }

  /** A delivery as GitHub signs it. */
  async github(event: string, payload: unknown): Promise<string> {
    const body = JSON.stringify(payload);
    const answer = await this.#sent('evidence-intake?source=github', body, {
      'Content-Type': 'application/json',
      'X-GitHub-Event': event,
      'X-GitHub-Delivery': randomBytes(16).toString('hex'),
      'X-Hub-Signature-256': `sha256=${createHmac('sha256', 'local-github-secret').update(body).digest('hex')}`,
    });
    return answer.body['result'] ?? String(answer.status);
  }

  /** What a pipeline is answered that asks for this commit to go to production now. */
  async gate(change: string, commit = 'a'.repeat(40)): Promise<string> {
    const { now } = (await this.admin('GET', '/forge/clock')) as { now: string };
    const actor = { name: 'Imani Clarke' };
    const body = JSON.stringify({ change, environment: 'production', commits: [commit], actor });
    const nonce = randomBytes(24).toString('base64url');
    const timestamp = Math.floor(Date.parse(now) / 1000);
    const answer = await this.#sent('deploy-gate', body, {
      ...signedHeaders('local-gate-secret', { timestamp, nonce, body }),
    });
    return answer.body['verdict'] ?? String(answer.status);
  }

  async pack(key: string, as = 'auditor'): Promise<Uint8Array> {
    const response = await fetch(`${this.drive.base}/forge/pack/${key}`, {
      method: 'POST',
      headers: { Authorization: `Basic ${Buffer.from(`${as}:local`).toString('base64')}` },
    });
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** Saves the workflow as the admin does in the editor. */
  async editWorkflow(name: string, edit: (workflow: Workflow, statuses: Status[]) => void): Promise<void> {
    const read = (await this.admin('POST', '/rest/api/3/workflows', { workflowNames: [name] })) as {
      workflows: Workflow[];
      statuses: Status[];
    };
    const [workflow] = read.workflows;
    if (workflow === undefined) throw new Error(`no workflow ${name}`);
    const known = read.statuses.map(({ id, name: called, statusReference, statusCategory }) => ({
      id: id ?? statusReference,
      name: called,
      statusReference,
      statusCategory,
    }));
    edit(workflow, known);
    const { id, version, statuses, transitions } = workflow;
    const body = { statuses: known, workflows: [{ id, version, statuses, transitions }] };
    await this.admin('POST', '/rest/api/3/workflows/update', body);
  }

  controlledWorkflow(edit: (workflow: Workflow, statuses: Status[]) => void): Promise<void> {
    return this.editWorkflow(WORKFLOW, edit);
  }

  /** Statuses with our names and no rule on the way to any of them. */
  async workedBefore(): Promise<void> {
    const made = (await this.admin('POST', '/rest/api/3/statuses', {
      scope: { type: 'GLOBAL' },
      statuses: OLD_STATUSES.map((name) => ({ name, statusCategory: 'IN_PROGRESS' })),
    })) as { id: string; name: string }[];
    const { values } = (await this.admin('GET', '/rest/api/3/workflows/search?maxResults=50')) as {
      values: { name: string }[];
    };
    const [old] = values;
    await this.editWorkflow(old?.name ?? '', (workflow, statuses) => {
      for (const [at, { id, name }] of made.entries()) {
        statuses.push({ id, name, statusReference: id, statusCategory: 'IN_PROGRESS' });
        workflow.statuses.push({ statusReference: id });
        workflow.transitions.push(anyStatus(transitionId(at), name, id));
      }
    });
  }

  /** `count` tasks, spread over every status; answers their keys, oldest first. */
  async tasks(count: number): Promise<readonly string[]> {
    const keys: string[] = [];
    const requester = this.drive.as('requester');
    for (let i = 0; i < count; i += 1) {
      const fields = { project: { key: PROJECT }, issuetype: { name: 'Task' }, summary: `Task ${i} from before` };
      const { key } = (await requester.request('POST', '/rest/api/3/issue', { fields })) as { key: string };
      const transition = { id: transitionId(i % OLD_STATUSES.length) };
      await requester.request('POST', `/rest/api/3/issue/${key}/transitions`, { transition });
      keys.push(key);
    }
    return keys;
  }

  async choices(): Promise<SetupChoices> {
    const { projects, roles, issueTypes } = (await this.ask('setup.site')) as SetupSite;
    return {
      projects: projects.values.map(({ id, key, name }) => ({ id, key, name })),
      fields: {},
      statuses: {},
      issueTypeId: issueTypes.find(({ name }) => name === 'Task')?.id ?? null,
      systems: ['CUI enclave firewall'],
      roles: roles.map(({ key, group, groupId }) => ({ key, group, groupId, members: [] })),
      moves: {},
    };
  }

  /** As the screen does it. */
  async apply(choices: SetupChoices): Promise<SetupView> {
    for (let calls = 0; calls < 100; calls += 1) {
      const { status, body } = await attempt(() => this.ask('setup.apply', { choices }));
      if (status === 200 && (body as SetupView).state === 'done') return body as SetupView;
      if (status !== 200) throw new Error(JSON.stringify(body));
    }
    throw new Error('set-up did not end');
  }
}

const transitionId = (at: number): string => String(901 + at);

export const anyStatus = (id: string, name: string, to: string): Transition => ({
  id,
  name,
  type: 'GLOBAL',
  toStatusReference: to,
  links: [],
  validators: [],
  actions: [],
});
