import type { Looked, ObservedWorkflow, WorkflowVersion } from '../../src/gate/health/observed';
import type { ControlState, ProjectFound } from '../../src/ports/control-state';
import type { Decider } from '../../src/policy/policy';

/** The `ControlState` port over what a test says the site has; `down` makes every look fail as when Jira refuses. */
export class FakeControlState implements ControlState {
  readonly calls: string[] = [];
  down: string | null = null;
  projects: Readonly<Record<string, ProjectFound>> = {};
  current: ObservedWorkflow | null = null;
  history: readonly WorkflowVersion[] = [];
  draft = false;
  fields: unknown = [];
  shown: readonly string[] = [];
  groups: Readonly<Record<string, readonly Decider[]>> = {};
  missing: readonly string[] = [];
  counts = { user: 0, app: 0 };

  private look<T>(what: string, seen: () => T): Promise<Looked<T>> {
    this.calls.push(what);
    return Promise.resolve(this.down === null ? { seen: seen() } : { unseen: this.down });
  }

  project = (key: string) => this.look('project', () => this.projects[key] ?? null);
  workflowInUse = () =>
    this.look('workflowInUse', () => ({
      id: this.workflowNow().id,
      version: this.workflowNow().version,
      draft: { seen: this.draft },
    }));
  workflow = () => this.look('workflow', () => this.workflowNow());
  versions = (_: string, limit: number) => {
    this.calls.push('versions');
    const versions = this.down === null ? this.history.slice(0, limit) : [];
    return Promise.resolve({ versions, complete: this.down === null && this.history.length <= limit });
  };
  fieldList = () => this.look('fieldList', () => this.fields);
  shownFields = () => this.look('shownFields', () => this.shown);
  group = (name: string) => this.look('group', () => this.groups[name] ?? null);
  missingPermissions = () => this.look('missingPermissions', () => this.missing);
  countChanges = (_: string, __: readonly string[], as: 'app' | 'user') =>
    this.look('countChanges', () => this.counts[as]);

  private workflowNow(): ObservedWorkflow {
    if (this.current === null) throw new Error('the test gave the site no workflow');
    return this.current;
  }
}
