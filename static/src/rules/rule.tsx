import type { ReactElement } from 'react';
import type { Viewer } from '../bridge/viewer';
import { Message } from '../parts/message';
import { ruleWords } from '../wording/rules';
import type { RuleWords } from '../wording/rules';
import { RuleForm } from './rule-form';
import { RuleSummary } from './rule-summary';
import { useFixedConfiguration } from './use-fixed-configuration';
import './rule.css';

/** What a workflow rule does and how it is configured, in the workflow editor. */
export function Rule({ viewer }: { readonly viewer: Viewer }): ReactElement {
  const words = ruleWords(viewer.moduleKey);
  if (words === null) {
    return (
      <main className="page">
        <Message tone="bad" title="This screen does not know what to show" heading>
          <p>
            The app has no screen for “{viewer.moduleKey}”, so nothing was saved. The app may just have been updated:
            reload the page.
          </p>
        </Message>
      </main>
    );
  }
  if (viewer.moduleKey === 'record-transition') return <Fixed viewer={viewer} words={words} />;
  return viewer.extension['entryPoint'] === 'view' ? (
    <RuleSummary viewer={viewer} words={words} />
  ) : (
    <RuleForm viewer={viewer} words={words} />
  );
}

/** A rule without anything to choose: what is saved with it stays as it is. */
function Fixed({ viewer, words }: { readonly viewer: Viewer; readonly words: RuleWords }): ReactElement {
  const refused = useFixedConfiguration(viewer);
  return (
    <main className="page stack" data-ready="true">
      <h1>{words.title}</h1>
      {words.does.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {refused && (
        <Message tone="warning">
          <p>Jira does not take a configuration from this screen here. What is saved stays as it is.</p>
        </Message>
      )}
    </main>
  );
}
