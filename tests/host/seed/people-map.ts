import { DANA, PRIYA } from './requests';
import type { Stage } from './stage';

/** Tomasz works for the outside provider: he makes the change there and never decides. */
export const TOMASZ = { name: 'Tomasz Nowak', login: 'tnowak', email: 'tomasz.nowak@acme-msp.example.com' };

/** What Imani and Owen are known by at GitHub; AWS names them by the address they sign in with. */
export const IMANI = { login: 'imani-clarke', name: 'Imani Clarke', email: 'implementer@example.test' };
export const OWEN = { login: 'owen-marsh', name: 'Owen Marsh', email: 'owner@example.test' };

/**
 * Who is who: two of our own with what they are known by elsewhere, and those of other houses who have no account of the
 * site; these commit and deploy and never decide.
 */
export async function mapPeople(stage: Stage): Promise<void> {
  const outsider = (organisation: string, source: string) => (one: typeof TOMASZ) => ({
    id: one.login,
    name: one.name,
    accounts: [],
    identities: [
      { kind: 'login', source, login: one.login },
      { kind: 'email', email: one.email },
    ],
    organisation,
  });
  const own = (account: string, one: typeof TOMASZ) => ({
    ...outsider('Harbor Precision', 'github')(one),
    accounts: [account],
  });
  const people = [
    own(stage.accountOf('implementer'), IMANI),
    own(stage.accountOf('owner'), OWEN),
    ...[DANA, PRIYA].map(outsider('Harbor Code', 'github')),
    outsider('Acme MSP', 'pipeline')(TOMASZ),
  ];
  const reason = 'Who is who at GitHub and AWS. Harbor Code and the engineers of Acme MSP have no accounts of ours.';
  await stage.administer('people.save', { basedOn: 'people-0', people, reason });
}
