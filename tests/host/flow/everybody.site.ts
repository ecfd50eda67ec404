import { createHmac } from 'node:crypto';
import { signedHeaders } from '../../../src/providers/envelope';
import type { PolicyForm, PolicyView } from '../../../src/contract/policy';
import type { PeopleView } from '../../../src/contract/people';
import { paragraphs } from '../seed/person';
import { attempt, type Drive } from './drive';
import type { TypeCase } from './everybody.table';
import type { Site } from './everybody.ways';

/** The site's clock when it starts; it runs on from there. */
const START = Date.parse('2026-03-02T09:00:00Z');
export const COMMIT = 'c0ffee'.padEnd(40, '0');

const TEXTS = {
  Scope: 'One rule on the enclave firewall.',
  Justification: 'Updates are carried by USB stick today.',
  'Security impact analysis': 'Opens one logged flow from a managed host.',
  'Test plan': 'Transfer from the jump host works, from another host it does not.',
  'Backout plan': 'Disable the rule and push the previous policy.',
};

const TEMPLATE: PolicyForm['templates'][number] = {
  id: 'firewall-rule',
  name: 'A firewall rule of the usual kind',
  approvedBy: 'Cora Authority',
  approvedAt: '2026-01-05T09:00:00.000Z',
  expiresAt: '2027-01-05T09:00:00.000Z',
  systems: ['CUI enclave firewall'],
  content: {
    scope: TEXTS.Scope,
    justification: TEXTS.Justification,
    securityImpactAnalysis: TEXTS['Security impact analysis'],
    testPlan: TEXTS['Test plan'],
    backoutPlan: TEXTS['Backout plan'],
  },
  maxWindowHours: null,
};

/** The site as the matrix needs it: a catalogue with a template, and reporter and assignee on the Approve screen. */
export class MatrixSite {
  private fields: Readonly<Record<string, string>> = {};
  private names: Site['accounts'] = {};
  private nonces = 0;
  private readonly started = Date.now();

  constructor(readonly drive: Drive) {}

  async ready(users: readonly string[]): Promise<void> {
    const admin = this.drive.as('admin');
    const list = (await admin.request('GET', '/rest/api/3/field')) as { id: string; name: string }[];
    this.fields = Object.fromEntries(list.map(({ id, name }) => [name, id]));
    const accounts = await Promise.all(users.map((user) => this.drive.accountOf(user)));
    this.names = Object.fromEntries(users.map((user, i) => [user, accounts[i] ?? '']));
    await this.widenApproveScreen();
    const ask = (functionKey: string, payload: unknown = {}) =>
      admin.request('POST', '/forge/invoke/change-control-admin', { functionKey, payload, context: {} });
    const { version, policy } = (await ask('policy.read')) as PolicyView;
    await ask('policy.save', { basedOn: version, policy: { ...policy, templates: [TEMPLATE] }, reason: 'A template.' });
  }

  private async widenApproveScreen(): Promise<void> {
    const admin = this.drive.as('admin');
    const { values } = (await admin.request('GET', '/rest/api/3/screens?maxResults=100')) as {
      values: { id: number; name: string }[];
    };
    const screen = values.find(({ name }) => name === 'Approve screen');
    if (screen === undefined) throw new Error('the site has no Approve screen');
    const [tab] = (await admin.request('GET', `/rest/api/3/screens/${screen.id}/tabs`)) as { id: number }[];
    for (const fieldId of ['reporter', 'assignee'])
      await admin.request('POST', `/rest/api/3/screens/${screen.id}/tabs/${tab?.id}/fields`, { fieldId });
  }

  async ids(key: string): Promise<Site> {
    return {
      approve: await this.drive.transitionId(key, 'Approve', 'authority'),
      decisionState: this.fieldId('Change decision state'),
      participants: this.fieldId('Change participants'),
      accounts: this.names,
    };
  }

  private fieldId(name: string): string {
    const id = this.fields[name];
    if (id === undefined) throw new Error(`the site has no field ${name}`);
    return id;
  }

  async create({ changeType, systems }: TypeCase): Promise<string> {
    const text = Object.entries(TEXTS).map(([name, value]) => [this.fieldId(name), paragraphs(value)] as const);
    const fields = {
      project: { key: 'CHG' },
      issuetype: { name: 'Change request' },
      summary: `Allow SFTP from the jump host (${changeType})`,
      ...Object.fromEntries(text),
      [this.fieldId('Change type')]: { value: changeType },
      [this.fieldId('Change owner')]: { accountId: this.names['owner'] },
      [this.fieldId('Implementer')]: { accountId: this.names['implementer'] },
      [this.fieldId('Impacted CUI systems')]: systems.map((value) => ({ value })),
      [this.fieldId('Change window start')]: '2026-03-02T08:00:00.000+0000',
      [this.fieldId('Change window end')]: '2026-03-03T20:00:00.000+0000',
    };
    const made = await this.drive.as('requester').request('POST', '/rest/api/3/issue', { fields });
    return (made as { key: string }).key;
  }

