import { useEffect, useState } from 'react';
import { METHODS } from '../../../src/contract/panel';
import type { PolicySite } from '../../../src/contract/policy';
import { ask, sayFailure } from '../bridge/ask';

/** What Jira has that the policy can hold by id. Without it the rest of the policy can be edited all the same. */
export function usePolicySite(): { readonly site: PolicySite | null; readonly error: string | null } {
  const [site, setSite] = useState<PolicySite | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    ask(METHODS.readPolicySite).then(
      (answer) => {
        if (!gone) setSite(answer);
      },
      (failure: unknown) => {
        if (!gone) setError(`What Jira has could not be read: ${sayFailure(failure)}`);
      },
    );
    return () => {
      gone = true;
    };
  }, []);
  return { site, error };
}
