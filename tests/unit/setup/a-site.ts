import { observe } from '../../../src/handlers/setup/observe';
import type { SetupPorts } from '../../../src/handlers/setup/setup-ports';
import type { Choices } from '../../../src/setup/choices';
import { nextItem, planSetup, type Plan } from '../../../src/setup/plan';
import { FakeSiteSetup } from '../../fakes/site-setup';
import { FakeStore } from '../../fakes/store';

/** What an admin of a twelve-person company chooses by pressing Next. */
export const CHOICES: Choices = {
  projects: [{ id: '100', key: 'NEW', name: 'New project' }],
  fields: {},
  statuses: {},
  issueTypeId: null,
  systems: ['CUI enclave firewall', 'File server FS-01'],
  roles: [
    { key: 'security-reviewer', group: 'security-reviewers', groupId: null, members: ['rita'] },
    { key: 'change-authority', group: 'change-authority', groupId: null, members: ['ada'] },
    { key: 'emergency-authority', group: 'emergency-authority', groupId: null, members: ['ada'] },
  ],
  moves: {},
};

/** A site as the planner sees it, and what Jira does on it. */
export class PlannedSite {
  readonly jira = new FakeSiteSetup();
  readonly store = new FakeStore();

  async plan(choices: Choices = CHOICES): Promise<Plan> {
    const ports = { site: this.jira, store: this.store } as unknown as SetupPorts;
    return planSetup(choices, await observe(ports, choices, this.jira.pins));
  }

  /** Does all that the plan says but saving the policy; answers what was done. */
  async carryOut(choices: Choices = CHOICES, most = 200): Promise<string[]> {
    const done: string[] = [];
    while (done.length < most) {
      const next = nextItem(await this.plan(choices));
      if (next === undefined || next.act.act === 'save-policy') return done;
      await this.jira.perform(next.act);
      done.push(next.id);
    }
    throw new Error(`more than ${most} steps: ${done.slice(-3).join(', ')} …`);
  }
}
