import { commitIds, deliver, push } from './github';
import { BACKUP, DANA, EMERGENCY, FIREWALL, MFA, PATCHES, PORTAL, PRINTER, TERRAFORM, request, work } from './requests';
import { awsScenario } from './scenario-aws';
import { providerScenario } from './scenario-provider';
import { refused, type Stage } from './stage';

/** What happened at a small defence subcontractor in the weeks before the site opens. One function a story, in the order in which they begin. */
export const STORIES: readonly ((stage: Stage) => Promise<unknown>)[] = [
  // First, because it is played under a policy of its own, which ends with it.
  providerScenario,
  awsScenario,
  firewallRule,
  monthlyPatches,
  emergencyBlock,
  disapprovedThenApproved,
  incompleteEvidence,
  withdrawnByItsOwner,
  terraformState,
  deferredByTheBoard,
  approvedThenEdited,
  noCuiSystem,
  eventsWereLost,
  placeholders,
  discoveredChange,
  bypassElsewhere,
  waitingForAuthority,
  markedText,
  justASummary,
];

/** The whole life: approved by two, deployed inside the window, closed, packed. */
async function firewallRule(stage: Stage) {
  await stage.daysAgo(28);
  const key = await stage.propose(request(stage, [30, 36], FIREWALL));
  const rule = work(key, 'enclave-firewall', 'sftp-jump-host', 41, 'allow SFTP from the jump host', [
    'add rule 214',
    'log rule 214',
  ]);
  await stage.develop(rule, 2);
  await stage.approve(
    key,
    5,
    ['reviewer', 'One managed source, one port, logged. The weekly review covers it.'],
    'authority',
  );
  await stage.as('owner').move(key, 'Schedule');
  const actor = { name: DANA.name, email: DANA.email };
  await stage.ask(30.9, { change: key, environment: 'production', commits: commitIds(rule), actor }, 'allowed');
  await stage.deploy(rule, 31);
  await stage.as('implementer').move(key, 'Execute');
  await stage.as('implementer').comment(key, 'Test transfer done, second host refused as expected.');
  await stage.hour(40);
  await stage.as('implementer').invoke(key, 'implementation.record', {
    startedAt: stage.time(31).toISOString(),
    endedAt: stage.time(32.5).toISOString(),
    outcome: 'as-planned',
    backoutUsed: false,
    verification: 'Transfer from the jump host works, from a second host it is refused; both are in the firewall log.',
    controlsSatisfied: true,
    verifiedBy: stage.accountOf('owner'),
    verifiedAt: stage.time(34).toISOString(),
    baselineUpdated: 'updated',
    inventoryUpdated: 'not-needed',
    planUpdated: 'updated',
  });
  await stage.as('owner').move(key, 'Close');
  await stage.settle();
  await stage.assemblePack(key, 'auditor');
}

async function monthlyPatches(stage: Stage) {
  await stage.daysAgo(21);
  const key = await stage.propose(request(stage, [20, 24], { ...PATCHES, 'Change type': 'Standard' }));
  await stage.approve(
    key,
    3,
    ['reviewer2', 'Removes two critical findings; test server unchanged after a day.'],
    'authority2',
  );
  await stage.hour(21);
  await stage.as('implementer').move(key, 'Execute');
  await stage.settle();
}

async function terraformState(stage: Stage) {
  await stage.daysAgo(6);
  const key = await stage.propose(request(stage, [24 * 8, 24 * 8 + 4], TERRAFORM));
  await stage.develop(
    work(key, 'enclave-terraform', 'state-bucket', 118, 'move the state to the bucket', [
      'add the backend',
      'document the restore',
      'pin the provider',
    ]),
    4,
  );
  await stage.approve(
    key,
    8,
    ['reviewer', 'State is security protection data; the bucket policy was read and is tight.'],
    'authority',
  );
  await stage.as('owner').move(key, 'Schedule');
  await stage.settle();
}

async function emergencyBlock(stage: Stage) {
  await stage.daysAgo(15);
  const key = await stage.propose(request(stage, [0, 6], EMERGENCY), 'implementer');
  await stage.hour(0.5);
  await stage.as('emergency').move(key, 'Approve', {
    'Decision basis': 'Exploited in the wild; closing the port is the only measure today.',
  });
  await stage.settle();
  await stage.hour(1.5);
  await stage.as('implementer').move(key, 'Execute');
  await stage.settle();
}

async function disapprovedThenApproved(stage: Stage) {
  await stage.daysAgo(12);
  const key = await stage.propose(
    request(stage, [24 * 5, 24 * 5 + 3], { ...MFA, 'Backout plan': 'Remove the policy again.' }),
  );
  await stage.hour(4);
  await stage.as('reviewer').move(key, 'Disapprove', {
    'Decision basis': 'If the policy locks every administrator out, nobody can remove it. The plan has to say how.',
    'Required actions': 'Write a backout plan that works with all keys lost @owner',
  });
  await stage.settle();
  await stage.hour(22);
  await stage.as('owner').edit(key, { 'Backout plan': String(MFA['Backout plan']) });
  await stage.settleActions(key, 'owner', 'Break-glass accounts stand outside the policy; the plan was tried.');
  await stage.as('owner').move(key, 'Resubmit');
  await stage.settle();
  await stage.approve(
    key,
    26,
    ['reviewer', 'Break-glass accounts are outside the policy and sealed: the plan works now.'],
    'authority2',
  );
}

