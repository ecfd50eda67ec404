import { workflowRules } from '@forge/jira-bridge';
import { useEffect, useState } from 'react';
import type { Viewer } from '../bridge/viewer';
import { savedConfiguration, unchanged } from '../wording/rules';

/** Hands back what was saved, to the letter; true when Jira takes no configuration, as outside the editor. */
export function useFixedConfiguration({ extension }: Viewer): boolean {
  const [refused, setRefused] = useState(false);
  const text = unchanged(savedConfiguration(extension));
  const viewOnly = extension['entryPoint'] === 'view';
  useEffect(() => {
    if (!viewOnly) workflowRules.onConfigure(() => text).catch(() => setRefused(true));
  }, [text, viewOnly]);
  return refused;
}
