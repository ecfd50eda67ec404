import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { redactJson } from '../../../src/evidence/redact';
import { SCAN_RULES, scanContent, scanText } from '../../../src/evidence/scan';
import { corpusFolder } from '../../vectors/corpus';

/** One text a rule must find, and texts close to it that are none. Secrets are put together so that no scanner minds. */
const RULES: Readonly<Record<string, { readonly yes: readonly string[]; readonly no: readonly string[] }>> = {
  'classified-banner': {
    yes: ['SECRET//NOFORN', 'see\n  TOP SECRET//SI', 'CONFIDENTIAL//REL TO USA'],
    no: ['a SECRET//X', 'SECRET // X', 'secret//x', 'SECRET/X'],
  },
  'cui-banner-full': {
    yes: ['CUI//SP-CTI', 'CONTROLLED//PRVCY//NOFORN', 'x CUI//NOFORN'],
    no: ['CUI/SP-CTI', 'CUI//x', 'XCUI//SP-CTI', 'the CUI enclave firewall'],
  },
  'cui-banner-line': {
    yes: ['CUI', 'a\n CUI \nb', 'CONTROLLED UNCLASSIFIED INFORMATION'],
    no: ['CUI system', 'no CUI', 'controlled'],
  },
  'cui-portion-mark': {
    yes: ['(CUI) The frequency', '(U//CUI) x', '(CUI//SP-CTI) x'],
    no: ['(CUI)', '(CUI).', '(cui) x'],
  },
  'cui-category-marking': { yes: ['SP-CTI', 'x SP-EXPT y', 'SP-NNPI'], no: ['SP-CTIX', 'GSP-CTI', 'SP-7'] },
  'cui-designation-indicator': {
    yes: [
      'Controlled by: NAVSEA\nCUI Category: CTI',
      'controlled by: x\nLDC: FEDCON',
      'Controlled by: x Limited Dissemination Control: y',
    ],
    no: ['controlled by: the switch', 'CUI Category: CTI'],
  },
  'dissemination-control': {
    yes: ['NOFORN', 'x FEDCON', 'REL TO USA, GBR', 'DISPLAY ONLY'],
    no: ['noforn', 'NOFORNS', 'rel to usa'],
  },
  'distribution-statement': {
    yes: ['Distribution Statement D', 'DISTRIBUTION STATEMENT B.', 'Distribution authorized to the Department of War'],
    no: ['Distribution Statement A', 'distribution statement below'],
  },
  'export-warning': {
    yes: ['Arms Export Control Act', 'export-controlled', 'ITAR controlled', '22 CFR 125', '22 C.F.R. Parts 120'],
    no: ['exported', 'ITAR', '22 CFR 99'],
  },
  eccn: { yes: ['ECCN: 5A002', 'ECCN 3E001'], no: ['ECCN', '5A002', 'ECCN: EAR99'] },
  'legacy-marking': {
    yes: ['FOUO', 'For Official Use Only', 'Naval Nuclear Propulsion Information'],
    no: ['official use', 'FOUOX'],
  },
  'secret-private-key': {
    yes: [
      '-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl',
      '-----BEGIN RSA PRIVATE KEY-----',
    ],
    no: ['-----BEGIN PUBLIC KEY-----', 'PRIVATE KEY'],
  },
  'secret-github-token': {
    yes: [['ghp', 'a'.repeat(36)].join('_'), ['github', 'pat', 'B'.repeat(30)].join('_')],
    no: ['ghp_short', 'ghx_' + 'a'.repeat(36)],
  },
  'secret-gitlab-token': { yes: [['glpat', 'a1'.repeat(10)].join('-')], no: ['glpat-abc'] },
  'secret-aws-access-key-id': {
    yes: [['AKIA', 'A1B2C3D4E5F6G7H8'].join('')],
    no: ['AKIAIOSFODNN', 'XAKIA' + 'A'.repeat(16)],
  },
  'secret-atlassian-token': { yes: [['ATATT3', 'xFf'.repeat(10)].join('')], no: ['ATATT3x'] },
  'secret-slack-token': {
    yes: [
      ['xoxb', '1234567890', 'abc'].join('-'),
      ['https://hooks.slack.com', 'services', 'T000/B000/' + 'x'.repeat(24)].join('/'),
    ],
    no: ['xoxb-1', 'https://slack.com/services'],
  },
  'secret-google-api-key': { yes: [['AIza', 'a'.repeat(35)].join('')], no: ['AIzaShort'] },
  'secret-stripe-key': {
    yes: [['sk', 'live', 'a1'.repeat(12)].join('_')],
    no: ['sk_live_x', 'pk_live_' + 'a'.repeat(24)],
  },
  'secret-npm-token': { yes: [['npm', 'a'.repeat(36)].join('_')], no: ['npm_config_cache'] },
  'secret-pypi-token': { yes: [['pypi', 'AgE' + 'a'.repeat(60)].join('-')], no: ['pypi-server'] },
  'secret-sendgrid-key': { yes: [['SG', 'a'.repeat(22), 'b'.repeat(43)].join('.')], no: ['SG.a.b'] },
  'secret-vault-token': { yes: [['hvs', 'a'.repeat(24)].join('.')], no: ['hvs.a'] },
  'secret-digitalocean-token': { yes: [['dop', 'v1', 'a0'.repeat(32)].join('_')], no: ['dop_v1_a0'] },
  'secret-azure-account-key': { yes: [['AccountKey', 'a1B2'.repeat(21) + 'ab=='].join('=')], no: ['AccountKey=short'] },
  'secret-age-key': { yes: [['AGE-SECRET-KEY-1', 'Q'.repeat(58)].join('')], no: ['AGE-SECRET-KEY-1Q'] },
  'secret-json-web-token': {
    yes: [['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0In0x', 'abcdefghijkl'].join('.')],
    no: ['eyJhbGciOiJIUzI1NiJ9', 'eyJhbGciOiJI.abc.def'],
  },
  'secret-url-password': {
    yes: ['https://mona:hunter2@example.test/x', 'postgres://app:p4ss@db'],
    no: ['https://example.test:8080/a@b', 'git@github.com:acme/x', 'https://mona@example.test'],
  },
  'secret-bearer': { yes: ['Authorization: Bearer ' + 'aB3'.repeat(10)], no: ['bearer of news', 'Bearer token'] },
  'secret-aws-secret-key': { yes: ['aws_secret_access_key = ' + 'aB3/'.repeat(10)], no: ['aws_secret_access_key = x'] },
  'secret-keyword': {
    yes: ['password: hunter22', 'client_secret=abcdefg', '"psk": "abcdefg"', 'API key = 123456'],
    no: ['password reset', 'password: x', 'passwords: hunter22'],
  },
};

