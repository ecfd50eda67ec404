import type { ReactElement } from 'react';
import type { Viewer } from '../bridge/viewer';
import { sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { Message } from '../parts/message';
import { Skeleton } from '../parts/skeleton';
import { savedConfiguration, savedSummary, settingsInWords } from '../wording/rules';
import type { RuleWords } from '../wording/rules';
import { Expression } from './expression';
import { Foreign } from './notices';
import { useRule } from './use-rule';

interface RuleSummaryProps {
  readonly viewer: Viewer;
  readonly words: RuleWords;
}

/** A rule as the workflow shows it: one sentence, and what is chosen by the names it has now. */
export function RuleSummary({ viewer, words }: RuleSummaryProps): ReactElement {
  const { view, error, retry } = useRule(viewer, false);
  if (view === null) {
    if (error === null) return <Skeleton label={words.title} />;
    return (
      <main className="page stack">
        <h1>{words.title}</h1>
        <p>{savedSummary(savedConfiguration(viewer.extension)) ?? words.does[0]}</p>
        <Message tone="warning" title="What is chosen cannot be shown by name now" role="alert">
          <p>{sayFailure(error)}</p>
          <div>
            <Button onPress={retry}>Try again</Button>
          </div>
        </Message>
      </main>
    );
  }
  const foreign = view.found === 'foreign';
  const expression = view.savedExpression;
  return (
    <main className="page stack" data-ready="true">
      <h1>{words.title}</h1>
      {foreign ? <Foreign /> : <p>{view.found === 'new' ? 'Not configured yet: it refuses.' : view.built.summary}</p>}
      {view.found === 'ours' && !view.current && (
        <Message tone="warning">
          <p>Jira runs an earlier form of this rule. Edit it and press Update to bring it up to date.</p>
        </Message>
      )}
      {view.found === 'ours' && (
        <dl className="settings">
          {settingsInWords(view.settings, view).map(([label, values]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{values.join(', ')}</dd>
            </div>
          ))}
        </dl>
      )}
      {expression !== null && (
        <Expression
          title="Expression that Jira runs"
          expression={expression}
          use={view.current ? view.built.use : null}
          analysis={null}
          locale={viewer.locale}
        />
      )}
    </main>
  );
}
