/** Two small businesses, one change each from request to pack: one with GitHub and AWS, one with a provider without CI. */
import { createHash } from 'node:crypto';
import type { FileRowsView } from '../../../src/contract/files';
import { unzipPack } from '../../../src/pack/unzip';
import { startSite, type RunningSite } from '../running-site';
import { mapPeople } from '../seed/people-map';
import { awsScenario } from '../seed/scenario-aws';
import { providerScenario } from '../seed/scenario-provider';
import { PEOPLE } from '../seed/seed';
import { Stage } from '../seed/stage';
import { Drive } from './drive';
import { answers, broken, json, kinds, read, rowsOf, signers, textOf, told, verified, type Told } from './told';

const NOW = '2026-03-02T09:00:00Z';
let site: RunningSite;

/** Both are played one after the other, the first under a policy of its own: as the demo does. */
let provider: Told;
let aws: Told;

beforeAll(async () => {
  site = await startSite({ now: NOW });
  const stage = await Stage.open(site.base, new Date(NOW), PEOPLE);
  await mapPeople(stage);
  const keys = [await providerScenario(stage), await awsScenario(stage)] as const;
  const drive = new Drive(site.base);
  [provider, aws] = [await told(drive, keys[0]), await told(drive, keys[1])];
}, 180_000);

afterAll(() => site.stop());

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
      // Stated by the sender and read from the file: one each.
      attestation: 2,
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
      // What the pipeline found and what the registered key shows, in one row.
      'commit-signature': 1,
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
      ['config-notification.json', 'aws-config', '1 AWS Config item', 0],
      ['cloudtrail.json', 'cloudtrail', '5 CloudTrail records', 0],
    ]);
  });

  it('names in the rows of the commit whose key signed it', async () => {
    const { rows } = await rowsOf(aws, 'commit.txt');
    expect(rows.map(({ people }) => people.filter(({ role }) => role === 'signer'))).toEqual([
      [{ role: 'signer', name: 'Imani Clarke' }],
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
      '1 of 4 recorded actions lies outside the change window.',
      '1 of 4 recorded actions was done by somebody other than the implementer.',
      '1 of 4 recorded actions touches no system that the change names.',
    ]);
  });
});

describe('the pack of the provider', () => {
  it('says of each decision for which organisation it was taken', () => {
    const { decisions } = json(provider, /c_decisions\.json$/) as { decisions: readonly { organisation: string }[] };
    expect(decisions.map(({ organisation }) => organisation)).toEqual(['own organisation', 'Acme MSP']);
    expect(textOf(provider, /report\.html$/)).toContain('Organisation: Acme MSP');
  });

  it('says in the first line of the report that it is closed, since when, and that both decisions stand', () => {
    const report = textOf(provider, /report\.html$/);
    expect(report).toContain('Closed: nothing is open any more');
    expect(report).toMatch(/Decisions that stand: approved by Victor Reyes[^;]*; approved by Maya Sorensen/);
    expect(report).not.toContain('do not open this change');
  });

  it('says of each verified file whose key signed it, and shows an attestation once, with both of its entries', () => {
    const { files } = json(provider, /b_files\.json$/) as { files: readonly { signers: readonly object[] }[] };
    const acme = { key: 'key-1', whose: 'Acme MSP', fingerprint: expect.stringMatching(/^\S{20,}$/) as string };
    expect(files.map(({ signers: by }) => by)).toEqual([[acme], [acme], []]);
    expect(textOf(provider, /report\.html$/)).toContain('Attestations (2)');
    const { evidence } = json(provider, /b_evidence\.json$/) as { evidence: readonly { kind: string }[] };
    expect(evidence.filter(({ kind }) => kind === 'attestation')).toHaveLength(4);
  });
});

describe('the pack of the company with AWS', () => {
  it('shows on paper what was changed, and which log is in it', () => {
    const report = textOf(aws, /report\.html$/);
    expect(report).toContain(
      '<code>cidr_ipv4</code></td><td><code>10.20.0.0/16</code></td><td><code>10.20.4.0/24</code>',
    );
    expect(report).toContain('Logs of systems that were handed in and read: cloudtrail.json (cloudtrail, 5 records');
  });

  it('holds every action that CloudTrail recorded, and lists those that do not fit as exceptions', () => {
    const rows = textOf(aws, /b_matching\.jsonl$/)
      .trim()
      .split('\n');
    expect(rows.map((row) => (JSON.parse(row) as { fits: boolean }).fits)).toEqual([false, true, true, false, false]);
    const { files } = json(aws, /_exceptions\.json$/) as { files: readonly { code: string }[] };
    expect(files.map(({ code }) => code)).toEqual(['outside-window', 'by-another', 'other-system']);
    expect(textOf(aws, /report\.html$/)).toContain('Recorded actions that do not fit');
  });

  it('holds the files as they were handed in, and what they say of before and after', () => {
    const { files } = json(aws, /b_files\.json$/) as {
      files: readonly { name: string; digest: string; bytes: { file: string } }[];
    };
    expect(files).toHaveLength(6);
    for (const { digest, bytes } of files) {
      const held = unzipPack(aws.pack).files.find(({ name }) => name === bytes.file)?.bytes ?? new Uint8Array();
      expect(createHash('sha256').update(held).digest('hex')).toBe(digest);
    }
    const stated = unzipPack(aws.pack).files.filter(({ name }) => name.includes('b_statements_'));
    const said = stated.map(({ bytes }) => Buffer.from(bytes).toString()).join();
    for (const network of ['10.20.0.0/16', '10.20.4.0/24']) expect(said).toContain(network);
  });
});

describe.each([
  ['of the provider', (): Told => provider, [/_ledger\.jsonl$/, /b_statements_/, /b_keys\.json$/]],
  ['of the company with AWS', (): Told => aws, [/_raw_/, /b_matching\.jsonl$/, /b_file_/, /b_keys\.json$/]],
] as const)('the pack %s', (_, of, parts) => {
  it('is consistent, with every delivery and every file in it', () => {
    const { status, said } = verified(of().pack);
    expect([status, said.ok]).toEqual([0, true]);
    const detail = (name: string) => said.checks.find((check) => check.name === name)?.detail;
    expect(detail('deliveries')).toMatch(/^\d+ as received, 0 redacted, 0 held back, 0 missing$/);
    const files = of().files.files.length;
    expect(detail('files')).toBe(`${files} files handed in, the statements of ${files} of ${files} here`);
  });

  it.each(parts)('is not once one bit of %s is another', (part) => {
    const { status, said } = verified(broken(of().pack, part));
    expect([status, said.ok]).toEqual([1, false]);
  });
});