const idsIn = (text: string): readonly string[] => scanText(text).map(({ rule }) => rule.id);

describe('the rules', () => {
  it('each have an example', () => {
    expect(Object.keys(RULES).sort()).toEqual(SCAN_RULES.map(({ id }) => id).sort());
  });

  it.each(Object.entries(RULES))('%s', (id, { yes, no }) => {
    for (const text of yes) expect([text, idsIn(text)]).toEqual([text, expect.arrayContaining([id])]);
    for (const text of no) expect([text, idsIn(text)]).toEqual([text, expect.not.arrayContaining([id])]);
  });

  const published = corpusFolder('cui_patterns.json');
  (published === undefined ? it.skip : it)('find what the published patterns find, and nothing else', () => {
    const rule = z.object({ id: z.string(), re: z.string(), flags: z.string() });
    const { rules } = z.object({ rules: z.array(rule) }).parse(JSON.parse(readFileSync(published ?? '', 'utf8')));
    const theirs = rules.map(({ re, flags }) => new RegExp(re, flags));
    const texts = Object.entries(RULES)
      .filter(([id]) => !id.startsWith('secret-') || id === 'secret-private-key' || id === 'secret-keyword')
      .flatMap(([, { yes, no }]) => [...yes, ...no])
      .concat(ORDINARY);
    const wider = ['"psk": "abcdefg"', 'Controlled by: x Limited Dissemination Control: y'];
    for (const text of texts.filter((one) => !wider.includes(one))) {
      expect([text, scanText(text).length > 0]).toEqual([text, theirs.some((pattern) => pattern.test(text))]);
    }
  });

  it('leave ordinary sentences of a change request alone', () => {
    for (const text of ORDINARY) expect([text, idsIn(text)]).toEqual([text, []]);
  });
});

