import { CSPInjectionService, CSPProcessingService } from '@forge/csp';
import type { Permissions } from '@forge/manifest';
import { load } from 'cheerio/slim';

/**
 * The Content-Security-Policy of a Custom UI frame, made by Atlassian's own @forge/csp from the document and the
 * manifest's permissions. Two things are the site's own: the page's host takes the place of the Jira site, and reports
 * stay on this machine instead of going to Atlassian's collector.
 */
export function framePolicy(
  document: string,
  permissions: Permissions,
  hostOrigin: string,
  reportPath: string,
): string {
  const processing = new CSPProcessingService({ info: () => undefined }, (body, options) => load(body, options));
  const directives = new CSPInjectionService().getInjectableCSP({
    existingCSPDetails: processing.getCspDetails(document, permissions),
    microsEnv: 'prod',
    hostname: hostOrigin,
  });
  return directives
    .map((directive) => (directive.startsWith('report-uri') ? `report-uri ${reportPath}` : directive))
    .join('; ');
}

/** What the sandbox attribute of the frame element allows: the same list that the policy's `sandbox` directive has. */
export const FRAME_SANDBOX =
  'allow-popups allow-popups-to-escape-sandbox allow-downloads allow-forms allow-modals allow-pointer-lock allow-same-origin allow-scripts';
