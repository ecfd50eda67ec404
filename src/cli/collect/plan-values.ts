import { isMembers, type Members } from '../../readers/wire';
import { isPlan } from '../../readers/terraform/plan';
import { isShownState } from '../../readers/terraform/state';

export const HIDDEN = '(sensitive value)';

/**
 * A Terraform plan or state without the values that it marks as sensitive itself: `terraform show -json` prints them in clear. Undefined
 * when it is neither or marks none, and then nothing has to be changed. Source: developer.hashicorp.com, "JSON Output Format".
 */
export function withoutSensitiveValues(text: string): { readonly text: string; readonly hidden: number } | undefined {
  const plan = parsed(text);
  if (plan === undefined || !(isPlan(plan) || isShownState(plan))) return undefined;
  const hider = new Hider();
  const safe = hider.plan(plan);
  return hider.hidden === 0 ? undefined : { text: JSON.stringify(safe), hidden: hider.hidden };
}

function parsed(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMembers(value) ? value : undefined;
  } catch {
    // A plan that is no JSON is handed in as it is, and the app's reader refuses it by name.
    return undefined;
  }
}

class Hider {
  hidden = 0;

  plan(plan: Members): Members {
    return this.each(
      this.each(this.variables(plan), ['planned_values', 'prior_state', 'values'], (value) => this.values(value)),
      ['resource_changes', 'resource_drift', 'output_changes'],
      (value) => this.changes(value),
    );
  }

  /** Values of variables are in clear; which of them are sensitive, the configuration says. */
  private variables(plan: Members): Members {
    const { configuration, variables } = plan;
    const root =
      isMembers(configuration) && isMembers(configuration['root_module']) ? configuration['root_module'] : {};
    const declared = isMembers(root['variables']) ? root['variables'] : {};
    if (!isMembers(variables)) return plan;
    const isSensitive = (name: string): boolean => isMembers(declared[name]) && declared[name]['sensitive'] === true;
    const safe = Object.entries(variables).map(([name, value]) => [
      name,
      isSensitive(name) && isMembers(value) ? { ...value, value: this.hide(value['value']) } : value,
    ]);
    return { ...plan, variables: Object.fromEntries(safe) as Members };
  }

  private changes(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.changes(one));
    if (!isMembers(value)) return value;
    if ('before_sensitive' in value || 'after_sensitive' in value)
      return {
        ...value,
        before: this.masked(value['before'], value['before_sensitive']),
        after: this.masked(value['after'], value['after_sensitive']),
      };
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.changes(one)]));
  }

  /** Resources with `sensitive_values` beside `values`, and outputs with `sensitive` beside `value`, at any depth of modules. */
  private values(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.values(one));
    if (!isMembers(value)) return value;
    if (value['sensitive'] === true && 'value' in value) return { ...value, value: this.hide(value['value']) };
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        name,
        name === 'values' && 'sensitive_values' in value
          ? this.masked(one, value['sensitive_values'])
          : this.values(one),
      ]),
    );
  }

  /** `mask` is true for all of a value, or of its shape with true where something is sensitive. */
  private masked(value: unknown, mask: unknown): unknown {
    if (mask === true) return this.hide(value);
    if (Array.isArray(value) && Array.isArray(mask)) return value.map((one, i) => this.masked(one, mask[i]));
    if (isMembers(value) && isMembers(mask))
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.masked(one, mask[name])]));
    return value;
  }

  private hide(value: unknown): unknown {
    if (value === null || value === undefined) return value;
    this.hidden += 1;
    return HIDDEN;
  }

  private each(of: Members, names: readonly string[], safe: (value: unknown) => unknown): Members {
    return Object.fromEntries(
      Object.entries(of).map(([name, value]) => [name, names.includes(name) ? safe(value) : value]),
    );
  }
}
