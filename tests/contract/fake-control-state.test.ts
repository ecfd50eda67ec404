import { FakeControlState } from '../fakes/control-state';
import { FIELD_LIST, healthyWorkflow, person } from '../unit/gate/health/healthy-site';
import { describeControlState, type ControlledSite } from './control-state-contract';

function open(): ControlledSite {
  const control = new FakeControlState();
  const workflow = healthyWorkflow();
  control.projects = { CHG: { id: '1', issueTypes: [{ id: '10', name: 'Change request' }] } };
  control.current = workflow;
  control.history = [{ workflow, by: null, at: '2026-03-01T09:00:00.000Z' }];
  control.fields = FIELD_LIST;
  control.shown = FIELD_LIST.map(({ id }) => id);
  control.groups = [{ name: 'change-authority', groupId: 'g1', members: [person('authority')] }];
  control.counts = { user: 2, app: 2 };
  const inGroup = (name: string, edit: (group: (typeof control.groups)[number]) => (typeof control.groups)[number]) => {
    control.groups = control.groups.map((one) => (one.name === name ? edit(one) : one));
    return Promise.resolve();
  };
  return {
    control,
    addTransition(name) {
      const before = control.current ?? workflow;
      const added = { id: '99', name, type: 'DIRECTED', from: ['Proposed'], to: 'Approved' } as const;
      const transitions = [...before.transitions, { ...added, conditions: null, validators: [], actions: [] }];
      control.current = { ...before, version: before.version + 1, transitions };
      control.history = [
        { workflow: control.current, by: 'admin', at: '2026-03-02T09:00:00.000Z' },
        ...control.history,
      ];
      return Promise.resolve();
    },
    groupId: (name) => Promise.resolve(control.groups.find((one) => one.name === name)?.groupId ?? ''),
    renameGroup: (before, now) => inGroup(before, (group) => ({ ...group, name: now })),
    emptyGroup: (name) => inGroup(name, (group) => ({ ...group, members: [] })),
    block() {
      control.blocked = true;
      return Promise.resolve();
    },
    refuse() {
      control.down = 'Jira answered 403.';
      return Promise.resolve();
    },
  };
}

describeControlState('in memory', open);
