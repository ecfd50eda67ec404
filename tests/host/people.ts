/** The people of a new site, their groups and the accounts of apps, as data. */

export interface PersonData {
  /** What they sign in with, and the local part of their e-mail `<userName>@example.test`. */
  readonly userName: string;
  readonly is: string;
  readonly displayName: string;
  /** Opaque, as Atlassian's are: older accounts are 24 hexadecimal digits, newer ones a number, a colon and a UUID. */
  readonly accountId: string;
  readonly accountType: 'atlassian' | 'app';
  readonly groups: readonly string[];
}

const person = (
  userName: string,
  displayName: string,
  is: string,
  accountId: string,
  ...groups: readonly string[]
): PersonData => ({
  userName,
  displayName,
  is,
  accountId,
  accountType: 'atlassian',
  groups,
});

export const PEOPLE: readonly PersonData[] = [
  person('requester', 'Rachel Quinn', 'asks for changes', '712020:3f0b8a54-6d0e-4a7c-9c1e-5f3a6b2d7e10', 'jira-users'),
  person('owner', 'Owen Marsh', 'change owner', '712020:91c2d7e8-0b4f-4d36-8a55-2e7f9c3b6a41', 'jira-users'),
  person('implementer', 'Imani Clarke', 'carries changes out', '5f8a3c0e9d1b2a0069e4c7b3', 'jira-users'),
  person(
    'reviewer',
    'Victor Reyes',
    'security reviewer',
    '712020:c6a1f0d2-58e9-4b7b-b3d4-90e1a7c52f68',
    'security-reviewers',
  ),
  person('reviewer2', 'Renata Silva', 'security reviewer', '5e2d9b7f4c3a1e0c8b6f5d21', 'security-reviewers'),
  person(
    'authority',
    'Audrey Thornton',
    'change authority / CAB',
    '712020:0d7e4b93-a2c8-4f15-9e60-7b1c8d5f3a92',
    'change-authority',
  ),
  person('authority2', 'Arthur Lindqvist', 'change authority / CAB', '60b1e7a94f2c8d0071a3c5e9', 'change-authority'),
  person(
    'emergency',
    'Emil Novak',
    'emergency change authority',
    '712020:7a5c2e18-f3d9-4906-8b4e-c1d0e6f7a835',
    'emergency-authority',
  ),
  person(
    'msp',
    'Maya Sorensen (Acme MSP)',
    'engineer of the outside provider "Acme MSP"',
    '712020:e4b9d610-27fa-4c83-a5d7-3c8e1f0b9264',
    'msp-acme',
    'security-reviewers',
  ),
  person(
    'admin',
    'Adam Whitfield',
    'Jira administrator',
    '557058:1c9f6e3a-84b2-4d70-9e5b-6a2f7d8c0b13',
    'jira-administrators',
  ),
  person(
    'auditor',
    'Nadia Brandt',
    'may browse, edits nothing',
    '712020:58d3a7c1-e96f-4b20-8d1c-f4a0b7e25c39',
    'auditors',
  ),
  person('outsider', 'Olaf Stern', 'may not see project CHG', '712020:b2f8c4e7-1a5d-4963-b7e0-8d9c3f6a1e57'),
  {
    userName: 'bot',
    displayName: 'Release Bot',
    is: 'an app account',
    accountId: '557058:f58131cb-b67d-43c7-b30d-6b58d40bd077',
    accountType: 'app',
    groups: ['change-authority'],
  },
];

/** Groups with the stable ids that Jira Cloud gives them. */
export const GROUPS: readonly { readonly name: string; readonly groupId: string }[] = [
  { name: 'jira-users', groupId: '276f955c-63d7-42c8-9520-92d01dca0625' },
  { name: 'security-reviewers', groupId: '6e87dc72-4f1f-421f-9382-2fee8b652487' },
  { name: 'change-authority', groupId: '91d2f0b8-5a6e-4c37-8e14-0b7c9d3a6f25' },
  { name: 'emergency-authority', groupId: 'b7e4c1a9-0f38-4d62-9a5b-e1c6d7f80324' },
  { name: 'msp-acme', groupId: '3a9d5e70-c82b-4f16-b4e3-7d0f1a6c9b58' },
  { name: 'jira-administrators', groupId: '0c5b8f21-7d4e-4a93-86f0-5e2d9c1b7a34' },
  { name: 'auditors', groupId: 'd4f7a6e3-19bc-4085-97d2-c8e05b3f6a17' },
];

/** The group that holds Jira's global permission "Administer Jira". */
export const ADMINISTRATORS = 'jira-administrators';

/** Our app's own account: what Jira shows as the author of what the app does. It is no user and cannot sign in. */
export const APP_ACCOUNT = {
  userName: 'app-change-control',
  displayName: 'Change control',
  accountId: '712020:a0c7e5f2-3b6d-4819-9f2a-d6e8b1c4730f',
} as const;
