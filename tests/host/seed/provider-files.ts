import { createHash } from 'node:crypto';
import type { HandedFile } from './hand-in';
import { TOMASZ } from './people-map';
import { attestation, keyOf } from './signing';
import type { Stage } from './stage';

export const ACME = 'Acme MSP';
/** The key with which Acme MSP signs its attestations. */
export const ACMES_KEY = keyOf(ACME);
const KEY_ID = 'acme-msp-changes-1';

/** Acme MSP's work order stands for the run of a pipeline, which it does not have. */
export const ORDER = { id: 'CR-20418', name: 'Work order' };

export const FIELDS = {
  Summary: 'Turn on certificate sign-in for the VPN of the enclave firewall',
  Description:
    'The enclave firewall is run by Acme MSP. Remote users sign in with a password and a code; from now on with the certificate of their smart card too.',
  Scope: 'VPN profile of the enclave firewall. Rules, routes and the management network stay as they are.',
  'Impacted CUI systems': ['CUI enclave firewall'],
  Justification:
    'Our prime asks for phishing-resistant sign-in to everything that reaches CUI by the end of the quarter.',
  'Security impact analysis':
    'Stronger sign-in for remote access (3.5.3, 3.1.12). A lost card locks one user out; Acme MSP verifies them by phone and issues a day pass, which is logged.',
  'Test plan':
    'One user with a card connects, one without is refused, a revoked certificate is refused. Acme MSP watches the sign-in log meanwhile.',
  'Backout plan': 'Acme MSP loads the previous profile, which stays on the firewall; three minutes, no restart.',
};

const BUNDLE = 'harbor-precision-vpn-profile.bundle';

const sha = (algorithm: 'sha1' | 'sha256', what: string): string => createHash(algorithm).update(what).digest('hex');

/** The VPN profile as it is loaded. */
export const artifactsOf = () => [{ digest: `sha256:${sha('sha256', BUNDLE)}`, name: BUNDLE, size: 18_432 }] as const;

/** The firewall's exported configuration before and after; what is in it stays with Acme MSP. */
export const DIGESTS = {
  before: `sha256:${sha('sha256', 'exported before')}`,
  after: `sha256:${sha('sha256', 'exported after')}`,
};

export type Commit = ReturnType<typeof commitsOf>[number];

export function commitsOf(stage: Stage, key: string) {
  const person = { name: TOMASZ.name, email: TOMASZ.email };
  const at = stage.time(20.05).toISOString();
  return ['profile: ask for the client certificate', 'profile: refuse revoked certificates'].map((message) => ({
    id: sha('sha1', `acme-msp ${message}`),
    message: `${key} ${message}`,
    author: person,
    committer: person,
    authoredAt: at,
    committedAt: at,
  }));
}

export const attested = (name: string, statement: object): HandedFile => ({
  name,
  mediaType: 'application/vnd.dsse.envelope.v1+json',
  text: attestation(ACMES_KEY, KEY_ID, statement),
});

const subject = [{ name: BUNDLE, digest: { sha256: sha('sha256', BUNDLE) } }];

/** SLSA provenance, version 1. */
export const provenance = (stage: Stage, commits: readonly string[]): object => ({
  subject,
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: {
    buildDefinition: {
      buildType: 'https://acme-msp.example.com/vpn-profile/v1',
      externalParameters: { customer: 'Harbor Precision' },
      resolvedDependencies: commits.map((gitCommit) => ({
        uri: 'git+https://git.acme-msp.example.com/harbor-precision-firewall',
        digest: { gitCommit },
      })),
    },
    runDetails: {
      builder: { id: 'https://acme-msp.example.com/workstations/packaging' },
      metadata: { startedOn: stage.time(20.1).toISOString(), finishedOn: stage.time(20.15).toISOString() },
    },
  },
});

/** A predicate of Acme MSP's own: what its engineers did, when, and what the firewall was before and after. */
export const workDone = (stage: Stage): object => ({
  subject,
  predicateType: 'https://acme-msp.example.com/work-done/v1',
  predicate: {
    workOrder: ORDER.id,
    device: 'CUI enclave firewall',
    startedOn: stage.time(48.6).toISOString(),
    finishedOn: stage.time(48.9).toISOString(),
    configuration: DIGESTS,
  },
});

/** What Rachel wrote down while she tried it. */
export const PROTOCOL: HandedFile = {
  name: 'test-protocol.txt',
  mediaType: 'text/plain',
  text: [
    'Test of the VPN after the change',
    '1. Card of R. Quinn: connects. As expected.',
    '2. No card, password and code: refused. As expected.',
    '3. Card with the revoked certificate: refused. As expected.',
    'Watched by Acme MSP in the sign-in log.',
    '',
  ].join('\n'),
};
