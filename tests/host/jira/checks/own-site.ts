import { readOpenApi } from './openapi';
import { adf, at, openTestSite, type Answered, type TestSite } from './test-site';

export const CHANGE_REQUEST = { project: { key: 'CHG' }, issuetype: { name: 'Change request' } };

/** The calls that most tests make, on a site that each test has for itself. */
export interface OwnSite {
  readonly current: () => TestSite;
  /** A change request with a summary and these fields; answers its key. */
  readonly create: (who?: string, fields?: Record<string, unknown>) => Promise<string>;
  readonly idOf: (key: string) => number;
  readonly edit: (who: string, key: string, fields: Record<string, unknown>) => Promise<Answered>;
  /** The issue as JSON. */
  readonly read: (key: string, query?: string, who?: string) => Promise<unknown>;
  /** Its changelog, newest first. */
  readonly history: (key: string) => Promise<unknown>;
  readonly get: (who: string, path: string) => Promise<Answered>;
  /** A value for every field of the create screen. */
  readonly everyField: () => Record<string, unknown>;
}

export function onItsOwnSite(): OwnSite {
  const openApi = readOpenApi();
  let site: TestSite | undefined;
  beforeEach(() => {
    site = openTestSite({ openApi });
  });
  afterEach(() => site?.close());
  const current = (): TestSite => {
    if (site === undefined) throw new Error('The site is open within a test only');
    return site;
  };
  const get: OwnSite['get'] = (who, path) => current().call(who, 'GET', `/rest/api/3/${path}`);
  const read: OwnSite['read'] = async (key, query = '', who = 'requester') =>
    (await get(who, `issue/${key}${query}`)).body;
  return {
    current,
    get,
    read,
    create: async (who = 'requester', fields = {}) => {
      const all = { ...CHANGE_REQUEST, summary: 'Open port 8443', ...fields };
      const { status, body } = await current().call(who, 'POST', '/rest/api/3/issue', { fields: all });
      expect({ status, body }).toMatchObject({ status: 201 });
      return String(at(body, 'key'));
    },
    idOf: (key) => Number(current().store.issues.find(key)?.id),
    edit: (who, key, fields) => current().call(who, 'PUT', `/rest/api/3/issue/${key}`, { fields }),
    history: async (key) => at(await read(key, '?expand=changelog'), 'changelog', 'histories'),
    everyField: () => everyField(current()),
  };
}

function everyField(site: TestSite): Record<string, unknown> {
  return {
    description: adf('Vendors need it.'),
    [site.field('Change type')]: { value: 'Normal' },
    [site.field('Change owner')]: { accountId: site.accountId('owner') },
    [site.field('Implementer')]: { id: site.accountId('implementer') },
    [site.field('Scope')]: adf('One rule.'),
    [site.field('Impacted CUI systems')]: [{ value: 'CUI enclave firewall' }, { value: 'Identity provider' }],
    [site.field('Justification')]: adf('Contract.'),
    [site.field('Security impact analysis')]: adf('Small.'),
    [site.field('Test plan')]: adf('Connect.'),
    [site.field('Backout plan')]: adf('Remove the rule.'),
    [site.field('Change window start')]: '2026-03-05T20:00:00.000+0100',
    [site.field('Change window end')]: '2026-03-05T22:00:00Z',
  };
}
