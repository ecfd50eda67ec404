import { requestJira } from '@forge/bridge';

export interface FoundPerson {
  readonly accountId: string;
  readonly name: string;
}

/**
 * Accounts of people that Jira's own search finds for a name or e-mail address, asked as the person in front of the
 * screen (`GET /rest/api/3/user/search`): what they may not see is not found. Rejects when Jira does not answer.
 */
export async function searchPeople(text: string): Promise<readonly FoundPerson[]> {
  const path = `/rest/api/3/user/search?query=${encodeURIComponent(text)}&maxResults=8`;
  const response = await requestJira(path, { headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`Jira answered ${response.status}`);
  const found: unknown = await response.json();
  if (!Array.isArray(found)) return [];
  return found.flatMap((one: unknown) => (isPerson(one) ? [{ accountId: one.accountId, name: one.displayName }] : []));
}

function isPerson(value: unknown): value is { readonly accountId: string; readonly displayName: string } {
  if (typeof value !== 'object' || value === null) return false;
  if ('accountType' in value && value.accountType !== 'atlassian') return false;
  return (
    'accountId' in value &&
    typeof value.accountId === 'string' &&
    'displayName' in value &&
    typeof value.displayName === 'string'
  );
}