const ORDINARY = [
  'Open port 8443 on the CUI enclave firewall for the backup server',
  'The CUI enclave is not touched. Controlled by change CHG-7.',
  'Rotate the password of the service account',
  'None: no CUI system is touched',
  'Merge pull request #12 from acme/secret-scanning',
  'Update dependencies; see https://example.test:8443/a?b=c',
  'Backout: restore snapshot 2026-03-01 and restart. Password policy unchanged.',
  'sp-cti is written in lower case here',
];

describe('the fields of a change', () => {
  it('are scanned each, a rule once a field', () => {
    const content = {
      summary: 'Open a port',
      description: 'CUI//SP-CTI and again\nCUI//SP-CTI',
      changeType: 'Normal',
      owner: null,
      implementer: null,
      scope: '',
      impactedSystems: ['FS-01', 'FOUO share'],
      justification: '',
      securityImpactAnalysis: '',
      testPlan: 'password: hunter22',
      backoutPlan: '',
      windowStart: null,
      windowEnd: null,
    };
    expect(scanContent(content)).toEqual([
      { rule: 'cui-banner-full', severity: 'high', place: 'description' },
      { rule: 'cui-category-marking', severity: 'high', place: 'description' },
      { rule: 'legacy-marking', severity: 'medium', place: 'impactedSystems' },
      { rule: 'secret-keyword', severity: 'medium', place: 'testPlan' },
    ]);
  });
});

describe('redaction', () => {
  const taint = fc.constantFrom(
    'CUI//SP-CTI x',
    'password: hunter22 y',
    'FOUO',
    'plain',
    'a "quoted" \\ text',
    '\u2028é',
  );
  const value = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      taint,
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(taint, fc.string()), tie('node'), { maxKeys: 4 }),
    ),
  })).node;

  it('keeps valid JSON of the same structure, and leaves no hit behind', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (document, indent) => {
        const text = JSON.stringify(document, null, indent);
        const { text: kept, findings } = redactJson(text);
        if (findings.length === 0) expect(kept).toBe(text);
        expect(kept.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')).toBe(text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""'));
        JSON.parse(kept);
        expect(redactJson(kept).findings).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps numbers that ECMAScript would round', () => {
    const text = '{"id":12345678901234567890,"m":"FOUO","x":1.0}';
    expect(redactJson(text).text).toBe('{"id":12345678901234567890,"m":"[redacted: legacy-marking]","x":1.0}');
  });
});

describe('a text with more of them than anybody writes', () => {
  const key = `AKIA${'Q'.repeat(16)} `;

  it('is told by its first marking, which is of the whole text', () => {
    expect(scanText('CUI//SP-CTI '.repeat(5_000)).length).toBeLessThanOrEqual(SCAN_RULES.length);
  });

  it('loses each secret, and beyond a thousand of one kind all of the text', () => {
    const redacted = (times: number) => redactJson(JSON.stringify({ message: `from ${key.repeat(times)}to` })).text;
    expect(redacted(1000)).toMatch(/^\{"message":"from \[redacted: [a-z-]+\] .* to"\}$/);
    expect(redacted(1001)).toMatch(/^\{"message":"\[redacted: [a-z-]+\]"\}$/);
  });
});
