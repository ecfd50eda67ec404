import type { FoundKeysView, KeyView, TrustView } from '../../src/contract/trust';

const KEY: KeyView = {
  id: 'key-1',
  kind: 'ssh',
  label: 'Ivy’s laptop',
  whose: { kind: 'account', name: 'Ivy Chen' },
  algorithm: 'ed25519',
  fingerprint: 'SHA256:D/JXkayeMtSSajKOUFPRx4fduZOx/kwm800Q2nNtT6M',
  principals: ['ivy@example.test', '*@acme-defense.example.test'],
  namespaces: ['git'],
  material: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOTiRzXXhBLXuxTqGDhK2/2Gk0r1m8b5Yw3Zr9mJcQ1x',
  from: '2026-01-01T00:00:00.000Z',
  until: null,
  registeredAt: '2026-02-12T09:00:00.000Z',
  state: 'in-force',
  revoked: null,
};

const FULL: readonly KeyView[] = [
  {
    ...KEY,
    id: 'key-5',
    kind: 'identity',
    label: 'Release workflow',
    whose: { kind: 'organisation', name: 'Acme Defense, build pipeline' },
    algorithm: 'certificate',
    fingerprint: `sha256:${'3f'.repeat(32)}`,
    principals: ['https://github.com/acme-defense/enclave-firewall/.github/workflows/release.yml@refs/heads/main'],
    namespaces: null,
    material:
      '{"issuer":"https://token.actions.githubusercontent.com","subject":"https://github.com/acme-defense/enclave-firewall/.github/workflows/release.yml@refs/heads/main"}',
    from: null,
  },
  {
    ...KEY,
    id: 'key-4',
    kind: 'public-key',
    label: 'Acme MSP attestations',
    whose: { kind: 'organisation', name: 'Acme MSP' },
    algorithm: 'ecdsa-p256',
    fingerprint: `sha256:${'a1'.repeat(32)}`,
    principals: [],
    namespaces: null,
    material: `-----BEGIN PUBLIC KEY-----\n${'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE'.repeat(3)}\n-----END PUBLIC KEY-----\n`,
    from: '2026-06-01T00:00:00.000Z',
    until: '2027-06-01T00:00:00.000Z',
    state: 'not-yet',
  },
  {
    ...KEY,
    id: 'key-3',
    kind: 'openpgp',
    label: 'Oliver, old laptop',
    whose: { kind: 'account', name: 'Oliver Owner' },
    algorithm: 'rsa-4096',
    fingerprint: '5DE3E0509C47EA3CF04A42D34AEE18F83AFDEB23',
    principals: [],
    namespaces: null,
    until: '2026-02-28T00:00:00.000Z',
    state: 'ended',
  },
  {
    ...KEY,
    id: 'key-2',
    label: 'Ravi’s token',
    whose: { kind: 'account', name: 'Ravi Menon' },
    algorithm: 'sk-ecdsa-p256',
    state: 'revoked',
    revoked: { from: '2026-03-01T00:00:00.000Z', at: '2026-03-02T10:00:00.000Z' },
  },
  KEY,
];

const SAVE = {
  version: 'trust-2',
  at: '2026-03-02T10:00:00.000Z',
  by: 'Jo Admin',
  changes: ['key-2 was revoked from 2026-03-01T00:00:00.000Z.'],
  reason: 'The token was left on a train.',
};

const LONG: readonly KeyView[] = Array.from({ length: 60 }, (_, i) => ({
  ...KEY,
  id: `key-${60 - i}`,
  label: `${'A key with a label that somebody wrote a whole sentence into, and then another. '.repeat(2)}${60 - i}`,
  whose: {
    kind: 'organisation' as const,
    name: 'The Rather Long Name of a Managed Service Provider of Many Words, Incorporated',
  },
  principals: Array.from(
    { length: 12 },
    (_, k) => `a.rather.long.name.${k}@a-rather-long-name-of-a-company.example.test`,
  ),
}));

let saved: TrustView | null = null;

function now(state: string): TrustView {
  if (saved !== null) return saved;
  const keys = state === 'admin-empty' ? [] : state === 'admin-long' ? LONG : FULL;
  const history =
    keys.length === 0
      ? []
      : [SAVE, { ...SAVE, version: 'trust-1', changes: ['key-1 was registered: an SSH key.'], reason: 'First keys.' }];
  return { version: 'trust-2.x', keys, readable: true, editable: true, history };
}

/** The signing keys of the admin page's states. */
export function trustAnswer(state: string, method: string, payload: Readonly<Record<string, unknown>>): unknown {
  const view = now(state);
  switch (method) {
    case 'trust.inspect':
      return inspected(payload['source'] as { readonly text?: string });
    case 'trust.revoke': {
      const revoked = { from: String(payload['from']), at: String(payload['from']) };
      saved = {
        ...view,
        keys: view.keys.map((key) => (key.id === payload['key'] ? { ...key, revoked, state: 'revoked' } : key)),
      };
      return saved;
    }
    case 'trust.register': {
      const [{ label, whose }] = payload['keys'] as [{ label: string; whose: { kind: 'organisation'; name: string } }];
      saved = {
        ...view,
        version: 'trust-3.x',
        keys: [{ ...KEY, id: 'key-6', label, whose: { ...whose, name: whose.name } }, ...view.keys],
      };
      return saved;
    }
    default:
      return view;
  }
}

function inspected({ text = '' }: { readonly text?: string }): FoundKeysView {
  const { fingerprint, kind, algorithm, principals, namespaces, from, until } = KEY;
  const one = {
    fingerprint,
    kind,
    algorithm,
    place: 'line 1',
    called: 'laptop of ivy',
    principals,
    namespaces,
    from,
    until,
    registeredAs: null,
  };
  if (text.includes('nonsense'))
    return {
      keys: [one],
      problems: [
        'Line 2: The line is neither an SSH public key (`ssh-ed25519 AAAA…`) nor a line of an allowed_signers file (`principals options key`).',
      ],
    };
  if (!text.includes('\n')) return { keys: [one], problems: [] };
  return {
    keys: [one, { ...one, fingerprint: 'SHA256:other', place: 'line 2', called: '', registeredAs: 'key-2' }],
    problems: [],
  };
}
