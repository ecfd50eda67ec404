import type { FieldValues } from './person';
import type { Stage } from './stage';
import type { Work, Engineer } from './github';

/** Field values of change requests as a small defence subcontractor would write them. */
export function request(stage: Stage, window: readonly [number, number], values: FieldValues): FieldValues {
  return {
    'Change type': 'Normal',
    'Change owner': stage.accountOf('owner'),
    Implementer: stage.accountOf('implementer'),
    'Change window start': jiraTime(stage.time(window[0])),
    'Change window end': jiraTime(stage.time(window[1])),
    ...values,
  };
}

/** Jira's date-time: `2026-03-02T09:00:00.000+0000`. */
export const jiraTime = (at: Date): string => at.toISOString().replace('Z', '+0000');

export const DANA: Engineer = {
  login: 'dana-implements',
  name: 'Dana Whitfield',
  email: 'dana.whitfield@example.test',
};
export const PRIYA: Engineer = { login: 'priya-reviews', name: 'Priya Raman', email: 'priya.raman@example.test' };

export function work(
  key: string,
  repository: string,
  slug: string,
  number: number,
  title: string,
  messages: readonly string[],
): Work {
  return {
    key,
    repository: `harbor-precision/${repository}`,
    branch: `${key}-${slug}`,
    number,
    title: `${key} ${title}`,
    author: DANA,
    reviewer: PRIYA,
    messages: messages.map((message) => `${key} ${message}`),
    environment: 'production',
  };
}

export const FIREWALL: FieldValues = {
  Summary: 'Allow SFTP from the Acme MSP jump host to the inspection share',
  Description: 'Acme MSP patches the inspection workstations and needs to place update bundles on the share.',
  Scope: 'One rule on the enclave firewall: jump host 10.20.0.14 to FS-01, TCP 22, logged.',
  'Impacted CUI systems': ['CUI enclave firewall', 'File server FS-01'],
  Justification: 'Updates are carried by USB stick today, which our media protection policy ends on the 30th.',
  'Security impact analysis':
    'Opens one flow from a managed host with MFA and session recording. No new route to the internet. Logging and the weekly rule review cover it (3.13.1, 3.13.6).',
  'Test plan': 'Rule hit counter and a test transfer from the jump host; the same from another host has to fail.',
  'Backout plan': 'Disable rule 214 and push the previous policy version; takes two minutes.',
};

export const PATCHES: FieldValues = {
  Summary: 'Install the monthly security updates on File server FS-01',
  Description: 'Operating system updates of the month, including the fix for the SMB signing defect.',
  Scope: 'File server FS-01 only. Restart once.',
  'Impacted CUI systems': ['File server FS-01'],
  Justification: 'Two of the updates fix vulnerabilities that our scanner rates critical (3.11.3, 3.14.1).',
  'Security impact analysis':
    'Removes two known vulnerabilities. Antivirus exclusions and audit policy were compared on the test server and stay.',
  'Test plan': 'Installed on the test server on Tuesday; shares, backup and audit forwarding checked there.',
  'Backout plan': 'Restore the snapshot taken right before, then block the update group.',
};

export const TERRAFORM: FieldValues = {
  Summary: 'Move the Terraform state of the enclave to an encrypted, versioned bucket',
  Description: 'State lies on a build agent today.',
  Scope: 'Backend configuration of the enclave workspace; no resource is created, changed or destroyed.',
  'Impacted CUI systems': ['Build pipeline'],
  Justification: 'The agent is rebuilt monthly and the state was nearly lost in the spring.',
  'Security impact analysis':
    'State names hosts and rules (security protection data). The bucket is private, encrypted with our own key, and only the pipeline role reads it.',
  'Test plan':
    'terraform plan shows no change before and after; restore of an older version tried in the test workspace.',
  'Backout plan': 'Point the backend at the old path and copy the last state version back.',
};

export const EMERGENCY: FieldValues = {
  'Change type': 'Emergency',
  Summary: 'Block the management port of the VPN appliance: exploited in the wild',
  Description: 'Vendor advisory of this morning; exploitation reported.',
  Scope: 'Deny TCP 4443 from anywhere to the appliance; management from the admin network stays.',
  'Impacted CUI systems': ['CUI enclave firewall'],
  Justification: 'Active exploitation of an unauthenticated defect; a patch is announced for next week.',
  'Security impact analysis':
    'Closes the exposed port. Remote users are not affected, management moves to the admin network.',
  'Test plan': 'Port scan from outside; a remote user connects.',
  'Backout plan': 'Remove the deny rule; the previous policy version is kept on the firewall.',
};

export const MFA: FieldValues = {
  Summary: 'Require phishing-resistant MFA for administrators',
  Description: 'Hardware keys instead of push approval.',
  Scope: 'Conditional access policy for the administrators group in the identity provider.',
  'Impacted CUI systems': ['Identity provider'],
  Justification: 'Push approval was the way in at a partner company in June.',
  'Security impact analysis':
    'Stronger authentication for privileged accounts (3.5.3). Break-glass accounts stay outside and are sealed.',
  'Test plan': 'Report-only mode for three days, then two administrators sign in with their keys.',
  'Backout plan': 'Set the policy to report-only again; break-glass accounts can always do that.',
};

export const BACKUP: FieldValues = {
  Summary: 'Replace the backup agent on File server FS-01',
  Description: 'The old agent is out of support at the end of the year.',
  Scope: 'Agent and its service account on FS-01; backup target unchanged.',
  'Impacted CUI systems': ['File server FS-01'],
  Justification: 'No security fixes any more from January.',
  'Security impact analysis':
    'The new agent needs no local administrator. Backups stay encrypted with our key (3.8.9).',
  'Test plan': 'Full backup and restore of one folder, compared by hash.',
  'Backout plan': 'Reinstall the old agent from the software share; its catalogue is kept for 30 days.',
};

export const PORTAL: FieldValues = {
  Summary: 'Open port 8443 for the inspection portal',
  Description: 'Customers upload acceptance records.',
  Scope: 'Reverse proxy in the DMZ to the portal, TCP 8443, one source network.',
  'Impacted CUI systems': ['CUI enclave firewall'],
  Justification: 'The customer ends e-mail delivery of acceptance records.',
  'Security impact analysis':
    'New inbound flow, limited to the customer network and terminated at the proxy with client certificates.',
  'Test plan': 'Upload from the customer network; a scan from elsewhere sees nothing.',
  'Backout plan': 'Disable the proxy site and rule 301.',
};

export const PRINTER: FieldValues = {
  Summary: 'Update the firmware of the office printers',
  Description: 'Printers on the guest side.',
  Scope: 'Three printers in the office network.',
  'Impacted CUI systems': ['None: no CUI system is touched'],
  Justification: 'The vendor ended support for the running version.',
  'Security impact analysis': 'The printers are not connected to the enclave; the update removes an old TLS version.',
  'Test plan': 'Print a page from each office.',
  'Backout plan': 'Load the previous firmware from the vendor site.',
};
