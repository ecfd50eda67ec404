import { discrepancySentence, openDiscrepancies } from '../evidence/jira/discrepancies';
import type { GateFacts } from './recorded';
import type { Exception } from './verdict';
import { when } from './words';

/** What was taken off the change after it was recorded, and what Jira knows of that the ledger does not. */
export const discrepancies = ({ entries }: GateFacts): Exception[] =>
  openDiscrepancies(entries).map((one) => ({
    code: one.code,
    sentence: discrepancySentence(one, when),
    at: one.at ?? one.foundAt,
  }));
