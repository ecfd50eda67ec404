import type { ManifestModules } from '../../contract';
import { evaluate, fromJson } from '../../expressions';
import type { WorkflowRule } from './read';

export type RuleKind = 'condition' | 'validator' | 'post function';

/** The module of the app behind a rule, if it is one: its key is the last part of the extension's ARI. */
export interface RuleModule {
  readonly moduleKey: string;
  readonly name: string;
  readonly kind: RuleKind;
  /** How `view.getContext().extension` names the configuration. */
  readonly configName: 'conditionConfig' | 'validatorConfig' | 'postFunctionConfig';
  /** The expression of the rule's sentence in the workflow, from its configuration. */
  readonly configurationDescription: string | null;
}

export function moduleOf(rule: WorkflowRule, modules: ManifestModules): RuleModule | undefined {
  const ari = rule.parameters?.['key'];
  const condition = modules.conditions.find((each) => each.ari === ari);
  if (condition !== undefined) return { ...condition, kind: 'condition', configName: 'conditionConfig' };
  const validator = modules.validators.find((each) => each.ari === ari);
  if (validator !== undefined) return { ...validator, kind: 'validator', configName: 'validatorConfig' };
  const post = modules.postFunctions.find((each) => each.ari === ari);
  if (post !== undefined)
    return { ...post, kind: 'post function', configName: 'postFunctionConfig', configurationDescription: null };
  return undefined;
}

/**
 * The rule's sentence (Forge, `configurationDescription`): undefined where the expression gives no text, as it may; Jira
 * then shows the module's static description.
 */
export function descriptionOf({ configurationDescription }: RuleModule, config: string): string | undefined {
  if (configurationDescription === null) return undefined;
  const given = config === '' ? null : configValue(config);
  try {
    const context = { config: fromJson(given) };
    const { value } = evaluate(configurationDescription, context, { now: new Date(0) });
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The configuration as an administrator can read it: indented JSON, or the text as it is. */
export function prettyConfig(config: string): string {
  try {
    return JSON.stringify(JSON.parse(config), null, 2);
  } catch {
    return config;
  }
}

/** A rule's configuration as the frame's context gives it: parsed when it is JSON. */
export function configValue(config: string | undefined): unknown {
  if (config === undefined || config === '') return undefined;
  try {
    return JSON.parse(config);
  } catch {
    return config;
  }
}
