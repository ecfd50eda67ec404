import type { ReactElement } from 'react';
import type { RuleView } from '../../../src/contract/rules';
import type { Viewer } from '../bridge/viewer';
import { Button } from '../parts/button';
import { Failure } from '../parts/failure';
import { Message } from '../parts/message';
import { Skeleton } from '../parts/skeleton';
import type { RuleWords } from '../wording/rules';
import { Expression } from './expression';
import { Foreign, NotSaved } from './notices';
import { Settings } from './settings';
import { useRule } from './use-rule';
import type { RuleEditing } from './use-rule';

interface RuleFormProps {
  readonly viewer: Viewer;
  readonly words: RuleWords;
}

/** A rule to be configured. It is saved by Jira's own button; until then nothing changes. */
export function RuleForm({ viewer, words }: RuleFormProps): ReactElement {
  const rule = useRule(viewer, true);
  const { view, settings, error, retry } = rule;
  if (view === null || settings === null) {
    return error === null ? (
      <Skeleton label={words.title} />
    ) : (
      <Failure title="The rule could not be read, and nothing was saved" error={error} onRetry={retry} />
    );
  }
  const foreign = view.found === 'foreign' && !rule.touched;
  return (
    <main className="page stack rule-form" data-ready="true">
      <h1>{words.title}</h1>
      <div className="stack">
        {words.does.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      {rule.unsaved !== null && <NotSaved unsaved={rule.unsaved} />}
      {foreign ? (
        <Foreign>
          <div>
            <Button onPress={() => rule.edit(view.settings)}>Replace it with the default</Button>
          </div>
        </Foreign>
      ) : (
        <>
          <Started view={view} />
          <Settings view={view} settings={settings} onChange={rule.edit} />
        </>
      )}
      <Outcome rule={rule} view={view} foreign={foreign} locale={viewer.locale} />
    </main>
  );
}

function Started({ view }: { readonly view: RuleView }): ReactElement | null {
  if (view.found === 'new')
    return (
      <Message tone="information">
        <p>
          {view.transition === null
            ? 'This transition leads to no status of a change, so there is no default for it.'
            : `This is the default for ${view.transition}.`}{' '}
          The rule refuses until it is saved.
        </p>
      </Message>
    );
  if (view.current || view.found === 'foreign') return null;
  return (
    <Message tone="warning">
      <p>
        Jira runs an earlier form of this rule: names, fields or groups have changed, or the app has. Update brings it
        up to date.
      </p>
    </Message>
  );
}

interface OutcomeProps {
  readonly rule: RuleEditing;
  readonly view: RuleView;
  readonly foreign: boolean;
  readonly locale: string;
}

/** The sentence of the workflow, what keeps it from being saved, and the expression. */
function Outcome({ rule, view, foreign, locale }: OutcomeProps): ReactElement | null {
  const { built, analysis } = rule;
  if (foreign) {
    const { savedExpression: expression } = view;
    return expression === null ? null : (
      <Expression
        title="Expression that Jira runs"
        expression={expression}
        use={null}
        analysis={null}
        locale={locale}
      />
    );
  }
  if (built === null) return null;
  return (
    <section className="section" aria-label="What is saved">
      {/* Always there, so that a screen reader hears what is put into it. */}
      <div role="status" className="stack">
        <p>
          <span className="subtle">In the workflow: </span>
          <strong>{built.summary}</strong>
        </p>
        {built.problems.length > 0 && rule.unsaved === null && (
          <Message tone="warning" title="This cannot be saved yet">
            {built.problems.map(({ sentence }) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </Message>
        )}
      </div>
      {built.expression !== null && (
        <Expression
          title="Expression that Jira will run"
          expression={built.expression}
          use={built.use}
          analysis={analysis}
          locale={locale}
        />
      )}
    </section>
  );
}
