import {
  firstLabel,
  KEY_KINDS,
  namespaceWords,
  namingKeys,
  principalWords,
  shortPrint,
  versionName,
} from '../../../static/src/wording/keys';

it.each([
  ['SHA256:D/JXkayeMtSSajKOUFPRx4fduZOx/kwm800Q2nNtT6M', 'SHA256:D/JXkayeMtSSajKO…'],
  ['5DE3E0509C47EA3CF04A42D34AEE18F83AFDEB23', '5DE3E0509C47EA3C…'],
  [`sha256:${'0a'.repeat(32)}`, 'sha256:0a0a0a0a0a0a0a0a…'],
])('a fingerprint in short: %s', (print, short) => {
  expect(shortPrint(print)).toBe(short);
});

it.each<[readonly string[], string | null]>([
  [[], null],
  [['a'], 'a'],
  [['a', 'b', 'c', 'd'], 'a, b, c, d'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
])('principals %j', (principals, words) => {
  expect(principalWords(principals)).toBe(words);
});

it('a key is called what its text calls it, or else by its kind; its namespaces are said', () => {
  expect(firstLabel({ called: ' laptop ', kind: 'ssh' })).toBe('laptop');
  expect(firstLabel({ called: ' ', kind: 'public-key' })).toBe(KEY_KINDS['public-key'].name);
  expect([namespaceWords(null), namespaceWords(['git', 'file'])]).toEqual([null, 'for git, file only']);
});

it('a save is told with the names of its keys, and of its version', () => {
  const keys = [{ id: 'key-1', label: 'Imani, laptop' }];
  expect(namingKeys('key-1 was revoked. key-12 was registered.', keys)).toBe(
    'Imani, laptop (key-1) was revoked. key-12 was registered.',
  );
  expect([versionName('trust-12'), versionName('none')]).toEqual(['Version 12', 'none']);
});
