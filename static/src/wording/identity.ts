import type { IdentityView } from '../../../src/contract/people';

/** "dana at github", "dana@example.test", "Dana of build@example.test". */
export function identityText(identity: IdentityView): string {
  switch (identity.kind) {
    case 'email':
      return identity.email;
    case 'login':
      return `${identity.login} at ${identity.source}`;
    case 'author':
      return identity.email === '' ? `${identity.name}, without an address` : `${identity.name} of ${identity.email}`;
  }
}
