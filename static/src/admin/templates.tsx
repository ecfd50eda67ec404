import type { ReactElement } from 'react';
import type { TemplateForm } from '../../../src/contract/policy';
import { Button } from '../parts/button';
import { newTemplate } from '../wording/policy-draft';
import { Foldable } from './foldable';
import { Lines, Moment, NumberInput, Paragraph, Part, TextInput } from './inputs';
import type { PartProps } from './inputs';
import { newId } from './new-id';

const PARAGRAPHS = [
  ['scope', 'Scope'],
  ['justification', 'Justification'],
  ['securityImpactAnalysis', 'Security impact analysis'],
  ['testPlan', 'Test plan'],
  ['backoutPlan', 'Backout plan'],
] as const;

/** The catalogue of Standard changes. An edited template is another one for changes that were made from it before. */
export function Templates({ draft, edit }: PartProps): ReactElement {
  const { templates } = draft;
  const change = (id: string, patch: Partial<TemplateForm>) =>
    edit({ templates: templates.map((template) => (template.id === id ? { ...template, ...patch } : template)) });
  return (
    <Part title="Templates for Standard changes">
      {templates.length === 0 && <p className="subtle">There is none: a Standard change is judged as Normal.</p>}
      {templates.map((template, index) => (
        <Foldable
          key={template.id}
          title={template.name === '' ? `Template ${index + 1}` : template.name}
          isNew={template.name === ''}
        >
          <Template
            template={template}
            onChange={(patch) => change(template.id, patch)}
            onRemove={() => edit({ templates: templates.filter(({ id }) => id !== template.id) })}
          />
        </Foldable>
      ))}
      <div>
        <Button onPress={() => edit({ templates: [...templates, newTemplate(newId())] })}>Add template</Button>
      </div>
    </Part>
  );
}

interface TemplateProps {
  readonly template: TemplateForm;
  readonly onChange: (patch: Partial<TemplateForm>) => void;
  readonly onRemove: () => void;
}

function Template({ template, onChange, onRemove }: TemplateProps): ReactElement {
  const { content } = template;
  return (
    <div className="stack">
      <div className="columns">
        <TextInput label="Name" value={template.name} onChange={(name) => onChange({ name })} />
        <TextInput
          label="Approved by"
          hint="Name of the person."
          value={template.approvedBy}
          onChange={(approvedBy) => onChange({ approvedBy })}
        />
        <Moment label="Approved" value={template.approvedAt} onChange={(approvedAt) => onChange({ approvedAt })} />
        <Moment label="Approval ends" value={template.expiresAt} onChange={(expiresAt) => onChange({ expiresAt })} />
        <Lines
          label="For these impacted CUI systems"
          hint="As the field names them, one a line."
          values={template.systems}
          onChange={(systems) => onChange({ systems })}
        />
        <NumberInput
          label="Longest change window, in hours"
          hint="Empty: no limit."
          min={1}
          value={template.maxWindowHours}
          onChange={(maxWindowHours) => onChange({ maxWindowHours })}
        />
      </div>
      {PARAGRAPHS.map(([key, label]) => (
        <Paragraph
          key={key}
          label={label}
          value={content[key]}
          onChange={(text) => onChange({ content: { ...content, [key]: text } })}
        />
      ))}
      <div>
        <Button look="quiet" tight label={`Remove template ${template.name}`} onPress={onRemove}>
          Remove
        </Button>
      </div>
    </div>
  );
}
