import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openClock } from '../clock';
import { DataFolderError, integer, openDatabase, SITE_VERSION } from '../database';
import { at, openTestSite } from './checks/test-site';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'site-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a data folder (site contract, "Start")', () => {
  it('of a newer version is refused in one line that says so', () => {
    const made = openDatabase(folder);
    made.database.exec(`PRAGMA user_version = ${SITE_VERSION + 1}`);
    made.close();
    expect(() => openDatabase(folder)).toThrow(DataFolderError);
    expect(() => openDatabase(folder)).toThrow(
      /^The data folder .* is of version 2; this site knows versions up to 1\..*$/,
    );
  });

  it('that holds something else is refused in one line', () => {
    writeFileSync(join(folder, 'site.sqlite'), 'no database at all, but long enough to be read as one'.repeat(20));
    expect(() => openDatabase(folder)).toThrow(/^The data folder .* cannot be (used|read): [^\n]+$/);
  });

  it('that cannot be made is refused in one line', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => openDatabase(join(folder, 'file', 'below'))).toThrow(/^The data folder .* cannot be used: [^\n]+$/);
  });

  it('goes on where it stopped: issues, ids, clock, and group members that were changed', async () => {
    const first = openTestSite({ folder });
    const fields = { project: { key: 'CHG' }, issuetype: { name: 'Change request' }, summary: 'Kept' };
    await first.call('owner', 'POST', '/rest/api/3/issue', { fields });
    await first.call('admin', 'POST', '/rest/api/3/group/user?groupname=change-authority', {
      accountId: first.accountId('owner'),
    });
    await first.call(
      'admin',
      'DELETE',
      `/rest/api/3/group/user?groupname=auditors&accountId=${encodeURIComponent(first.accountId('auditor'))}`,
    );
    first.store.clock.set(new Date('2030-06-15T00:00:00Z'));
    const before = first.store.fields.all();
    first.close();
    const second = openTestSite({ folder, kind: 'bare' });
    expect(second.store.fields.all()).toEqual(before);
    expect(second.store.projects.all().map(({ key }) => key)).toEqual(['CHG', 'OPS']);
    expect(at((await second.call('owner', 'GET', '/rest/api/3/issue/CHG-1')).body, 'fields', 'summary')).toBe('Kept');
    expect(at((await second.call('owner', 'POST', '/rest/api/3/issue', { fields })).body, 'key')).toBe('CHG-2');
    expect(second.store.people.groupsOf(second.accountId('owner')).map(({ name }) => name)).toContain(
      'change-authority',
    );
    expect(second.store.people.groupsOf(second.accountId('auditor'))).toEqual([]);
    expect(second.store.clock.now().getFullYear()).toBe(2030);
    second.close();
  });

  it('from before there were contexts, tabs and schemes gains them, and its issues are as they were', async () => {
    const first = openTestSite({ folder });
    const type = first.field('Change type');
    const fields = { project: { key: 'CHG' }, issuetype: { name: 'Change request' }, summary: 'Kept' };
    const asked = { fields: { ...fields, [type]: { value: 'Normal' } } };
    await first.call('owner', 'POST', '/rest/api/3/issue', asked);
    const screens = ['create', 'edit', 'view'] as const;
    const onScreens = (site: typeof first) => {
      const issue = site.store.issues.find('CHG-1');
      return screens.map((each) => issue && site.store.screenSchemes.fields(issue, each));
    };
    const before = onScreens(first);
    first.close();
    const { database, close } = openDatabase(folder);
    const tables = ['context', 'screen_tab', 'screen_scheme', 'type_screen_scheme', 'type_scheme', 'project_scheme'];
    for (const table of tables) database.exec(`DROP TABLE jira_${table}`);
    for (const [table, column] of [
      ['field', 'searcher'],
      ['field', 'trashed'],
      ['option', 'context_id'],
      ['option', 'disabled'],
      ['screen_field', 'tab_id'],
    ] as const)
      database.exec(`ALTER TABLE jira_${table} DROP COLUMN ${column}`);
    close();
    const second = openTestSite({ folder });
    expect(onScreens(second)).toEqual(before);
    expect(at((await second.call('owner', 'GET', '/rest/api/3/issue/CHG-1')).body, 'fields', type)).toMatchObject({
      value: 'Normal',
    });
    expect(await second.call('owner', 'POST', '/rest/api/3/issue', asked)).toMatchObject({ status: 201 });
    second.close();
  });

  it('that is bare has one project NEW, the fields of the app, and none of a change request', () => {
    const site = openTestSite({ folder, kind: 'bare' });
    expect(site.store.projects.all().map(({ key }) => key)).toEqual(['NEW']);
    const custom = site.store.fields.all().filter(({ id }) => id.startsWith('customfield_'));
    expect(custom.map(({ name }) => name)).toEqual([
      'Change participants',
      'Change decision state',
      'Waiting for',
      'Change ledger',
    ]);
    expect(site.store.people.all()).toHaveLength(13);
    site.close();
  });
});

