import type { PeopleView } from '../../../../src/contract/people';
import { savePeople } from '../../../../src/handlers/people/save';
import { readPeople } from '../../../../src/handlers/people/read';
import { digestOf, rulesInForce, settlePeople } from '../../../../src/handlers/people/store';
import { peopleKey } from '../../../../src/ledger/keys';
import type { PeopleMap } from '../../../../src/policy/people';
import type { Ports } from '../../../../src/ports/ports';
import { TestSite } from '../../intake/site';

export type Mapped = PeopleMap['people'][number];

export const REY: Mapped = {
  id: 'rey',
  name: 'Rey Quill',
  accounts: ['acct-1', 'acct-2'],
  identities: [{ kind: 'login', source: 'github', login: 'rquill' }],
  organisation: null,
};
export const BOT: Mapped = {
  id: 'bot',
  name: 'Depbot',
  accounts: [],
  identities: [{ kind: 'login', source: 'github', login: 'depbot' }],
  organisation: null,
};

/** A site as administrators save its people map. */
export class PeopleSite extends TestSite {
  admin = true;

  readonly app: Ports = {
    ...this.ports,
    jira: {
      ...this.ports.jira,
      mayAdminister: () => Promise.resolve(this.admin),
      readGroup: () => Promise.resolve([]),
      readDecider: (accountId) =>
        Promise.resolve({
          accountId,
          displayName: `Name of ${accountId}`,
          accountType: 'atlassian',
          active: accountId !== 'acct-2',
          groups: [],
        }),
    },
  };

  save(basedOn: string, people: readonly Mapped[], by = 'adam', reason = 'New colleagues.'): Promise<PeopleView> {
    return savePeople(this.app, {
      payload: { basedOn, people, reason },
      accountId: by,
      issueKey: undefined,
      projectKey: undefined,
      site: 'example.atlassian.net',
    });
  }

  readonly read = (): Promise<PeopleView> => readPeople(this.app);
  readonly settle = () => settlePeople(this.app);
  readonly inForce = async (): Promise<PeopleMap> => (await rulesInForce(this.app)).people;

  /** What has to hold at every moment: the map in force is empty or in the ledger, whole, and every version is there. */
  async expectSound(): Promise<PeopleMap> {
    const people = await this.inForce();
    const { saves, breaks } = await this.settle();
    expect(breaks).toEqual([]);
    const known = saves.map(({ entry }) => entry.body.version);
    expect(['people-0', ...known]).toContain(people.version);
    for (const { entry } of saves)
      expect(digestOf(await this.store.get(peopleKey(entry.body.version)))).toBe(entry.body.peopleDigest);
    return people;
  }
}
