import type { SetupPlan, SetupView } from '../../../../src/contract/setup';
import { applySetup } from '../../../../src/handlers/setup/apply';
import { LOCK_SECONDS } from '../../../../src/handlers/setup/lock';
import { planOfSetup } from '../../../../src/handlers/setup/plan';
import { readSetup } from '../../../../src/handlers/setup/site';
import type { SetupPorts } from '../../../../src/handlers/setup/setup-ports';
import type { ResolverCall } from '../../../../src/handlers/resolver-call';
import type { Choices } from '../../../../src/setup/choices';
import type { Fault } from '../../../fakes/store';
import { FakeSiteSetup } from '../../../fakes/site-setup';
import { CHOICES } from '../../setup/a-site';
import { PolicySite } from '../policy/site';

/** A bare site that an admin sets up, and a process that can be killed at any call to Jira or to storage. */
export class SetupSite extends PolicySite {
  readonly siteJira = new FakeSiteSetup();
  /** Once the process was killed it does nothing more, not even what a `finally` says. */
  private dead = false;

  readonly setup: SetupPorts = { ...this.app, site: this.siteJira };

  private call(choices: Choices): ResolverCall {
    return {
      payload: { choices },
      accountId: 'adam',
      issueKey: undefined,
      projectKey: undefined,
      site: 'example.test',
    };
  }

  apply = (choices: Choices = CHOICES): Promise<SetupView> => applySetup(this.setup, this.call(choices));
  plan = (choices: Choices = CHOICES): Promise<SetupPlan> => planOfSetup(this.setup, this.call(choices));
  look = (): Promise<SetupView> => readSetup(this.setup);

  /** As the screen does it: again and again until it is done. Clock moves on between calls. */
  async applyAll(choices: Choices = CHOICES): Promise<SetupView> {
    for (let i = 0; i < 50; i += 1) {
      const view = await this.apply(choices);
      if (view.state === 'done') return view;
      this.pass(2);
    }
    throw new Error('set-up did not end');
  }

  pass(seconds: number): void {
    this.clock.at = new Date(this.clock.at.getTime() + seconds * 1_000);
  }

  /** One call whose process is killed at a call to Jira or storage; answers whether it was. */
  async applyKilled(at: { readonly write?: number; readonly store?: number }, how: Fault): Promise<boolean> {
    const [writes, calls] = [this.siteJira.writes.length, this.store.calls.length];
    const die = (now: boolean): Fault | undefined => {
      if (this.dead) return 'before';
      this.dead = now;
      return now ? how : undefined;
    };
    this.siteJira.faultAt = (n) => die(at.write !== undefined && n - writes === at.write);
    this.store.faultAt = ({ n }) => die(at.store !== undefined && n - calls === at.store);
    try {
      await this.apply();
      return false;
    } catch (failure) {
      if (!this.dead) throw failure;
      return true;
    } finally {
      this.dead = false;
      this.siteJira.faultAt = () => undefined;
      this.store.faultAt = () => undefined;
      // Somebody starts it again, after the lock of the killed one has ended by itself.
      this.pass(LOCK_SECONDS);
    }
  }

  /** What is in Jira, by names: ids differ with the order in which things were made. */
  async jiraState(): Promise<unknown> {
    const jira = this.siteJira;
    const field = (id: string) => jira.fieldList.find((one) => one.id === id)?.name;
    const { items } = await this.plan();
    return {
      fields: jira.fieldList.map(({ name }) => name).sort(),
      options: [...jira.optionLists].map(([id, list]) => [field(id), list.map(({ value }) => value)]),
      statuses: jira.statusList.map(({ name }) => name),
      types: jira.typeList.map(({ name }) => name),
      groups: jira.groupList.map(({ name, members }) => [name, [...members].sort()]),
      screens: jira.screenList.map(({ name, fields }) => [name, fields.map(field)]),
      schemes: [jira.screenSchemes, jira.typeSchemes, jira.screensSchemes, jira.workflowSchemes].map((list) =>
        list.map(({ name }) => name),
      ),
      workflows: jira.workflows.map(({ name, version, transitions }) => [
        name,
        version.versionNumber,
        transitions.length,
      ]),
      project: jira.projectList.map(({ types, screens, workflows }) => [
        types !== '1',
        screens !== '1',
        workflows !== '1',
      ]),
      open: items.filter(({ state }) => state !== 'there').map(({ id }) => id),
      policy: (await this.inForce()).projects,
    };
  }
}
