import type { Ports } from '../../ports/ports';
import { refuse } from '../refusal';

/** @throws Refused 403 unless the invoking person administers Jira, asked of Jira as that person. */
export async function mustAdminister(ports: Ports): Promise<void> {
  if (!(await ports.jira.mayAdminister()))
    throw refuse(403, 'not-an-admin', 'Only a Jira administrator may see this page.');
}
