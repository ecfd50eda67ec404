import { Person, RouteError, type FieldValues } from './person';
import {
  checkRun,
  deliver,
  deployment,
  deploymentStatus,
  pullRequest,
  push,
  review,
  workflowRun,
  type Payload,
  type Work,
} from './github';
import { askGate, handIn, type Question } from './hand-in';

export type Who =
  | 'requester'
  | 'owner'
  | 'implementer'
  | 'reviewer'
  | 'reviewer2'
  | 'authority'
  | 'authority2'
  | 'emergency'
  | 'msp'
  | 'admin'
  | 'auditor'
  | 'bot';

/** Whose a signing key is. */
type KeyHolder =
  { readonly kind: 'account'; readonly accountId: string } | { readonly kind: 'organisation'; readonly name: string };

const HOUR_MS = 3_600_000;

/** Where a story plays: the people, and a clock that is moved to each scene. Every date is relative to the start. */
export class Stage {
  private opens = 0;

  private constructor(
    readonly base: string,
    private readonly start: Date,
    private readonly accounts: ReadonlyMap<string, string>,
  ) {}

  static async open(base: string, start: Date, names: readonly string[]): Promise<Stage> {
    const accounts = await Promise.all(
      names.map(async (name) => {
        const { accountId } = (await new Person(base, name).request('GET', '/rest/api/3/myself')) as {
          accountId: string;
        };
        return [name, accountId] as const;
      }),
    );
    return new Stage(base, start, new Map(accounts));
  }

  as(name: Who): Person {
    return new Person(this.base, name);
  }

  accountOf(name: Who): string {
    const account = this.accounts.get(name);
    if (account === undefined) throw new Error(`the site has no ${name}`);
    return account;
  }

  /** A story begins this many days before the site's start. */
  async daysAgo(days: number): Promise<void> {
    this.opens = this.start.getTime() - days * 24 * HOUR_MS;
    await this.hour(0);
  }

  /** The instant this many hours after the story began. */
  time(hours: number): Date {
    return new Date(this.opens + hours * HOUR_MS);
  }

  async hour(hours: number): Promise<void> {
    await this.admin('POST', '/forge/clock', { now: this.time(hours).toISOString() });
  }

  /** Lets the app do what it has been told of. */
  async settle(): Promise<void> {
    await this.admin('POST', '/forge/drain');
  }

  async end(): Promise<void> {
    await this.settle();
    await this.admin('POST', '/forge/clock', { now: this.start.toISOString() });
    await this.admin('POST', '/forge/scheduled/reconcile');
    await this.settle();
  }

  /** While `work` runs no event reaches the app. */
  async withoutEvents(work: () => Promise<void>): Promise<void> {
    await this.admin('POST', '/forge/faults', { events: { drop: 1 } });
    try {
      await work();
      await this.settle();
    } finally {
      await this.admin('POST', '/forge/faults', {});
    }
  }

  async propose(values: FieldValues, by: Who = 'requester'): Promise<string> {
    const key = await this.as(by).create('CHG', 'Change request', values);
    await this.settle();
    return key;
  }

  /** One sign-off in the panel, then the transition by somebody of the other role. */
  async approve(key: string, hours: number, first: [Who, string], second: Who): Promise<void> {
    await this.hour(hours);
    await this.as(first[0]).decide(key, 'approved', first[1]);
    await this.hour(hours + 0.5);
    await this.as(second).move(key, 'Approve');
    await this.settle();
  }

  /** Says of every required action that is still open that it is done. */
  async settleActions(key: string, by: Who, note: string): Promise<void> {
    const { actions } = (await this.as(by).invoke(key, 'change.read')) as {
      actions: readonly { decision: number; action: number; outcome: string }[];
    };
    for (const { decision, action, outcome } of actions)
      if (outcome === 'open')
        await this.as(by).invoke(key, 'action.settle', { decision, action, outcome: 'done', note });
  }

  /** The usual deliveries of a piece of work: pushed, reviewed, tested and, when `deployed` says when, deployed. */
  async develop(
    work: Work,
    hours: number,
    options: { readonly reviewed?: boolean; readonly deployed?: number } = {},
  ): Promise<void> {
    await this.deliver(hours, 'push', (at) => push(work, at));
    await this.deliver(hours + 0.1, 'pull_request', (at) => pullRequest(work, at, 'opened'));
    await this.deliver(hours + 0.3, 'workflow_run', (at) => workflowRun(work, at, 'success'));
    await this.deliver(hours + 0.3, 'check_run', (at) => checkRun(work, at, 'tflint', 'success'));
    if (options.reviewed !== false)
      await this.deliver(hours + 1, 'pull_request_review', (at) => review(work, at, 'approved'));
    await this.settle();
    if (options.deployed !== undefined) await this.deploy(work, options.deployed);
  }

  /** One delivery of GitHub's, at the hour of what it tells. */
  async deliver(hours: number, event: string, payload: (at: Date) => Payload): Promise<void> {
    await this.hour(hours);
    await deliver(this.base, event, payload(this.time(hours)));
  }

  async deploy(work: Work, hours: number): Promise<void> {
    await this.deliver(hours, 'pull_request', (at) => pullRequest(work, at, 'closed'));
    await this.deliver(hours + 0.1, 'deployment', (at) => deployment(work, at));
    await this.deliver(hours + 0.2, 'deployment_status', (at) => deploymentStatus(work, at, 'success'));
    await this.settle();
  }

  /** A signed envelope at this hour of the story, as any sender's script makes it. */
  async handIn(hours: number, envelope: object): Promise<void> {
    await this.hour(hours);
    await handIn(this.base, this.time(hours), envelope);
    await this.settle();
  }

  /** Asks the deploy gate at this hour of the story; fails when it answers otherwise than the story tells. */
  async ask(hours: number, question: Question, answer: string): Promise<void> {
    await this.hour(hours);
    const given = await askGate(this.base, this.time(hours), question);
    if (given !== answer) throw new Error(`the deploy gate answered ${given} about ${question.change}, not ${answer}`);
    await this.settle();
  }

  /** A call of the admin page. */
  administer(functionKey: string, payload: object = {}): Promise<unknown> {
    const body = { functionKey, payload, context: {} };
    return this.as('admin').request('POST', '/forge/invoke/change-control-admin', body);
  }

  /** An administrator registers the one public key that a text holds. */
  async registerKey(text: string, label: string, whose: KeyHolder, reason: string): Promise<void> {
    const source = { form: 'text', text };
    const { version } = (await this.administer('trust.read')) as { version: string };
    const { keys } = (await this.administer('trust.inspect', { source })) as {
      keys: readonly { fingerprint: string }[];
    };
    const named = keys.map(({ fingerprint }) => ({ fingerprint, label, whose, from: null, until: null }));
    await this.administer('trust.register', { basedOn: version, source, keys: named, reason });
  }

  async assemblePack(key: string, by: Who): Promise<void> {
    await this.as(by).invoke(key, 'pack.start');
    await this.settle();
  }

  private async admin(method: string, path: string, body?: unknown): Promise<void> {
    await new Person(this.base, 'admin').request(method, path, body);
  }
}

/** Runs what is expected to be refused, and fails when it is not. */
export async function refused(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (failure) {
    if (failure instanceof RouteError && failure.status < 500) return;
    throw failure;
  }
  throw new Error('something that should have been refused was done');
}
