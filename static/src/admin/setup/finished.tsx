import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import { router } from '@forge/bridge';
import type { SetupView } from '../../../../src/contract/setup';
import { Button } from '../../parts/button';
import { Message } from '../../parts/message';
import { Section } from '../../parts/section';
import { Undo } from './undo';

interface FinishedProps {
  readonly view: SetupView;
  readonly go: (section: string) => void;
  readonly onClose: () => void;
}

/** It is set up: how to see it refuse, what is left to do by hand, and the way back. */
export function Finished({ view, go, onClose }: FinishedProps): ReactElement {
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => top.current?.focus(), []);
  const [project] = view.choices?.projects ?? [];
  return (
    <Section title="Change control is set up" ready>
      <h3 ref={top} tabIndex={-1}>
        See it refuse, in one minute
      </h3>
      <ol className="try-it">
        <li>Create a change request and leave everything but the summary empty.</li>
        <li>
          Look for Approve on it: it is not offered to you, because nobody decides a change that they took part in. The
          panel “Change control” on the issue says so.
        </li>
        <li>
          Ask a reviewer to press Approve on it: Jira refuses, and names every field that is missing. Nothing is
          approved.
        </li>
      </ol>
      <div className="row">
        {project !== undefined && (
          <Button look="primary" onPress={() => void router.navigate(`/projects/${project.key}`)}>
            {`Open ${project.name}`}
          </Button>
        )}
        <Button onPress={() => go('people')}>See who may decide</Button>
        <Button onPress={() => go('secrets')}>Make secrets for your pipelines</Button>
      </div>
      {view.byHand.length > 0 && (
        <Message tone="warning" title="Left for you to do in Jira">
          <ul className="sentences">
            {view.byHand.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Message>
      )}
      <Undo made={view.made} />
      <div>
        <Button look="quiet" onPress={onClose}>
          Close
        </Button>
      </div>
    </Section>
  );
}
