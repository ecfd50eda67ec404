import { workflowRules } from '@forge/jira-bridge';
import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import type { Viewer } from '../bridge/viewer';
import { Message } from '../parts/message';
import { ruleWords, savedRule } from '../wording/rules';
import './rule.css';

/** What a workflow rule does and how it is configured, in the workflow editor. It saves what was there, unchanged. */
export function Rule({ viewer }: { readonly viewer: Viewer }): ReactElement {
  const words = ruleWords(viewer.moduleKey);
  const saved = savedRule(viewer.extension);
  const unsaved = useConfiguration(saved.text, viewer.extension['entryPoint'] === 'view');
  if (words === null) {
    return (
      <main className="page">
        <Message tone="bad" title="This screen does not know what to show" heading>
          <p>The app has no screen for “{viewer.moduleKey}”. It may just have been updated: reload the page.</p>
        </Message>
      </main>
    );
  }
  const settings = saved.values.filter(([name]) => name !== 'expression');
  return (
    <main className="page stack" data-ready="true">
      <h1>{words.title}</h1>
      {words.does.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {words.unset !== null && saved.expression === null && (
        <Message tone="warning">
          <p>{words.unset}</p>
        </Message>
      )}
      {unsaved && (
        <Message tone="warning">
          <p>Jira does not take a configuration from this screen here. What is saved stays as it is.</p>
        </Message>
      )}
      {settings.length > 0 && (
        <dl className="settings">
          {settings.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="pre">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {saved.expression !== null && (
        <figure>
          <figcaption className="small subtle">The expression that Jira checks</figcaption>
          <pre className="expression" tabIndex={0}>
            {saved.expression}
          </pre>
        </figure>
      )}
    </main>
  );
}

/** Registers the text that Jira saves on "Update"; true when Jira refused, which it does outside the editor. */
function useConfiguration(text: string, viewOnly: boolean): boolean {
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    if (viewOnly) return;
    workflowRules.onConfigure(() => text).catch(() => setRefused(true));
  }, [text, viewOnly]);
  return refused;
}
