import { TOMASZ } from './people-map';
import {
  ACME,
  ACMES_KEY,
  artifactsOf,
  attested,
  commitsOf,
  DIGESTS,
  FIELDS,
  ORDER,
  PROTOCOL,
  provenance,
  workDone,
  type Commit,
} from './provider-files';
import type { Question } from './hand-in';
import { request } from './requests';
import type { Stage } from './stage';

interface ProviderChange {
  readonly stage: Stage;
  readonly key: string;
  readonly commits: readonly Commit[];
}

/**
 * Three people and a managed provider without any CI. Acme MSP makes the change in its own repository and hands in, as a
 * script of curl and openssl does, what it commits, deploys and attests; a decision needs somebody of each house. Answers
 * the change's key.
 */
export async function providerScenario(stage: Stage): Promise<string> {
  await stage.daysAgo(60);
  await providerSigns(stage, true);
  await stage.registerKey(
    ACMES_KEY.pem,
    'Acme MSP, attestations',
    { kind: 'organisation', name: ACME },
    'Read out to us on the phone, digit by digit.',
  );
  const fields = request(stage, [48, 52], { ...FIELDS, Implementer: stage.accountOf('requester') });
  const key = await stage.propose(fields);
  const change = { stage, key, commits: commitsOf(stage, key) };
  await prepare(change);
  await decide(change);
  await stage.ask(48.5, question(change), 'allowed');
  await deploy(change);
  await close(change);
  await providerSigns(stage, false);
  await stage.assemblePack(key, 'owner');
  return key;
}

const idsOf = ({ commits }: ProviderChange): readonly string[] => commits.map(({ id }) => id);

const question = (change: ProviderChange): Question => ({
  change: change.key,
  environment: 'enclave',
  commits: idsOf(change),
  artifacts: artifactsOf().map(({ digest }) => digest),
  actor: { name: TOMASZ.name, email: TOMASZ.email },
});

/** While the company is three people, two sign-offs have to be of two organisations. */
async function providerSigns(stage: Stage, required: boolean): Promise<void> {
  const { version, policy } = (await stage.administer('policy.read')) as { version: string; policy: object };
  const outsideProvider = { organisation: ACME, group: 'msp-acme', groupId: null, until: null, required: true };
  await stage.administer('policy.save', {
    basedOn: version,
    policy: { ...policy, outsideProvider: required ? outsideProvider : null },
    reason: required
      ? 'We are three: whoever did not ask for a change or make it is one person. Acme MSP gives the second sign-off.'
      : 'We are twelve by now, and our own change authority gives the second sign-off again.',
  });
  await stage.settle();
}

/** What every envelope of Acme MSP says. */
const said = ({ stage, key }: ProviderChange, hours: number) => ({
  change: key,
  repository: 'acme-msp/harbor-precision-firewall',
  actor: { name: TOMASZ.name, email: TOMASZ.email, login: TOMASZ.login },
  claimedAt: stage.time(hours).toISOString(),
});

async function prepare(change: ProviderChange): Promise<void> {
  const { stage, commits } = change;
  const ids = idsOf(change);
  const url = `https://desk.acme-msp.example.com/changes/${ORDER.id}`;
  const title = 'Harbor Precision: certificate sign-in for the VPN';
  await stage.handIn(20, {
    ...said(change, 20),
    kind: 'external-change-record',
    record: { system: 'Acme MSP service desk', id: ORDER.id, title, url },
    commits: ids,
  });
  await stage.handIn(20.1, { ...said(change, 20.1), kind: 'commit', commits });
  await stage.handIn(20.2, {
    ...said(change, 20.2),
    kind: 'attestation',
    title: 'What the profile was made from',
    commits: ids,
    contents: [attested('provenance.intoto.json', provenance(stage, ids))],
  });
  await stage.handIn(20.3, {
    ...said(change, 20.3),
    kind: 'check',
    check: { id: `${ORDER.id}/test-firewall`, name: 'Loaded on the test firewall, by hand' },
    state: 'success',
    commits: ids,
    artifacts: artifactsOf(),
  });
}

/** One sign-off of each house: after the first the gate is still closed. */
async function decide(change: ProviderChange): Promise<void> {
  const { stage, key } = change;
  await stage.ask(21, question(change), 'blocked-not-approved');
  await stage.hour(22);
  await stage.as('reviewer').decide(key, 'approved', 'Stronger sign-in, and a lost card has an answer that is logged.');
  await stage.settle();
  await stage.ask(23, question(change), 'blocked-not-approved');
  await stage.hour(24);
  const basis = 'Read at Acme MSP by somebody who did not make it: the profile does what the request says.';
  await stage.as('msp').decide(key, 'approved', basis);
  await stage.as('reviewer').move(key, 'Approve');
  await stage.as('owner').move(key, 'Schedule');
  await stage.settle();
  await stage.ask(26, question(change), 'blocked-window');
}

async function deploy(change: ProviderChange): Promise<void> {
  const { stage, key } = change;
  const commits = idsOf(change);
  const about = { environment: 'enclave', commits, run: ORDER };
  await stage.handIn(48.6, {
    ...said(change, 48.6),
    ...about,
    kind: 'deployment',
    artifacts: artifactsOf(),
  });
  await stage.handIn(48.9, { ...said(change, 48.9), ...about, kind: 'deployment-status', state: 'success' });
  await stage.handIn(48.95, {
    ...said(change, 48.95),
    kind: 'configuration-difference',
    environment: 'enclave',
    ...DIGESTS,
  });
  await stage.handIn(49, {
    ...said(change, 49),
    kind: 'attestation',
    title: 'What was done on the firewall',
    commits,
    contents: [attested('work-done.intoto.json', workDone(stage))],
  });
  await stage.as('requester').move(key, 'Execute');
  await stage.settle();
  await stage.hour(50);
  await stage.as('requester').handInFile(key, 'test-result', 'Protocol of the three tests', PROTOCOL);
  await stage.settle();
}

async function close({ stage, key }: ProviderChange): Promise<void> {
  await stage.hour(54);
  await stage.as('requester').invoke(key, 'implementation.record', {
    startedAt: stage.time(48.6).toISOString(),
    endedAt: stage.time(48.9).toISOString(),
    outcome: 'as-planned',
    backoutUsed: false,
    verification: 'A user with a card connected, one without was refused, and so was a revoked certificate.',
    controlsSatisfied: true,
    verifiedBy: stage.accountOf('owner'),
    verifiedAt: stage.time(51).toISOString(),
    baselineUpdated: 'updated',
    inventoryUpdated: 'not-needed',
    planUpdated: 'updated',
    notes: `Made by Acme MSP, work order ${ORDER.id}.`,
  });
  await stage.as('owner').move(key, 'Close');
  await stage.settle();
}
