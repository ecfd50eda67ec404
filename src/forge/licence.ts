import { getAppContext } from '@forge/api';
import type { Licence } from '../ports/ports';

/**
 * Forge hands a licence to paid apps in production only (Forge, "App context API": `license`): without one the app is
 * free to use. `isActive` is what older platforms call `active` (Forge changelog CHANGE-3155).
 */
export const forgeLicence: Licence = {
  lapsed() {
    const license: { active?: boolean; isActive?: boolean } | undefined = getAppContext().license;
    return license !== undefined && (license.active ?? license.isActive) !== true;
  },
};
