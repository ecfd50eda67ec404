/** Two small businesses, one change each from request to pack: one with GitHub and AWS, one with a provider without CI. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileRowsView, FilesView } from '../../../src/contract/files';
import type { ChangeView } from '../../../src/contract/panel';
import { unzipPack } from '../../../src/pack/unzip';
import { zipPack } from '../../../src/pack/zip';
import { startSite, type RunningSite } from '../running-site';
import { mapPeople } from '../seed/people-map';
import { awsScenario } from '../seed/scenario-aws';
import { providerScenario } from '../seed/scenario-provider';
import { PEOPLE } from '../seed/seed';
import { Stage } from '../seed/stage';
import { Drive } from './drive';

const NOW = '2026-03-02T09:00:00Z';
const CLI = '.build/cli/change-control.cjs';
const folder = mkdtempSync(join(tmpdir(), 'scenarios-'));
let site: RunningSite;
let drive: Drive;

/** What is there of a change once its story is told. */
interface Told {
  readonly key: string;
  readonly view: ChangeView;
  readonly files: FilesView;
  readonly pack: Uint8Array;
}

/** Both are played one after the other, the first under a policy of its own: as the demo does. */
let provider: Told;
let aws: Told;

beforeAll(async () => {
  if (!existsSync(CLI)) throw new Error(`${CLI} is missing: node .tooling/bundle-cli.mjs makes it`);
  site = await startSite({ now: NOW });
  drive = new Drive(site.base);
  const stage = await Stage.open(site.base, new Date(NOW), PEOPLE);
  await mapPeople(stage);
  const keys = [await providerScenario(stage), await awsScenario(stage)] as const;
  [provider, aws] = [await told(keys[0]), await told(keys[1])];
}, 180_000);

afterAll(async () => {
  await site.stop();
  rmSync(folder, { recursive: true });
});

async function told(key: string): Promise<Told> {
  const authorization = `Basic ${Buffer.from('auditor:local').toString('base64')}`;
  const response = await fetch(`${site.base}/forge/pack/${key}`, { method: 'POST', headers: { authorization } });
  const files = (await drive.as('auditor').invoke(key, 'file.list')) as FilesView;
  return { key, view: await drive.read(key), files, pack: new Uint8Array(await response.arrayBuffer()) };
}

/** Every kind of evidence, with how many items there are of it. */
const kinds = ({ view }: Told): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { kind } of view.evidence) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

/** What the gate was asked, oldest first: for where, by whom, what it answered, and how many deployments followed. */
const answers = ({ view }: Told) =>
  view.gate
    .map(({ environment, actor, verdict, followedBy }) => [environment, actor, verdict, followedBy.length])
    .reverse();

const signers = ({ view }: Told) =>
  view.decisions.map(({ by, countsFor, organisation, valid }) => [by.name, countsFor, organisation, valid]);

/** Each file that was read: its name, format and title, and how many of its signatures are verified. */
const read = ({ files }: Told) =>
  files.files.map(({ name, format, title, signatures }) => [name, format, title, signatures.verified]);

async function rowsOf({ key, files }: Told, name: string): Promise<FileRowsView> {
  const file = files.files.find((one) => one.name === name)?.seq;
  return (await drive.as('auditor').invoke(key, 'file.read', { file })) as FileRowsView;
}

