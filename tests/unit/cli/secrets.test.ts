import { Secrets } from '../../../src/cli/secrets';

const TOKEN = 'planted"Token/with+signs=1';
const environment = {
  GITHUB_TOKEN: TOKEN,
  CHANGE_KEY: 'CHG-7',
  NAMED: 'named-secret',
  DEBUG_TOKEN: 'true',
  HOME: '/root',
};
const secrets = new Secrets(environment, ['NAMED']);

it.each([
  ['as it is', TOKEN],
  ['in a JSON text', JSON.stringify({ a: TOKEN })],
  ['in an address', `https://api.example.test/?x=${encodeURIComponent(TOKEN)}`],
  ['in base64', Buffer.from(TOKEN).toString('base64')],
  ['in base64 of an address', Buffer.from(TOKEN).toString('base64url')],
  ['in hexadecimal', Buffer.from(TOKEN).toString('hex')],
  ['of a variable that a verb reads', 'named-secret'],
])('a secret of the environment is not printed: %s', (_, text) => {
  const out = secrets.without(`before ${text} after`);
  expect(out).toContain('***');
  expect(out).not.toContain(TOKEN);
  expect(out).toMatch(/^before .*after$/);
  expect(out).not.toContain(text);
});

it.each([
  ['https://x-access-token:abcdefgh@github.com/a/b.git', 'https://***@github.com/a/b.git'],
  ['ssh://deploy@example.test/a.git', 'ssh://***@example.test/a.git'],
  ['https://h.test/x?access_token=abc&y=2', 'https://h.test/x?access_token=***&y=2'],
  [`fatal: gh${['p', 'a'.repeat(36)].join('_')}`, 'fatal: ***'],
])('what has the form of a secret is not printed: %s', (text, expected) => {
  expect(secrets.without(text)).toBe(expected);
});

it.each(['CHG-7 to production: allowed', '/root/x', 'true', `commit ${'a1'.repeat(20)}`, 'sha256:' + 'c3'.repeat(32)])(
  'what is no secret is printed: %s',
  (text) => {
    expect(secrets.without(text)).toBe(text);
  },
);

it('leaves a JSON document one', () => {
  const document = JSON.stringify({ note: `password: ${'x'.repeat(9)}`, list: [TOKEN], n: 1 });
  expect(JSON.parse(secrets.without(document))).toEqual({ note: '***', list: ['***'], n: 1 });
});
