import type { Ports } from '../ports/ports';
import { refuse } from './refusal';

export const LICENCE_LAPSED =
  'The licence of Change control has lapsed: nothing was approved. Reading, evidence and packs go on as before; a Jira admin can renew it.';

/** Whether the customer's licence has lapsed. Nothing is decided then; what was recorded stays readable. */
export const licenceLapsed = ({ licence }: Pick<Ports, 'licence'>): boolean => licence?.lapsed() === true;

/** @throws Refused 403 `licence-lapsed`. */
export function mustBeLicensed(ports: Pick<Ports, 'licence'>): void {
  if (licenceLapsed(ports)) throw refuse(403, 'licence-lapsed', LICENCE_LAPSED);
}
