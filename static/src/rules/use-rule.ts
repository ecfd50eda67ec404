import { workflowRules } from '@forge/jira-bridge';
import { useCallback, useEffect, useRef, useState } from 'react';
import { METHODS } from '../../../src/contract/panel';
import type { BuiltRule, RuleSettingsView, RuleView } from '../../../src/contract/rules';
import { ask, sayFailure } from '../bridge/ask';
import type { Viewer } from '../bridge/viewer';
import { leadsTo, savedConfiguration, unchanged } from '../wording/rules';
import { analyse } from './analyse';
import type { Analysis } from './analysis';

/** Why nothing was saved, as long as that holds. */
export interface Unsaved {
  readonly sentences: readonly string[];
}

export interface RuleEditing {
  readonly view: RuleView | null;
  readonly error: unknown;
  readonly retry: () => void;
  readonly settings: RuleSettingsView | null;
  /** Whether something was chosen anew; what was made elsewhere is kept to the letter until then. */
  readonly touched: boolean;
  readonly built: BuiltRule | null;
  readonly analysis: Analysis | null;
  readonly unsaved: Unsaved | null;
  readonly edit: (settings: RuleSettingsView) => void;
}

const PAUSE_MS = 200;

/** One rule's configuration: read, edited, built by the app, looked at by Jira, and handed to Jira when it asks. */
export function useRule(viewer: Viewer, editable: boolean): RuleEditing {
  const saved = savedConfiguration(viewer.extension);
  const { view, error, read } = useSavedRule(viewer, saved);
  const [chosen, setChosen] = useState<RuleSettingsView | null>(null);
  const [unsaved, setUnsaved] = useState<Unsaved | null>(null);
  const settings = chosen ?? view?.settings ?? null;
  const { built, analysis } = useBuilt(view, chosen, editable);
  const edit = useCallback((next: RuleSettingsView) => {
    setUnsaved(null);
    setChosen(next);
  }, []);

  const configure = async (): Promise<string | undefined> => {
    if (view !== null && chosen === null && (view.found === 'foreign' || view.current)) return unchanged(saved);
    const outcome = await textToSave(view, settings);
    setUnsaved('text' in outcome ? null : outcome);
    return 'text' in outcome ? outcome.text : undefined;
  };
  useConfiguration(editable, configure, () =>
    setUnsaved({ sentences: ['Jira does not take a configuration from this screen here. What is saved stays.'] }),
  );
  return { view, error, retry: () => void read(), settings, touched: chosen !== null, built, analysis, unsaved, edit };
}

function useSavedRule({ moduleKey, extension }: Viewer, saved: unknown) {
  const [view, setView] = useState<RuleView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const read = useCallback(async () => {
    setError(null);
    try {
      setView(await ask(METHODS.readRule, { module: moduleKey, config: saved, to: leadsTo(extension) }));
    } catch (failure) {
      setError(failure);
    }
  }, [moduleKey, extension, saved]);
  useEffect(() => void read(), [read]);
  return { view, error, read };
}

/** What the choices come to, a moment after the last of them; the answer to an earlier one is dropped. */
function useBuilt(view: RuleView | null, chosen: RuleSettingsView | null, editable: boolean) {
  const [built, setBuilt] = useState<BuiltRule | null>(null);
  const [analysis, setAnalysis] = useState<Analysis | null>(null);
  const transition = view?.transition ?? null;
  useEffect(() => {
    if (chosen === null) return undefined;
    let late = false;
    const timer = setTimeout(() => {
      ask(METHODS.buildRule, { settings: chosen, transition }).then(
        (answer) => late || setBuilt(answer),
        // Said when it is to be saved: the app is asked again then.
        () => late || setBuilt(null),
      );
    }, PAUSE_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [chosen, transition]);
  const shown = chosen === null ? (view?.built ?? null) : built;
  const expression = editable ? (shown?.expression ?? null) : null;
  useEffect(() => {
    let late = false;
    setAnalysis(null);
    if (expression !== null) void analyse(expression).then((answer) => late || setAnalysis(answer));
    return () => {
      late = true;
    };
  }, [expression]);
  return { built: shown, analysis };
}

async function textToSave(
  view: RuleView | null,
  settings: RuleSettingsView | null,
): Promise<{ readonly text: string } | Unsaved> {
  if (view === null || settings === null) return { sentences: ['The rule has not been read yet.'] };
  try {
    const { config, expression, problems } = await ask(METHODS.buildRule, { settings, transition: view.transition });
    if (config === null) return { sentences: problems.map(({ sentence }) => sentence) };
    const analysis = expression === null ? null : await analyse(expression);
    return analysis?.says === 'refuses' ? { sentences: analysis.messages } : { text: config };
  } catch (failure) {
    return { sentences: [sayFailure(failure)] };
  }
}

/** Registers, once, what Jira calls on "Update"; answering nothing keeps Jira from saving (Forge, "workflowRules"). */
function useConfiguration(editable: boolean, configure: () => Promise<string | undefined>, refused: () => void): void {
  const latest = useRef({ configure, refused });
  useEffect(() => {
    latest.current = { configure, refused };
  });
  useEffect(() => {
    if (!editable) return;
    // The package's type leaves out the undefined that its documentation gives a meaning.
    const onConfigure = (() => latest.current.configure()) as () => Promise<string>;
    workflowRules.onConfigure(onConfigure).catch(() => latest.current.refused());
  }, [editable]);
}
