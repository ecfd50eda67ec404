import { readFile } from '../../../src/readers/readers';
import { handedIn } from './file';
import { processorSeconds } from '../processor-time';

const read = (content: string, name = 'file') => readFile(handedIn(content, name));
const outcomeOf = (content: string, name?: string) => {
  const one = read(content, name);
  return one.outcome === 'read' ? `${one.format} ${one.statements.length}` : `${one.format} ${one.reason}`;
};
const factsOf = (content: string, name?: string) => {
  const one = read(content, name);
  if (one.outcome !== 'read') throw new Error(one.reason);
  return one;
};

describe('JUnit', () => {
  const surefire = `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="com.example.PaymentTest" time="0.42" tests="4" errors="1" skipped="1" failures="1" timestamp="2026-03-02T09:00:00Z">
  <properties><property name="java.version" value="21"/></properties>
  <testcase name="pays" classname="com.example.PaymentTest" time="0.1"/>
  <testcase name="refuses" classname="com.example.PaymentTest"><failure message="no &amp; never" type="AssertionError"><![CDATA[<stack>]]></failure></testcase>
  <testcase name="breaks" classname="com.example.PaymentTest"><error type="java.lang.NullPointerException"/></testcase>
  <testcase name="later" classname="com.example.PaymentTest"><skipped/></testcase>
</testsuite>`;

  it('Surefire: counts the cases, names those that failed', () => {
    const one = factsOf(surefire);
    expect(one).toMatchObject({
      format: 'junit',
      kind: 'test-result',
      title: '4 tests: 1 failed, 1 broken, 1 skipped',
      findings: [],
      attributes: { tests: '4', failures: '1', errors: '1', skipped: '1', suites: '1', seconds: '0.42' },
    });
    expect(one.statements.map(({ title, state, claimedAt }) => [title, state, claimedAt])).toEqual([
      ['4 tests: 1 failed, 1 broken, 1 skipped', 'failed', '2026-03-02T09:00:00.000Z'],
      ['com.example.PaymentTest › refuses', 'failed', '2026-03-02T09:00:00.000Z'],
      ['com.example.PaymentTest › breaks', 'error', '2026-03-02T09:00:00.000Z'],
    ]);
  });

  it.each([
    [
      'pytest',
      '<testsuites><testsuite name="pytest" tests="2" failures="0"><testcase name="a"/><testcase name="b"><skipped type="pytest.skip"/></testcase></testsuite></testsuites>',
      '2 tests: 0 failed, 0 broken, 1 skipped',
    ],
    [
      'Jest',
      '<testsuites name="jest tests" tests="1" failures="1" errors="0"><testsuite name="x"><testcase name="a b"><failure>E</failure></testcase></testsuite></testsuites>',
      '1 test: 1 failed, 0 broken, 0 skipped',
    ],
    [
      'GoogleTest',
      '<testsuites tests="2"><testsuite name="T"><testcase name="A" status="run" result="completed"/><testcase name="B" status="notrun" result="suppressed"/></testsuite></testsuites>',
      '2 tests: 0 failed, 0 broken, 1 skipped',
    ],
    [
      'a flaky case of Surefire, passed in the end',
      '<testsuite><testcase name="A"><flakyFailure/></testcase></testsuite>',
      '1 test: 0 failed, 0 broken, 0 skipped',
    ],
    [
      'a rerun that failed again',
      '<testsuite><testcase name="A"><failure/><rerunFailure/></testcase></testsuite>',
      '1 test: 1 failed, 0 broken, 0 skipped',
    ],
    [
      'suites in suites, with a namespace',
      '<j:testsuites xmlns:j="urn:x"><j:testsuite><j:testsuite><j:testcase name="A"/></j:testsuite></j:testsuite></j:testsuites>',
      '1 test: 0 failed, 0 broken, 0 skipped',
    ],
  ])('%s', (_, xml, title) => {
    expect(factsOf(xml).title).toBe(title);
  });

  it('says when the sums of the file are not what it holds', () => {
    expect(
      factsOf(surefire.replace(/<testcase name="refuses".*\n/, '')).findings.map(({ sentence }) => sentence),
    ).toEqual(['The file says it has 4 tests and holds 3.', 'The file says it has 1 failures and holds 0.']);
  });

  it.each([
    ['cut off', surefire.slice(0, -20), 'junit not-xml'],
    ['tags that do not match', surefire.replace('</failure>', '</error>'), 'junit not-xml'],
    ['an entity of HTML', surefire.replace('&amp;', '&nbsp;'), 'junit not-xml'],
    ['a document type', surefire.replace('<testsuite ', '<!DOCTYPE testsuite><testsuite '), 'junit document-type'],
    ['nothing inside', '<testsuites/>', 'junit no-records'],
    ['another root', `<x>${surefire.replace(/<\?.*\?>/, '')}</x>`, 'junit shape'],
  ])('refuses %s', (_, xml, outcome) => {
    expect(outcomeOf(xml)).toBe(outcome);
  });

  it('expands no bomb, resolves nothing, and is quick with depth and length', async () => {
    const entities = Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i + 1} "&a${i};&a${i};">`).join('');
    const bomb = `<!DOCTYPE x [<!ENTITY a0 "ha">${entities}]><testsuite><testcase name="&a20;"/></testsuite>`;
    const outside = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><testsuite><testcase/></testsuite>';
    const deep = `<testsuite>${'<a>'.repeat(50_000)}`;
    const long = `<testsuite><testcase name="${'x'.repeat(1_000_000)}"/></testsuite>`;
    const many = `<testsuite>${'<testcase name="a"/>'.repeat(20_000)}</testsuite>`;
    const read = () =>
      expect([bomb, outside, deep, long, many].map((xml) => outcomeOf(xml))).toEqual([
        'junit document-type',
        'junit document-type',
        'junit too-deep',
        'junit 1',
        'junit 1',
      ]);
    expect(await processorSeconds(read)).toBeLessThan(10);
  });
});

describe('reports in JSON', () => {
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'scanner', version: '3', rules: [{ id: 'R1', defaultConfiguration: { level: 'error' } }] },
        },
        invocations: [{ executionSuccessful: true, endTimeUtc: '2026-03-02T09:00:00Z' }],
        versionControlProvenance: [{ repositoryUri: 'https://example.com/r', revisionId: 'A'.repeat(40) }],
        results: [
          { ruleId: 'R1' },
          { ruleId: 'R2', level: 'note' },
          { ruleId: 'R1', suppressions: [{ kind: 'inSource' }] },
          { ruleId: 'R1', kind: 'pass' },
        ],
      },
    ],
  };
  const spdx = {
    spdxVersion: 'SPDX-2.3',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: 'app',
    packages: [{ SPDXID: 'a', name: 'app', versionInfo: '1' }],
    documentDescribes: ['a'],
  };
  const cyclonedx = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    components: [],
    metadata: { component: { name: 'app', version: '2' } },
    vulnerabilities: [
      {
        id: 'CVE-1',
        analysis: { state: 'not_affected', justification: 'code_not_reachable' },
        affects: [{ ref: 'urn:x' }],
      },
    ],
  };
  const openvex = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    author: 'A',
    statements: [{ vulnerability: { name: 'CVE-1' }, status: 'fixed', products: [{ '@id': 'pkg:x' }] }],
  };
  const csaf = {
    document: {
      csaf_version: '2.0',
      category: 'csaf_vex',
      title: 'T',
      tracking: { id: 'X-1', current_release_date: '2026-03-02T09:00:00Z' },
    },
    vulnerabilities: [{ cve: 'CVE-1', product_status: { known_not_affected: ['P'], fixed: ['Q'] } }],
  };
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'app.tgz', digest: { sha256: 'ab' } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        resolvedDependencies: [{ uri: 'git+https://example.com/r', digest: { gitCommit: 'b'.repeat(40) } }],
      },
      runDetails: { builder: { id: 'https://example.com/builder' }, metadata: { finishedOn: '2026-03-02T09:00:00Z' } },
    },
  };
  const envelope = {
    payloadType: 'application/vnd.in-toto+json',
    payload: Buffer.from(JSON.stringify(statement)).toString('base64'),
    signatures: [{ sig: 'AAAA' }],
  };

  it.each<readonly [string, unknown, string]>([
    ['SARIF', sarif, 'sarif 1'],
    ['SARIF of another version', { ...sarif, version: '2.0.0' }, 'sarif version-unknown'],
    ['SARIF without a tool', { ...sarif, runs: [{ results: [] }] }, 'sarif shape'],
    ['runs of something else', { runs: [] }, 'other-file 1'],
    ['SPDX', spdx, 'spdx 1'],
    ['SPDX 9', { ...spdx, spdxVersion: 'SPDX-9.0' }, 'spdx version-unknown'],
    ['SPDX without a name', { ...spdx, name: 7 }, 'spdx shape'],
    ['CycloneDX, only statements on vulnerabilities', cyclonedx, 'cyclonedx-vex 2'],
    ['CycloneDX with components', { ...cyclonedx, components: [{}] }, 'cyclonedx 2'],
    ['CycloneDX 9', { ...cyclonedx, specVersion: '9.0' }, 'cyclonedx version-unknown'],
    ['OpenVEX', openvex, 'openvex 1'],
    ['OpenVEX without an author', { ...openvex, author: null }, 'openvex shape'],
    [
      'OpenVEX of no known status',
      { ...openvex, statements: [{ vulnerability: 'CVE-1', status: 'fine' }] },
      'openvex no-records',
    ],
    ['CSAF VEX', csaf, 'csaf-vex 3'],
    ['CSAF 1', { document: { ...csaf.document, csaf_version: '1.2' } }, 'csaf version-unknown'],
    ['CSAF without tracking', { document: { ...csaf.document, tracking: null } }, 'csaf shape'],
    ['in-toto', statement, 'in-toto 1'],
    [
      'in-toto of another version',
      { ...statement, _type: 'https://in-toto.io/Statement/v9' },
      'in-toto version-unknown',
    ],
    ['in-toto about nothing', { ...statement, subject: [] }, 'in-toto shape'],
    ['in-toto about what has no digest', { ...statement, subject: [{ name: 'a' }] }, 'in-toto shape'],
    ['DSSE', envelope, 'dsse 1'],
    ['DSSE without signatures', { ...envelope, signatures: [] }, 'dsse shape'],
    [
      'a sigstore bundle of another version',
      { mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.9' },
      'sigstore version-unknown',
    ],
    [
      'a sigstore bundle that is empty',
      { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json' },
      'sigstore shape',
    ],
    ['anything else', { foo: 'bar' }, 'other-file 1'],
  ])('%s', (_, document, outcome) => {
    expect(outcomeOf(JSON.stringify(document))).toBe(outcome);
    expect(outcomeOf(JSON.stringify(document, null, 2))).toBe(outcome);
  });

  it('SARIF: levels by result, by rule, by default; suppressed ones apart', () => {
    expect(factsOf(JSON.stringify(sarif)).statements[0]).toMatchObject({
      state: 'errors',
      commits: ['a'.repeat(40)],
      claimedAt: '2026-03-02T09:00:00.000Z',
      attributes: { results: '4', errors: '1', warnings: '0', notes: '1', suppressed: '1' },
    });
  });

  it('SLSA provenance in an envelope: about what, by whom, from which commit, and that nobody is known to have signed', () => {
    for (const text of [JSON.stringify(envelope), `${JSON.stringify(envelope)}\n`]) {
      expect(factsOf(text).statements[0]).toMatchObject({
        kind: 'attestation',
        title: 'SLSA provenance of app.tgz',
        state: 'signed-signer-unknown',
        commits: ['b'.repeat(40)],
        claimedAt: '2026-03-02T09:00:00.000Z',
        touches: ['app.tgz', 'sha256:ab'],
        attributes: {
          builder: 'https://example.com/builder',
          signature: 'signed-signer-unknown',
          subjectDigest: 'sha256:ab',
        },
      });
    }
    expect(outcomeOf(`${JSON.stringify(envelope)}\n${JSON.stringify(envelope)}\n`)).toBe('dsse 2');
    expect(factsOf(JSON.stringify(statement)).statements[0]?.state).toBe('unsigned');
  });

  it('VEX: one fact a vulnerability and state', () => {
    expect(
      factsOf(JSON.stringify(csaf))
        .statements.slice(1)
        .map(({ title, touches }) => [title, touches]),
    ).toEqual([
      ['CVE-1: not_affected', ['P']],
      ['CVE-1: fixed', ['Q']],
    ]);
    expect(factsOf(JSON.stringify(cyclonedx)).statements[1]).toMatchObject({
      title: 'CVE-1: not_affected',
      touches: ['urn:x'],
    });
  });
});
