import { Person, RouteError, type FieldValues } from '../seed/person';
import type { ChangeView, DecisionView } from '../../../src/contract/panel';

/** What a refusal or an answer was, without throwing: tests assert on both. */
export interface Answered<T = unknown> {
  readonly status: number;
  readonly body: T;
}

export async function attempt(work: () => Promise<unknown>): Promise<Answered> {
  try {
    return { status: 200, body: await work() };
  } catch (failure) {
    if (failure instanceof RouteError) return { status: failure.status, body: parsed(failure.answer) };
    throw failure;
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/** A running site as tests drive it, exactly over the documented routes. */
export class Drive {
  constructor(readonly base: string) {}

  as(userName: string): Person {
    return new Person(this.base, userName);
  }

  async accountOf(userName: string): Promise<string> {
    return ((await this.as(userName).request('GET', '/rest/api/3/myself')) as { accountId: string }).accountId;
  }

  async settle(): Promise<{ events: number; jobs: number; retries: number }> {
    return (await this.as('admin').request('POST', '/forge/drain')) as {
      events: number;
      jobs: number;
      retries: number;
    };
  }

  async clock(now: string): Promise<void> {
    await this.as('admin').request('POST', '/forge/clock', { now });
  }

  async faults(faults: unknown): Promise<void> {
    await this.as('admin').request('POST', '/forge/faults', faults);
  }

  /** A complete change request; `overrides` replace fields, `undefined` leaves one out. */
  async propose(overrides: FieldValues = {}, by = 'requester'): Promise<string> {
    const values = { ...(await this.complete()), ...overrides };
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
    const key = await this.as(by).create('CHG', 'Change request', given);
    await this.settle();
    return key;
  }

  async complete(): Promise<FieldValues> {
    return {
      Summary: 'Allow SFTP from the jump host',
      Description: 'The jump host delivers update bundles.',
      'Change type': 'Normal',
      'Change owner': await this.accountOf('owner'),
      Implementer: await this.accountOf('implementer'),
      Scope: 'One rule on the enclave firewall.',
      'Impacted CUI systems': ['CUI enclave firewall'],
      Justification: 'Updates are carried by USB stick today.',
      'Security impact analysis': 'Opens one logged flow from a managed host.',
      'Test plan': 'Transfer from the jump host works, from another host it does not.',
      'Backout plan': 'Disable the rule and push the previous policy.',
      'Change window start': '2026-03-02T08:00:00.000+0000',
      'Change window end': '2026-03-03T20:00:00.000+0000',
    };
  }

  async read(key: string, as = 'auditor'): Promise<ChangeView> {
    return (await this.as(as).invoke(key, 'change.read')) as ChangeView;
  }

  async statusOf(key: string): Promise<string> {
    const issue = (await this.as('admin').request('GET', `/rest/api/3/issue/${key}?fields=status`)) as {
      fields: { status: { name: string } };
    };
    return issue.fields.status.name;
  }

  /** The ids that Jira's changelog has for moves of the status. */
  async movesOf(key: string): Promise<number> {
    const page = (await this.as('admin').request('GET', `/rest/api/3/issue/${key}/changelog?maxResults=100`)) as {
      values: { items: { field: string }[] }[];
    };
    return page.values.filter(({ items }) => items.some(({ field }) => field === 'status')).length;
  }

  async offered(key: string, as: string): Promise<readonly string[]> {
    const answer = (await this.as(as).request('GET', `/rest/api/3/issue/${key}/transitions`)) as {
      transitions: { name: string }[];
    };
    return answer.transitions.map(({ name }) => name);
  }

  /** The transition by its id, looked up as somebody who sees it: for asking what happens to one who is not offered it. */
  async transitionId(key: string, name: string, seenBy: string): Promise<string> {
    const answer = (await this.as(seenBy).request('GET', `/rest/api/3/issue/${key}/transitions`)) as {
      transitions: { id: string; name: string }[];
    };
    const found = answer.transitions.find((one) => one.name === name);
    if (found === undefined) throw new Error(`${name} is not offered to ${seenBy} on ${key}`);
    return found.id;
  }

  /** A bulk transition, waited for: Jira answers with a task and works it off afterwards. */
  async bulk(as: string, body: unknown): Promise<void> {
    const person = this.as(as);
    const { taskId } = (await person.request('POST', '/rest/api/3/bulk/issues/transition', body)) as { taskId: string };
    for (let tries = 0; tries < 200; tries += 1) {
      const { status } = (await person.request('GET', `/rest/api/3/bulk/queue/${taskId}`)) as { status: string };
      if (status === 'COMPLETE') return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the bulk operation did not end');
  }

  validDecisions(view: ChangeView): readonly DecisionView[] {
    return view.decisions.filter(({ valid }) => valid);
  }
}