interface Verified {
  readonly ok: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

function verified(pack: Uint8Array): { readonly status: number | null; readonly said: Verified } {
  const path = join(folder, 'pack.zip');
  writeFileSync(path, pack);
  const { status, stdout } = spawnSync(process.execPath, [CLI, 'verify', path, '--json'], { encoding: 'utf8' });
  return { status, said: JSON.parse(stdout) as Verified };
}

/** The pack with one bit of one file turned over. */
function broken(pack: Uint8Array, name: RegExp): Uint8Array {
  const files = unzipPack(pack).files.map(({ name: path, bytes }) => ({ name: path, bytes: Uint8Array.from(bytes) }));
  const file = files.find(({ name: path }) => name.test(path));
  if (file === undefined) throw new Error(`the pack has no file ${String(name)}`);
  file.bytes[file.bytes.length - 10] = (file.bytes.at(-10) ?? 0) ^ 1;
  return zipPack(files);
}

describe('three people and a managed provider without CI', () => {
  it('are stopped by the gate until somebody of each organisation signed off and the window is open', () => {
    expect(answers(provider)).toEqual([
      ['enclave', 'Tomasz Nowak', 'blocked-not-approved', 0],
      ['enclave', 'Tomasz Nowak', 'blocked-not-approved', 0],
      ['enclave', 'Tomasz Nowak', 'blocked-window', 0],
      ['enclave', 'Tomasz Nowak', 'allowed', 1],
    ]);
    expect(signers(provider)).toEqual([
      ['Victor Reyes', 'security reviewer', null, true],
      ['Maya Sorensen (Acme MSP)', 'change authority', 'Acme MSP', true],
    ]);
  });

  it('end with a closed change that nothing speaks against, decided under a policy that has changed since', () => {
    const { status, verdict, implementation } = provider.view;
    expect({ status, decided: verdict.decided, exceptions: verdict.exceptions }).toEqual({
      status: 'Closed',
      decided: true,
      exceptions: [],
    });
    expect(verdict.notices.map(({ code }) => code)).toEqual(['policy-differs']);
    expect(implementation).toMatchObject({ outcome: 'as-planned', by: { name: 'Rachel Quinn' } });
  });

  it('have evidence of every kind that the provider and they themselves hand in, and are told which is not there', () => {
    expect(kinds(provider)).toEqual({
      'external-change-record': 1,
      commit: 2,
      // Each as it was handed in, and what it says once its signature is checked.
      attestation: 4,
      check: 1,
      artifact: 1,
      deployment: 1,
      'deployment-status': 1,
      'configuration-difference': 1,
      'test-result': 1,
    });
    const byHand = provider.view.evidence.filter(({ source }) => source !== 'pipeline');
    expect(byHand).toMatchObject([
      { kind: 'test-result', title: 'Protocol of the three tests', people: [{ role: 'sender', name: 'Rachel Quinn' }] },
    ]);
    expect(provider.view.missing.map(({ code }) => code)).toEqual(['no-review']);
  });

  it('have attestations that are verified by the key that the provider registered', () => {
    expect(read(provider)).toEqual([
      ['provenance.intoto.json', 'dsse', 'SLSA provenance of harbor-precision-vpn-profile.bundle', 1],
      ['work-done.intoto.json', 'dsse', 'Attestation of harbor-precision-vpn-profile.bundle', 1],
      ['test-protocol.txt', 'other-file', 'test-protocol.txt', 0],
    ]);
    const verifiedOnes = provider.view.evidence.filter(
      ({ kind, state }) => kind === 'attestation' && state === 'verified',
    );
    expect(verifiedOnes.map(({ people }) => people)).toEqual([
      [{ role: 'signer', name: 'Acme MSP' }],
      [{ role: 'signer', name: 'Acme MSP' }],
    ]);
  });
});

describe('a company with GitHub and AWS', () => {
  it('is stopped by the gate until it is approved and the window is open', () => {
    expect(answers(aws)).toEqual([
      ['production', 'Imani Clarke', 'blocked-not-approved', 0],
      ['production', 'Imani Clarke', 'blocked-window', 0],
      ['production', 'Imani Clarke', 'allowed', 1],
    ]);
    expect(signers(aws)).toEqual([
      ['Victor Reyes', 'security reviewer', null, true],
      ['Audrey Thornton', 'change authority', null, true],
    ]);
  });

  it('ends with a closed change that says itself how it deviated', () => {
    const { status, verdict, implementation, missing } = aws.view;
    expect({ status, exceptions: verdict.exceptions, notices: verdict.notices, missing }).toEqual({
      status: 'Closed',
      exceptions: [],
      notices: [],
      missing: [],
    });
    expect(implementation).toMatchObject({ outcome: 'with-deviations', by: { name: 'Imani Clarke' } });
  });

  it('has evidence of every kind from GitHub and from its pipeline', () => {
    expect(kinds(aws)).toEqual({
      commit: 2,
      // What the pipeline found, and what the registered key shows.
      'commit-signature': 2,
      'pull-request': 1,
      review: 1,
      run: 1,
      check: 1,
      artifact: 1,
      'configuration-difference': 2,
      'configuration-state': 1,
      deployment: 1,
      'deployment-status': 1,
      'test-result': 1,
      'execution-log': 1,
    });
  });

  it('has files of which each is read, the commit verified by the key that Imani registered', () => {
    expect(read(aws)).toEqual([
      ['commit.txt', 'git-commit', expect.stringMatching(/^Commit [0-9a-f]{12}: verified$/), 1],
      ['plan.json', 'terraform-plan', 'Terraform plan: 1 update', 0],
      ['junit.xml', 'junit', '4 tests: 0 failed, 0 broken, 0 skipped', 0],
      ['config-history.json', 'aws-config', '2 AWS Config items', 0],
      ['config-notification.json', 'aws-config', '1 AWS Config items', 0],
      ['cloudtrail.json', 'cloudtrail', '5 CloudTrail records', 0],
    ]);
  });

  it('shows the configuration before and after, as planned and as AWS Config found it', async () => {
    const values = ({ rows }: FileRowsView) => rows.map(({ attributes: { before, after } }) => [before, after]);
    expect(values(await rowsOf(aws, 'plan.json'))).toEqual([
      ['{"cidr_ipv4":"10.20.0.0/16"}', '{"cidr_ipv4":"10.20.4.0/24"}'],
    ]);
    expect(values(await rowsOf(aws, 'config-notification.json'))).toEqual([
      [expect.stringContaining('10.20.0.0/16'), expect.stringContaining('10.20.4.0/24')],
    ]);
  });

  it('shows of each call in CloudTrail whether it fits the change, and hides none that does not', async () => {
    const { rows, matching } = await rowsOf(aws, 'cloudtrail.json');
    expect(
      rows.map(({ title, people, match }) => [
        title.split(' ')[0],
        people[0]?.name,
        match?.window,
        match?.who,
        match?.systems.length,
        match?.fits,
      ]),
    ).toEqual([
      ['DescribeSecurityGroupRules', 'implementer@example.test', 'inside', 'implementer', 0, false],
      ['ModifySecurityGroupRules', 'implementer@example.test', 'inside', 'implementer', 1, true],
      ['CreateTags', 'implementer@example.test', 'inside', 'implementer', 1, true],
      ['RebootInstances', 'owner@example.test', 'inside', 'another', 0, false],
      ['RevokeSecurityGroupIngress', 'implementer@example.test', 'after', 'implementer', 1, false],
    ]);
    expect(matching.map(({ sentence }) => sentence)).toEqual([
      '1 of 4 recorded actions lie outside the change window.',
      '1 of 4 recorded actions were done by somebody other than the implementer.',
      '1 of 4 recorded actions touch no system that the change names.',
    ]);
  });
});

describe.each([
  ['of the provider', (): Told => provider, /_ledger\.jsonl$/],
  ['of the company with AWS', (): Told => aws, /_raw_/],
])('the pack %s', (_, of, part) => {
  it('is consistent, with every delivery in it', () => {
    const { status, said } = verified(of().pack);
    expect([status, said.ok]).toEqual([0, true]);
    expect(said.checks.find(({ name }) => name === 'deliveries')?.detail).toMatch(
      /^\d+ as received, 0 redacted, 0 held back, 0 missing$/,
    );
  });

  it('is not once one bit of it is another', () => {
    const { status, said } = verified(broken(of().pack, part));
    expect([status, said.ok]).toEqual([1, false]);
  });
});
