import { html } from 'hono/html';
import type { ManifestModules } from '../../contract';
import { showStatus } from '../fields/show';
import type { Html } from '../html';
import { conditionsOf } from './read';
import type { WorkflowRead, WorkflowRule, WorkflowTransition } from './read';
import { descriptionOf, moduleOf, prettyConfig } from './rules';
import type { RuleModule } from './rules';

const CATEGORY: Readonly<Record<string, string>> = { DONE: 'done', IN_PROGRESS: 'indeterminate' };

export function workflowListMain(workflows: readonly WorkflowRead[]): Html {
  return html`<div class="sheet">
    <h1>Workflows</h1>
    <ul class="projects">
      ${workflows.map(
        ({ workflow }) =>
          html`<li class="card">
            <h2><a href="/admin/workflows/${encodeURIComponent(workflow.name)}">${workflow.name}</a></h2>
            <p class="hint">${workflow.statuses.length} statuses, ${workflow.transitions?.length ?? 0} transitions</p>
          </li>`,
      )}
    </ul>
  </div>`;
}

/** Builds the frame of a rule's view screen; undefined when the module shows none. */
export type RuleFrame = (rule: WorkflowRule, module: RuleModule, transition: WorkflowTransition) => Html | undefined;

interface RuleListing {
  readonly read: WorkflowRead;
  readonly transition: WorkflowTransition;
  readonly modules: ManifestModules;
  readonly frame: RuleFrame;
}

const SYSTEM_WORDS = (key: string): string => key.replace(/^system:/, '').replaceAll('-', ' ');

function parametersOf(rule: WorkflowRule): Html {
  const entries = Object.entries(rule.parameters ?? {}).filter(([, value]) => value !== '');
  return entries.length === 0
    ? html``
    : html`<dl class="parameters">
        ${entries.map(
          ([name, value]) =>
            html`<div class="row">
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>`;
}

function ruleItem(rule: WorkflowRule, listing: RuleListing): Html {
  const module = moduleOf(rule, listing.modules);
  if (module === undefined) {
    const words = rule.ruleKey.startsWith('system:') ? SYSTEM_WORDS(rule.ruleKey) : rule.ruleKey;
    return html`<li class="rule">
      <h5>${words}</h5>
      ${parametersOf(rule)}
    </li>`;
  }
  const config = rule.parameters?.['config'] ?? '';
  const description = descriptionOf(module, config);
  const disabled = rule.parameters?.['disabled'] === 'true';
  const edit = `/admin/workflows/${encodeURIComponent(listing.read.workflow.name)}/rules/${listing.transition.id}/${rule.parameters?.['id'] ?? rule.id ?? ''}`;
  return html`<li class="rule app-rule">
    <h5>
      ${module.name}
      <span class="tag">Change control app</span>${disabled ? html` <span class="lozenge removed">Disabled</span>` : ''}
      <a
        class="button subtle compact"
        href="${edit}"
        data-dialog="${edit}"
        aria-label="Edit ${module.name} of ${listing.transition.name}"
        >Edit</a
      >
    </h5>
    ${description === undefined ? '' : html`<p data-part="description">${description}</p>`}
    ${listing.frame(rule, module, listing.transition) ?? ''}
    ${
      config === ''
        ? html`<p class="hint">No configuration.</p>`
        : html`<details>
            <summary>Configuration as Jira holds it (${config.length} characters)</summary>
            <pre tabindex="0">${prettyConfig(config)}</pre>
          </details>`
    }
  </li>`;
}

function ruleGroup(title: string, rules: readonly WorkflowRule[], listing: RuleListing): Html {
  return rules.length === 0
    ? html``
    : html`<h4>${title}</h4>
        <ul class="rules">
          ${rules.map((rule) => ruleItem(rule, listing))}
        </ul>`;
}

function transitionCard(listing: RuleListing): Html {
  const { read, transition } = listing;
  const name = (reference: string | null | undefined): Html => {
    const found = reference === null || reference === undefined ? undefined : read.statuses.get(reference);
    return found === undefined ? html`` : showStatus(found.name, CATEGORY[found.category]);
  };
  const from = (transition.links ?? []).map((link) => name(link.fromStatusReference));
  const conditions = conditionsOf(transition.conditions);
  const screen = transition.transitionScreen?.parameters?.['screenId'];
  const groups = [
    ruleGroup(
      conditions.joined === 'ANY' ? 'Conditions (one of them)' : 'Conditions (all of them)',
      conditions.rules,
      listing,
    ),
    ruleGroup('Validators', transition.validators ?? [], listing),
    ruleGroup('Post functions', transition.actions ?? [], listing),
  ];
  const bare = conditions.rules.length + (transition.validators ?? []).length + (transition.actions ?? []).length === 0;
  return html`<section class="card transition" aria-labelledby="transition-${transition.id}">
    <h3 id="transition-${transition.id}">${transition.name}</h3>
    <p class="route">
      ${transition.type === 'GLOBAL' ? html`<span class="lozenge">Any status</span>` : transition.type === 'INITIAL' ? html`<span class="hint">Create</span>` : from}
      <span aria-hidden="true">→</span><span class="visually-hidden">to</span> ${name(transition.toStatusReference)}
      ${screen === undefined || screen === '' ? '' : html`<span class="hint">Screen ${screen}</span>`}
    </p>
    ${groups} ${bare ? html`<p class="hint">No rules: anybody who may transition can use it.</p>` : ''}
  </section>`;
}

export function workflowMain(read: WorkflowRead, modules: ManifestModules, frame: RuleFrame): Html {
  const statuses = read.workflow.statuses.flatMap((each) => read.statuses.get(each.statusReference) ?? []);
  return html`<div class="sheet">
    <nav class="crumbs" aria-label="Breadcrumbs">
      <a href="/admin/workflows">Workflows</a><span aria-current="page">${read.workflow.name}</span>
    </nav>
    <h1>${read.workflow.name}</h1>
    ${read.workflow.description ? html`<p class="lead">${read.workflow.description}</p>` : ''}
    <section aria-labelledby="statuses-title">
      <h2 id="statuses-title">Statuses</h2>
      <p class="tags">${statuses.map((each) => showStatus(each.name, CATEGORY[each.category]))}</p>
    </section>
    <section aria-labelledby="transitions-title">
      <h2 id="transitions-title">Transitions</h2>
      ${(read.workflow.transitions ?? []).map((transition) => transitionCard({ read, transition, modules, frame }))}
    </section>
  </div>`;
}