  /** One push names them all: the commit that the gate is asked for is linked before anybody decides. */
  async linkCommit(keys: readonly string[]): Promise<void> {
    const body = JSON.stringify({
      ref: 'refs/heads/matrix',
      commits: [
        {
          id: COMMIT,
          message: keys.join(' '),
          timestamp: '2026-03-02T08:30:00Z',
          url: `https://github.com/acme/enclave/commit/${COMMIT}`,
          author: { name: 'Imani', email: 'implementer@example.test' },
          committer: { name: 'Imani', email: 'implementer@example.test' },
        },
      ],
      repository: { full_name: 'acme/enclave' },
      sender: { login: 'imani' },
      pusher: { name: 'imani' },
    });
    const signature = createHmac('sha256', 'local-github-secret').update(body).digest('hex');
    const response = await fetch(`${this.drive.base}/forge/webtrigger/evidence-intake?source=github`, {
      method: 'POST',
      body,
      headers: {
        'Content-Type': 'application/json',
        'X-GitHub-Event': 'push',
        'X-GitHub-Delivery': 'matrix',
        'X-Hub-Signature-256': `sha256=${signature}`,
      },
    });
    if (response.status !== 202) throw new Error(`the push was answered ${response.status}`);
  }

  /** What the gate says of deploying the commit now. */
  async gate(change: string): Promise<string> {
    const body = JSON.stringify({
      change,
      environment: 'production',
      commits: [COMMIT],
      actor: { name: 'implementer', email: 'implementer@example.test' },
    });
    this.nonces += 1;
    const nonce = `matrix-${String(this.nonces).padStart(16, '0')}`;
    const response = await fetch(`${this.drive.base}/forge/webtrigger/deploy-gate`, {
      method: 'POST',
      body,
      headers: signedHeaders('local-gate-secret', {
        timestamp: Math.floor((START + Date.now() - this.started) / 1000),
        nonce,
        body,
      }),
    });
    return ((await response.json()) as { verdict: string }).verdict;
  }

  /** The status now and how often Jira's changelog has it moved. */
  async statusOf(key: string): Promise<{ status: string; moves: number }> {
    const issue = (await this.drive
      .as('admin')
      .request('GET', `/rest/api/3/issue/${key}?fields=status&expand=changelog`)) as {
      fields: { status: { name: string } };
      changelog: { histories: { items: { field: string }[] }[] };
    };
    const moves = issue.changelog.histories.filter(({ items }) => items.some(({ field }) => field === 'status'));
    return { status: issue.fields.status.name, moves: moves.length };
  }

  /** An administrator says that these accounts are of one person. */
  async join({ accounts }: Site, users: readonly string[]): Promise<void> {
    const ask = (functionKey: string, payload: unknown = {}) =>
      this.drive
        .as('admin')
        .request('POST', '/forge/invoke/change-control-admin', { functionKey, payload, context: {} });
    const { version } = (await ask('people.read')) as PeopleView;
    const named = users.map((user) => accounts[user] ?? '');
    const one = { id: 'joined', name: users.join(' and '), accounts: named, identities: [], organisation: null };
    await ask('people.save', { basedOn: version, people: [one], reason: 'They are one person.' });
  }

  /** A way past every rule: a transition from any status to Approved without any of ours, put in by an administrator. */
  async openAnyStatus(): Promise<string> {
    const admin = this.drive.as('admin');
    const read = (await admin.request('POST', '/rest/api/3/workflows', {
      workflowNames: ['Change control workflow'],
    })) as { statuses: { name: string; statusReference: string }[]; workflows: Record<string, unknown>[] };
    const [before = {}] = read.workflows;
    const approved = read.statuses.find(({ name }) => name === 'Approved')?.statusReference;
    const force = {
      id: '901',
      name: 'Force',
      type: 'GLOBAL',
      toStatusReference: approved,
      links: [],
      validators: [],
      actions: [],
      triggers: [],
      properties: {},
    };
    const { id, version, description, statuses, startPointLayout } = before;
    const transitions = [...(before['transitions'] as unknown[]), force];
    const workflow = { id, version, description, statuses, startPointLayout, transitions };
    await admin.request('POST', '/rest/api/3/workflows/update', { statuses: read.statuses, workflows: [workflow] });
    return force.id;
  }

  async force(key: string, who: string, id: string): Promise<number> {
    const body = { transition: { id } };
    return (await attempt(() => this.drive.as(who).request('POST', `/rest/api/3/issue/${key}/transitions`, body)))
      .status;
  }
}