/** Executed with a push and nothing else: no review, no run, no deployment. */
async function incompleteEvidence(stage: Stage) {
  await stage.daysAgo(9);
  const key = await stage.propose(request(stage, [24, 30], BACKUP));
  await stage.approve(key, 3, ['reviewer2', 'Less privilege than today, same target.'], 'authority');
  await stage.hour(25);
  const agent = work(key, 'server-config', 'backup-agent', 77, 'replace the backup agent', ['install the new agent']);
  await deliver(stage.base, 'push', push(agent, stage.time(25)));
  await stage.settle();
  await stage.as('implementer').move(key, 'Execute');
  await stage.settle();
}

async function approvedThenEdited(stage: Stage) {
  await stage.daysAgo(4);
  const key = await stage.propose(request(stage, [24 * 6, 24 * 6 + 4], PORTAL));
  await stage.develop(
    work(key, 'enclave-firewall', 'inspection-portal', 43, 'open 8443 for the portal', ['add rule 301']),
    3,
  );
  await stage.approve(key, 6, ['reviewer', 'Client certificates and one source network.'], 'authority');
  await stage.hour(30);
  await stage.as('owner').edit(key, {
    Scope: 'Reverse proxy in the DMZ to the portal, TCP 8443, any source: the customer has no fixed addresses.',
  });
  await stage.settle();
}

async function noCuiSystem(stage: Stage) {
  await stage.daysAgo(3);
  const key = await stage.propose(request(stage, [24 * 4, 24 * 4 + 8], PRINTER));
  await stage.hour(2);
  await stage.as('authority2').move(key, 'Approve');
  await stage.settle();
}

async function placeholders(stage: Stage) {
  await stage.daysAgo(2);
  await stage.propose(
    request(stage, [24 * 9, 24 * 9 + 2], {
      ...MFA,
      Summary: 'Move sign-in of the inspection workstations to the new identity provider',
      'Impacted CUI systems': ['Unknown'],
      'Security impact analysis': 'tbd',
      'Test plan': 'N/A',
      'Backout plan': 'Move sign-in of the inspection workstations to the new identity provider',
    }),
  );
}

async function discoveredChange(stage: Stage) {
  await stage.daysAgo(2);
  await stage.propose(
    request(stage, [30, 40], {
      ...FIREWALL,
      'Change type': 'Discovered',
      Summary: 'Found: a switch in the workshop was replaced without a change',
      Description: 'Noticed at the weekly walk-through. The new switch has the default configuration.',
      Scope: 'Workshop switch SW-07, replaced on Saturday by the electrician.',
      'Impacted CUI systems': ['Unknown'],
      Justification: 'The change has already happened; it has to be reviewed and accepted or reverted.',
    }),
    'implementer',
  );
}

async function waitingForAuthority(stage: Stage) {
  await stage.daysAgo(1);
  const key = await stage.propose(
    request(stage, [24 * 3, 24 * 3 + 2], {
      ...TERRAFORM,
      Summary: 'Rotate the signing keys of the build pipeline',
      Scope: 'Signing keys of the release job; the old key verifies for 90 more days.',
      Justification: 'The keys reach their yearly limit next week.',
    }),
  );
  await stage.hour(3);
  await stage
    .as('msp')
    .decide(key, 'approved', 'Keys stay in the hardware module; the overlap is long enough for every consumer.');
  await stage.settle();
}

async function deferredByTheBoard(stage: Stage) {
  await stage.daysAgo(5);
  const key = await stage.propose(
    request(stage, [24 * 7, 24 * 7 + 6], {
      ...BACKUP,
      Summary: 'Decommission the old FTP server',
      Scope: 'Server FTP-02: stop, archive, wipe.',
      Justification: 'Replaced by the inspection share in the spring.',
    }),
  );
  await stage.hour(5);
  await stage
    .as('authority')
    .decide(key, 'deferred', 'Two customers still deliver there until the end of the month. Back on the agenda then.');
  await stage.settle();
}

async function withdrawnByItsOwner(stage: Stage) {
  await stage.daysAgo(8);
  const key = await stage.propose(
    request(stage, [24 * 2, 24 * 2 + 2], {
      ...PRINTER,
      Summary: 'Synchronise clocks with the time servers of the internet provider',
      'Impacted CUI systems': ['CUI enclave firewall', 'Identity provider'],
    }),
  );
  await stage.hour(6);
  await stage.as('requester').comment(key, 'Our own receiver arrives next week; not needed any more.');
  await stage.as('requester').move(key, 'Withdraw');
  await stage.settle();
}

async function justASummary(stage: Stage) {
  await stage.daysAgo(0.2);
  await stage.propose({ Summary: 'New badge reader in the server room' });
}

/** A paste that carries a marking: export is blocked until a named person clears it. */
async function markedText(stage: Stage) {
  await stage.daysAgo(1);
  await stage.propose(
    request(stage, [24 * 6, 24 * 6 + 2], {
      ...PORTAL,
      Summary: 'Publish the drawing index in the inspection portal',
      Description: 'Text pasted from the customer mail follows.\nCUI//SP-CTI\nIndex of drawings, revision C.',
    }),
  );
}

/** The approval was transitioned while the app heard nothing: the status says Approved, no decision is recorded. */
async function eventsWereLost(stage: Stage) {
  await stage.daysAgo(3);
  const key = await stage.propose(
    request(stage, [24 * 5, 24 * 5 + 3], { ...PRINTER, Summary: 'Replace the label printer in goods receipt' }),
  );
  await stage.hour(4);
  await stage.withoutEvents(() => stage.as('authority').move(key, 'Approve'));
}

/** OPS has none of our rules: anybody moves anything, and nothing of it is a decision. */
async function bypassElsewhere(stage: Stage) {
  await stage.daysAgo(2);
  const key = await stage.as('implementer').create('OPS', 'Task', { Summary: 'Swap the UPS battery in rack 2' });
  await refused(() => stage.as('implementer').decide(key, 'approved', 'Looks fine to me.'));
}
