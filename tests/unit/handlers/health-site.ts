import type { HealthView } from '../../../src/contract/health';
import type { ObservedWorkflow } from '../../../src/gate/health/observed';
import { checkHealth } from '../../../src/handlers/health/check';
import { checkHealthNow, readHealth } from '../../../src/handlers/health/read';
import { HEALTH_CHAIN, LAST_RUN_KEY } from '../../../src/ledger/keys';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import type { Ports } from '../../../src/ports/ports';
import { FIELD_LIST, healthyWorkflow, person } from '../gate/health/healthy-site';
import { TestSite } from '../intake/site';

/** A site whose controls are as they have to be, as the app's handlers see it. */
export class HealthSite extends TestSite {
  admin = true;
  readonly app: Ports = {
    ...this.ports,
    secrets: {
      ...this.ports.secrets,
      live: (source) =>
        Promise.resolve(
          source === 'github' ? [{ label: 'newest', value: 'secret', addedAt: '2026-02-01T09:00:00.000Z' }] : [],
        ),
    },
    jira: {
      ...this.ports.jira,
      mayAdminister: () => Promise.resolve(this.admin),
      readDecider: (accountId) => Promise.resolve({ ...person(accountId), displayName: `Name of ${accountId}` }),
    },
  };

  constructor() {
    super();
    this.control.projects = { CHG: { id: '1', issueTypes: [{ id: '10', name: 'Change request' }] } };
    this.control.current = healthyWorkflow();
    this.control.fields = FIELD_LIST;
    this.control.shown = FIELD_LIST.map(({ id }) => id);
    this.control.groups = DEFAULT_POLICY.roles.map(({ group: name }) => ({
      name,
      groupId: `id-of-${name}`,
      members: [person(`${name}-1`), person(`${name}-2`)],
    }));
    this.control.counts = { user: 3, app: 3 };
  }

  /** An admin saves the workflow: a version of its own, with an author. */
  saveWorkflow(edit: (workflow: ObservedWorkflow) => ObservedWorkflow, by: string): void {
    const before = this.control.current ?? healthyWorkflow();
    const workflow = { ...edit(before), version: before.version + 1 };
    this.control.current = workflow;
    const known =
      this.control.history.length > 0 ? this.control.history : [{ workflow: before, by: 'admin', at: 'then' }];
    this.control.history = [{ workflow, by, at: this.clock.at.toISOString() }, ...known];
  }

  /** Opens a way to Approved that has no rule. */
  addFastLane(by = 'mallory'): void {
    this.saveWorkflow(
      (workflow) => ({
        ...workflow,
        transitions: [
          ...workflow.transitions,
          {
            id: '999',
            name: 'Fast lane',
            type: 'DIRECTED',
            from: ['Proposed'],
            to: 'Approved',
            conditions: null,
            validators: [],
            actions: [],
          },
        ],
      }),
      by,
    );
  }

  removeFastLane(by = 'admin'): void {
    this.saveWorkflow(
      (workflow) => ({ ...workflow, transitions: workflow.transitions.filter(({ id }) => id !== '999') }),
      by,
    );
  }

  /** What the hourly run does with the controls. */
  async hourly(): Promise<void> {
    this.clock.at = new Date(this.clock.at.getTime() + 3_600_000);
    await checkHealth(this.app, 'app');
    await this.store.set(LAST_RUN_KEY, { at: this.clock.at.toISOString() });
  }

  readonly checkNow = (): Promise<HealthView> => checkHealthNow(this.app);
  readonly read = (): Promise<HealthView> => readHealth(this.app);

  /** The chain as `kind code`, in order; a day's check by its counts. */
  async chain(): Promise<string[]> {
    return (await this.entries(HEALTH_CHAIN)).map(({ entry }) => {
      switch (entry.kind) {
        case 'health-found':
        case 'health-resolved':
          return `${entry.kind} ${entry.body.code}`;
        case 'health-checked':
          return `${entry.kind} ${entry.body.day} ${entry.body.alarms}/${entry.body.unchecked}/${entry.body.notes}`;
        default:
          return entry.kind;
      }
    });
  }
}
