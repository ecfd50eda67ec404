import { listAt } from '../members';
import type { Trust } from '../signature/trust';
import { stateAt, type RegisteredKey, type TrustRegister } from './registered';

/**
 * What signatures are checked against in a file that reached the app at `receivedAt`. Formats that say when they were signed
 * are held to the time of registration by that; for the others, and for a revocation, the time of receipt alone counts:
 * what a signature says of itself proves nothing against the one who holds a stolen key. Each name is the key's id.
 */
export function trustAt({ keys }: Pick<TrustRegister, 'keys'>, receivedAt: Date): Trust {
  const of = (kind: RegisteredKey['kind']) => keys.filter((key) => key.kind === kind);
  const inForce = (kind: RegisteredKey['kind']) => of(kind).filter((key) => stateAt(key, receivedAt) === 'in-force');
  const isRevoked = (key: RegisteredKey): boolean => stateAt(key, receivedAt) === 'revoked';
  const authorities = [
    ...inForce('sigstore-root').map(({ material }) => parsed(material)),
    ...inForce('signing-authority').map(({ material }) => ({ certificateAuthorities: [parsed(material)] })),
    ...inForce('stamping-authority').map(({ material }) => ({ timestampAuthorities: [parsed(material)] })),
  ];
  return {
    keys: of('public-key').map((key) => ({
      name: key.id,
      pem: key.material,
      withdrawn: stateAt(key, receivedAt) !== 'in-force',
    })),
    allowedSigners: of('ssh')
      .map((key) => signerLine(key, isRevoked(key)))
      .join(''),
    openPgpKeys: of('openpgp').map((key) => ({
      name: key.id,
      key: key.material,
      withdrawn: isRevoked(key),
      validAfter: key.from === null ? null : Date.parse(key.from),
      validBefore: key.until === null ? null : Date.parse(key.until),
    })),
    ...(authorities.length === 0 ? {} : { sigstoreRoot: joined(authorities) }),
    sigstoreIdentities: inForce('identity').map(({ id, material }) => {
      const { issuer, subject } = parsed(material) as { readonly issuer: string; readonly subject: string };
      return { name: id, issuer, subject };
    }),
  };
}

/** A line without a namespace allows nothing, whatever time is claimed, and keeps a revoked key known. */
function signerLine({ id, material, namespaces, from, until }: RegisteredKey, revoked: boolean): string {
  const allowed = revoked ? [] : namespaces;
  const options = [
    ...(allowed === null ? [] : [`namespaces="${allowed.join(',')}"`]),
    ...(from === null ? [] : [`valid-after="${compact(from)}"`]),
    ...(until === null ? [] : [`valid-before="${compact(until)}"`]),
  ];
  return `${id} ${options.join(',')}${options.length === 0 ? '' : ' '}${material}\n`;
}

/** `20260302090000Z`, as ssh-keygen(1) writes it. */
const compact = (instant: string): string => `${instant.slice(0, 19).replace(/[-:T]/g, '')}Z`;

const PARTS = ['certificateAuthorities', 'timestampAuthorities', 'tlogs', 'ctlogs'] as const;

const joined = (roots: readonly unknown[]): unknown =>
  Object.fromEntries(PARTS.map((part) => [part, roots.flatMap((root) => listAt(root, part))]));

/** What was stored was parsed when it was registered. */
const parsed = (material: string): unknown => JSON.parse(material);
