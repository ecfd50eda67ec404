import { keepSetup } from '../../../../src/handlers/setup/draft';
import { SETUP_DRAFT_KEY } from '../../../../src/ledger/keys';
import { CHOICES } from '../../setup/a-site';
import { refusalOf } from '../policy/site';
import { SetupSite } from './a-setup';

const keep = (site: SetupSite, payload: unknown) =>
  keepSetup(site.setup, {
    payload,
    accountId: 'adam',
    issueKey: undefined,
    projectKey: undefined,
    site: 'example.test',
  });

it('what was chosen is there after a reload, and gone once it is applied', async () => {
  const site = new SetupSite();
  expect((await site.look()).draft).toBeNull();
  await keep(site, { choices: CHOICES, step: 3 });
  expect(await site.look()).toMatchObject({ state: 'none', draft: { choices: CHOICES, step: 3 } });
  await site.applyAll();
  expect((await site.look()).draft).toBeNull();
});

it('what storage has and is no draft counts as none, and what is no choice is not kept', async () => {
  const site = new SetupSite();
  site.store.tamper(SETUP_DRAFT_KEY, { choices: 'what', step: 1 });
  expect((await site.look()).draft).toBeNull();
  expect((await refusalOf(keep(site, { choices: { ...CHOICES, projects: [] }, step: 1 }))).code).toBe('invalid');
  expect((await refusalOf(keep(site, { choices: CHOICES, step: -1 }))).code).toBe('invalid');
  site.admin = false;
  expect((await refusalOf(keep(site, { choices: CHOICES, step: 1 }))).code).toBe('not-an-admin');
});