describe('the clock', () => {
  it('ticks on from where it is put, backwards too, and stays there across a restart', () => {
    const { database, close } = openDatabase(folder);
    let machine = 1_000_000;
    const clock = openClock(database, () => machine);
    clock.set(new Date('2026-03-02T09:00:00Z'));
    machine += 5000;
    expect(clock.now().toISOString()).toBe('2026-03-02T09:00:05.000Z');
    clock.set(new Date('2020-01-01T00:00:00Z'));
    expect(clock.now().toISOString()).toBe('2020-01-01T00:00:00.000Z');
    expect(clock.offset()).toBe(Date.parse('2020-01-01T00:00:00Z') - machine);
    expect(
      openClock(database, () => machine + 1)
        .now()
        .toISOString(),
    ).toBe('2020-01-01T00:00:00.001Z');
    expect(() => clock.set(new Date('nonsense'))).toThrow(RangeError);
    expect(clock.now().toISOString()).toBe('2020-01-01T00:00:00.000Z');
    close();
  });
});

describe('a transaction', () => {
  const rows = (database: DatabaseSync) => integer(database.prepare('SELECT COUNT(*) AS n FROM t').get() ?? {}, 'n');

  it('is all or nothing; a nested one that fails takes only its own with it', () => {
    const { database, transaction, close } = openDatabase(folder);
    database.exec('CREATE TABLE t (n INTEGER)');
    const add = () => database.exec('INSERT INTO t VALUES (1)');
    const fail = (): never => {
      add();
      throw new Error('no');
    };
    expect(() => transaction(() => (add(), transaction(fail)))).toThrow('no');
    expect(rows(database)).toBe(0);
    const kept = transaction(() => {
      add();
      expect(() => transaction(() => transaction(fail))).toThrow('no');
      transaction(add);
      return 'done';
    });
    expect([kept, rows(database)]).toEqual(['done', 2]);
    expect(transaction(() => transaction(() => 7))).toBe(7);
    close();
  });

  it('that was answered survives kill -9 at any moment after', async () => {
    openDatabase(folder).close();
    const writer = `
      const { DatabaseSync } = require('node:sqlite');
      const db = new DatabaseSync(${JSON.stringify(join(folder, 'site.sqlite'))});
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE IF NOT EXISTS t (n INTEGER)');
      for (let n = 1; ; n += 1) { db.exec('BEGIN IMMEDIATE; INSERT INTO t VALUES (' + n + '); COMMIT'); require('node:fs').writeSync(1, n + '\\n'); }`;
    const child = spawn(process.execPath, ['-e', writer], { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    const gone = new Promise((resolve) => child.once('exit', resolve));
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.split('\n').length > 200) resolve();
      });
    });
    child.kill('SIGKILL');
    await gone;
    const answered = Number(said.trim().split('\n').filter(Boolean).at(-1));
    const { database, close } = openDatabase(folder);
    expect(rows(database)).toBeGreaterThanOrEqual(answered);
    close();
  });
});

it('a change, its changelog entry and its event are written together or not at all', async () => {
  const site = openTestSite({ folder });
  const fields = { project: { key: 'CHG' }, issuetype: { name: 'Change request' }, summary: 'First' };
  await site.call('owner', 'POST', '/rest/api/3/issue', { fields });
  Object.assign(site.store.forge, {
    emit: () => {
      throw new Error('The platform did not take the event');
    },
  });
  await expect(site.call('owner', 'PUT', '/rest/api/3/issue/CHG-1', { fields: { summary: 'Second' } })).rejects.toThrow(
    'did not take',
  );
  const { body } = await site.call('owner', 'GET', '/rest/api/3/issue/CHG-1?expand=changelog');
  expect(body).toMatchObject({ fields: { summary: 'First' }, changelog: { total: 0 } });
  site.close();
});
