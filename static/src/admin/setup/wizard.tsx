import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import type { SetupView } from '../../../../src/contract/setup';
import { sayFailure } from '../../bridge/ask';
import { Button } from '../../parts/button';
import { Message } from '../../parts/message';
import { Section } from '../../parts/section';
import { Skeleton } from '../../parts/skeleton';
import { STEPS } from '../../wording/setup';
import { Sentences } from '../sentences';
import { Applying } from './applying';
import { FieldsStep } from './fields-step';
import { PeopleStep } from './people-step';
import { ProjectsStep } from './projects-step';
import { ReviewStep } from './review-step';
import { StatusesStep } from './statuses-step';
import { useWizard } from './use-wizard';
import type { Wizarding } from './use-wizard';
import './setup.css';

interface WizardProps {
  readonly view: SetupView;
  readonly onDone: (view: SetupView) => void;
  /** Null on the first run: there is nothing to go back to. */
  readonly onClose: (() => void) | null;
}

/** From nothing to an enforced workflow. Nothing is changed in Jira before the plan is seen and applied. */
export function Wizard({ view, onDone, onClose }: WizardProps): ReactElement {
  const wizard = useWizard(view);
  const { site, error, retry, step, applying } = wizard;
  if (site === null) {
    return error === null ? (
      <Skeleton label="Looking at this Jira" part />
    ) : (
      <Message tone="bad" title="Jira could not be looked at" role="alert">
        <p>{sayFailure(error)}</p>
        <div>
          <Button onPress={retry}>Try again</Button>
        </div>
      </Message>
    );
  }
  if (applying) return <Applying choices={wizard.choices} onDone={onDone} onBack={() => wizard.setApplying(false)} />;
  return (
    <Section title="Set up change control" ready>
      <p>
        Five short steps, about three minutes. Nothing is changed in Jira before you have seen the exact plan and
        pressed Apply; what is already right may stay as it is, so you can press Next on every step.
      </p>
      <Steps at={step} onGo={wizard.goTo} />
      <Step key={STEPS[step]?.key} wizard={wizard} />
      {onClose !== null && (
        <div>
          <Button look="quiet" onPress={onClose}>
            Leave set-up
          </Button>
        </div>
      )}
    </Section>
  );
}

/** Where one is; steps that were passed can be gone back to. */
function Steps({ at, onGo }: { readonly at: number; readonly onGo: (step: number) => void }): ReactElement {
  return (
    <ol className="steps">
      {STEPS.map(({ key, title }, index) => (
        <li key={key} className={index < at ? 'passed' : undefined} aria-current={index === at ? 'step' : undefined}>
          {index < at ? (
            <button type="button" className="step-link" onClick={() => onGo(index)}>
              {title}
            </button>
          ) : (
            <span>{title}</span>
          )}
        </li>
      ))}
    </ol>
  );
}

function Step({ wizard }: { readonly wizard: Wizarding }): ReactElement {
  const { step, faults } = wizard;
  const heading = useRef<HTMLHeadingElement>(null);
  const arrived = useRef(step > 0 || wizard.moved);
  useEffect(() => {
    if (arrived.current) heading.current?.focus();
  }, []);
  const key = STEPS[step]?.key ?? 'projects';
  return (
    <div className="stack wizard-step">
      <h3 ref={heading} tabIndex={-1}>
        {STEPS[step]?.title}
      </h3>
      <Content wizard={wizard} />
      {wizard.notKept !== null && (
        <p className="small subtle" role="status">
          What you chose is here and would not outlast a reload: {wizard.notKept}
        </p>
      )}
      {faults.length > 0 && <Sentences title="Before the next step" sentences={faults} />}
      {key !== 'review' && (
        <div className="row">
          <Button look="primary" onPress={wizard.next}>
            Next
          </Button>
          {step > 0 && <Button onPress={wizard.back}>Back</Button>}
        </div>
      )}
    </div>
  );
}

function Content({ wizard }: { readonly wizard: Wizarding }): ReactElement {
  switch (STEPS[wizard.step]?.key) {
    case 'fields':
      return <FieldsStep wizard={wizard} />;
    case 'statuses':
      return <StatusesStep wizard={wizard} />;
    case 'people':
      return <PeopleStep wizard={wizard} />;
    case 'review':
      return <ReviewStep wizard={wizard} />;
    default:
      return <ProjectsStep wizard={wizard} />;
  }
}
