import { run } from '../../../src/cli/arguments';
import { SECRET, WebTrigger } from './web-trigger';

const COMMIT = 'a1'.repeat(20);
const ARTIFACT = `sha256:${'c3'.repeat(32)}`;
const trigger = new WebTrigger();
beforeAll(() => trigger.start());
afterAll(() => trigger.stop());

const ENVIRONMENT = { CHANGE_GATE_SECRET: SECRET, OTHER: SECRET, WRONG: 'guess' };
const good = (): string[] => [
  ...['gate', '--change', 'CHG-7', '--environment', 'production', '--commit', COMMIT],
  ...['--actor', 'Dana', '--email', 'dana@example.test', '--url', trigger.url, '--wait', '0'],
];
const ask = (...more: readonly string[]) => run([...good(), ...more], ENVIRONMENT);
const verdict = (word: string) => ({ verdict: word });

it.each<[string, number, object | string, number, RegExp]>([
  ['allowed', 200, verdict('allowed'), 0, /CHG-7 to production: allowed: it may be deployed/],
  ['blocked', 409, verdict('blocked-window'), 1, /blocked-window: this is outside its change window/],
  ['an unknown change', 404, verdict('unknown-change'), 1, /no such change/],
  ['pending', 425, verdict('pending'), 2, /still being recorded/],
  ['unavailable', 503, verdict('unavailable'), 2, /could not find out/],
  ['invalid', 400, verdict('invalid'), 2, /did not understand/],
  ['a yes with another status', 202, verdict('allowed'), 2, /allowed/],
  ["a proxy's page", 200, '<html>', 2, /answered 200, and not as this app does/],
  ['a redirect', 302, '', 2, /answered 302/],
  ['a word that is not known', 409, verdict('blocked-mood'), 2, /not known to this program/],
  ['the name of a member of every object', 409, verdict('constructor'), 2, /not known to this program/],
])('%s', async (_, status, body, exitCode, text) => {
  trigger.plan([status, body]);
  const outcome = await ask();
  expect([outcome.exitCode, outcome.complaint ?? outcome.output]).toEqual([exitCode, expect.stringMatching(text)]);
});

it('asks exactly what it was told, each thing once', async () => {
  trigger.plan([200, verdict('allowed')]);
  await ask('--commit', COMMIT, '--artifact', ARTIFACT);
  expect(trigger.bodies.map((body) => JSON.parse(body) as unknown)).toEqual([
    {
      change: 'CHG-7',
      environment: 'production',
      commits: [COMMIT],
      artifacts: [ARTIFACT],
      actor: { name: 'Dana', email: 'dana@example.test' },
    },
  ]);
});

it('asks again while it is pending or unavailable, with a nonce of its own each time', async () => {
  trigger.plan([425, verdict('pending')], [200, verdict('allowed')]);
  const { exitCode, output } = await ask('--wait', '30', '--json');
  expect([exitCode, JSON.parse(output)]).toMatchObject([0, { verdict: 'allowed', attempts: 2 }]);
});

it('does not ask again after a no', async () => {
  trigger.plan([409, verdict('blocked-window')], [200, verdict('allowed')]);
  expect(await ask('--wait', '30')).toMatchObject({ exitCode: 1 });
});

it('gives up when nobody is there', async () => {
  const nobody = good().map((word) => (word === trigger.url ? 'http://127.0.0.1:9/' : word));
  expect(await run(nobody, ENVIRONMENT)).toMatchObject({
    exitCode: 2,
    complaint: expect.stringMatching(/could not be reached/) as string,
  });
});

it('reads the secret from the variable that it is told', async () => {
  trigger.plan([200, verdict('allowed')]);
  expect(await ask('--secret-env', 'OTHER')).toMatchObject({ exitCode: 0 });
  expect(await ask('--secret-env', 'WRONG')).toMatchObject({
    exitCode: 2,
    complaint: expect.stringMatching(/did not accept the signature/) as string,
  });
});

const without = (option: string): string[] => {
  const words = good();
  words.splice(words.indexOf(option), 2);
  return words;
};

it.each<[string, () => string[], RegExp]>([
  ['no change', () => without('--change'), /"change" is the key/],
  ['no environment', () => without('--environment'), /"environment" is a name/],
  ['no commit and no artifact', () => without('--commit'), /at least one commit or artifact/],
  ['no actor', () => without('--actor'), /"actor" has a "name"/],
  ['a short commit', () => [...good(), '--commit', 'a1b2c3'], /"commits" is a list/],
  ['no address', () => without('--url'), /--url is the address/],
  ['another protocol', () => [...good(), '--url', 'ftp://example.test'], /--url is the address/],
  ['no secret', () => [...good(), '--secret-env', 'UNSET'], /UNSET, which is not set/],
  ['a wait that is no number', () => [...good(), '--wait', 'long'], /--wait is a number/],
  ['a wait of a day', () => [...good(), '--wait', '86400'], /--wait is a number/],
])('is explained with exit code 2, and asks nobody: %s', async (_, words, text) => {
  trigger.plan([200, verdict('allowed')]);
  const outcome = await run(words(), ENVIRONMENT);
  expect([outcome.exitCode, outcome.output, outcome.complaint]).toEqual([2, '', expect.stringMatching(text)]);
  expect(trigger.bodies).toEqual([]);
});

it('never prints the secret', async () => {
  const outcomes = [];
  for (const [status, word] of [
    [200, 'allowed'],
    [409, 'blocked-actor'],
    [401, 'unauthorized'],
  ] as const) {
    trigger.plan([status, verdict(word)]);
    outcomes.push(await ask(), await ask('--json'), await ask('--wait', 'x'));
  }
  expect(outcomes).toHaveLength(9);
  expect(JSON.stringify(outcomes)).not.toContain(SECRET);
});
