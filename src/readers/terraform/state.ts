import { changesOf, shownChanges } from '../changes';
import type { Read } from '../reader';
import { counted } from '../stated';
import { found, Statements } from '../statements';
import { isMembers, listAt, listOf, member, present, textAt, textOf, type Members } from '../wire';

/** What `terraform show -json` prints of a state: values under `values`, or nothing but versions when it is empty. */
export const isShownState = (value: Members): boolean => 'format_version' in value && isMembers(value['values']);

/** A state file itself, as a backend keeps it. */
export const isStateFile = (value: Members): boolean =>
  'lineage' in value && 'serial' in value && 'version' in value && !('format_version' in value);

const MAX_MODULES = 100;

/**
 * A state as `show -json` prints it ("JSON Output Format", "State Representation"): what each resource was. Refused:
 * `shape` when the root module is no module.
 */
export function readShownState(state: Members): Read {
  const root = member(state, 'values', 'root_module');
  if (root !== undefined && !isMembers(root)) return refused('shape');
  const collected = new Collected();
  visitModule(root, 0, (resource) => {
    collected.add(
      resource,
      textAt(resource, 'address'),
      member(resource, 'values'),
      member(resource, 'sensitive_values'),
    );
  });
  for (const [name, output] of Object.entries(
    isMembers(member(state, 'values', 'outputs')) ? (member(state, 'values', 'outputs') as Members) : {},
  )) {
    collected.add({ mode: 'output' }, `output.${name}`, member(output, 'value'), member(output, 'sensitive'));
  }
  return collected.read(
    present({ format: textAt(state, 'format_version'), terraform: textAt(state, 'terraform_version') }),
  );
}

function visitModule(module: unknown, depth: number, visit: (resource: unknown) => void): void {
  if (depth > MAX_MODULES) return;
  for (const resource of listAt(module, 'resources')) visit(resource);
  for (const child of listAt(module, 'child_modules')) visitModule(child, depth + 1, visit);
}

/**
 * A state file of version 4 (hashicorp/terraform, internal/states/statefile/version4.go): an instance of a resource with
 * its attributes, and the paths of those that are sensitive. Refused: `version-unknown`, `shape`.
 */
export function readStateFile(state: Members): Read {
  if (state['version'] !== 4) return refused('version-unknown');
  if (!Array.isArray(state['resources'])) return refused('shape');
  const collected = new Collected();
  for (const resource of listOf(state['resources'])) {
    const [type, name] = [textAt(resource, 'type'), textAt(resource, 'name')];
    const module = textAt(resource, 'module');
    const data = textAt(resource, 'mode') === 'data' ? 'data.' : '';
    const address =
      type === null || name === null ? null : `${module === null ? '' : `${module}.`}${data}${type}.${name}`;
    for (const instance of listAt(resource, 'instances')) {
      const key = member(instance, 'index_key');
      const index = key === undefined || key === null ? '' : `[${JSON.stringify(key)}]`;
      const sensitive = marksOf(listAt(instance, 'sensitive_attributes'));
      collected.add(resource, address === null ? null : address + index, member(instance, 'attributes'), sensitive);
    }
  }
  return collected.read(
    present({
      format: `state file 4`,
      terraform: textAt(state, 'terraform_version'),
      serial: textAt(state, 'serial'),
      lineage: textAt(state, 'lineage'),
    }),
  );
}

/** Paths such as `[{"type":"get_attr","value":"password"}]`; everything below the first step counts as sensitive. */
function marksOf(paths: readonly unknown[]): Members {
  const names = paths.map((path) => textOf(member(listOf(path)[0], 'value')));
  return Object.fromEntries(names.flatMap((name) => (name === null ? [] : [[name, true]])));
}

class Collected {
  private readonly statements = new Statements();
  private sensitive = 0;
  private malformed = 0;
  private resources = 0;

  add(resource: unknown, address: string | null, values: unknown, sensitiveValues: unknown): void {
    if (address === null) {
      this.malformed += 1;
      return;
    }
    this.resources += 1;
    const changes = changesOf(undefined, values, { afterSensitive: sensitiveValues });
    this.sensitive += changes.sensitive;
    const { after, notShown } = shownChanges(changes);
    this.statements.add({
      kind: 'configuration-state',
      id: address,
      title: address,
      state: 'recorded',
      attributes: present({
        type: textAt(resource, 'type'),
        mode: textAt(resource, 'mode'),
        provider: textAt(resource, 'provider_name') ?? textAt(resource, 'provider'),
      }),
      safeAttributes: present({ values: after, notShown }),
      touches: [address],
    });
  }

  read(attributes: Readonly<Record<string, string>>): Read {
    if (this.malformed > 0 && this.resources === 0) return refused('shape');
    return {
      outcome: 'read',
      format: 'terraform-state',
      kind: 'configuration-state',
      title: `Terraform state: ${counted(this.resources, 'resource or output', 'resources and outputs')}`,
      statements: this.statements.statements,
      findings: [
        ...(this.malformed > 0
          ? [found('malformed-records', `${counted(this.malformed, 'resource')} without an address: not read.`)]
          : []),
        ...(this.sensitive > 0
          ? [found('values-redacted', `${counted(this.sensitive, 'sensitive value')} not shown.`)]
          : []),
        ...this.statements.findings,
      ],
      complete: this.statements.complete && this.malformed === 0,
      attributes,
    };
  }
}

const refused = (reason: 'shape' | 'version-unknown'): Read => ({
  outcome: 'refused',
  format: 'terraform-state',
  reason,
});
