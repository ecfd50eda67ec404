import { NO_CUI_SYSTEM } from '../change/fields';
import type { ChangeContent } from '../change/snapshot';
import { canonicalJson } from '../ledger/canonical';
import { sha256Hex } from '../ledger/hash';
import type { Policy, StandardTemplate, TemplateField } from './policy';
import { TEMPLATE_FIELDS } from './policy';

const FIELD_NAME: Readonly<Record<TemplateField, string>> = {
  scope: 'Scope',
  justification: 'Justification',
  securityImpactAnalysis: 'Security impact analysis',
  testPlan: 'Test plan',
  backoutPlan: 'Backout plan',
};

/** Which template a change was made from, as its ledger says. */
export interface AppliedTemplate {
  readonly template: string;
  readonly templateDigest: string;
}

/** Binds everything of a template: an edited template is not the one that a change was made from. */
export const templateDigest = (template: StandardTemplate): string => sha256Hex(canonicalJson({ ...template }));

/**
 * Why a Standard change is not pre-approved, each in a sentence; empty when it is: made from a template of the catalogue
 * that is approved, not expired and unchanged, and inside its constraints (SP 800-128 section 3.3.1).
 */
export function templateProblems(
  policy: Policy,
  applied: AppliedTemplate | undefined,
  content: ChangeContent,
  now: Date,
): string[] {
  if (applied === undefined) return ['It was not made from a template of the catalogue.'];
  const template = policy.templates.find(({ id }) => id === applied.template);
  if (template === undefined) return [`Its template ${applied.template} is not in the catalogue any more.`];
  const { name } = template;
  return [
    ...(templateDigest(template) === applied.templateDigest
      ? []
      : [`The template "${name}" was changed after this change was made from it.`]),
    ...(template.approvedAt <= now.toISOString() ? [] : [`The template "${name}" is not approved yet.`]),
    ...(now.toISOString() <= template.expiresAt ? [] : [`The approval of the template "${name}" has expired.`]),
    ...leftTemplate(template, content),
  ];
}

function leftTemplate(template: StandardTemplate, content: ChangeContent): string[] {
  const { name, systems, maxWindowHours } = template;
  const edited = TEMPLATE_FIELDS.filter((field) => plain(content[field]) !== plain(template.content[field]));
  const beside = content.impactedSystems.filter((system) => !systems.includes(system) && system !== NO_CUI_SYSTEM);
  const hours = windowHours(content);
  return [
    ...(edited.length === 0
      ? []
      : [`It left the template "${name}": ${edited.map((field) => FIELD_NAME[field]).join(', ')} differ.`]),
    ...(content.impactedSystems.length === 0 ? [`It names no system, and "${name}" is for named systems.`] : []),
    ...(beside.length === 0 ? [] : [`The template "${name}" is not for ${beside.join(', ')}.`]),
    ...(maxWindowHours !== null && (hours === null || hours > maxWindowHours)
      ? [`The template "${name}" allows a change window of at most ${maxWindowHours} hours.`]
      : []),
  ];
}

/** White space at the ends and between lines differs between editors and says nothing. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

function windowHours({ windowStart, windowEnd }: ChangeContent): number | null {
  if (windowStart === null || windowEnd === null) return null;
  return (Date.parse(windowEnd) - Date.parse(windowStart)) / 3_600_000;
}
