import { requestJira } from '@forge/bridge';
import { reading } from './analysis';
import type { Analysis } from './analysis';

/**
 * Asks Jira, as the person, to analyse an expression (`POST /rest/api/3/expression/analyse?check=complexity`). Only
 * what is wrong with its text counts: the analyser does not know a rule's own variables, so its doubts about types
 * refuse nothing. Never rejects.
 */
export async function analyse(expression: string): Promise<Analysis> {
  try {
    const response = await requestJira('/rest/api/3/expression/analyse?check=complexity', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ expressions: [expression] }),
    });
    return response.ok ? reading(await response.json()) : { says: 'nothing' };
  } catch {
    return { says: 'nothing' };
  }
}
