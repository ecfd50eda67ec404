import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buildFixture } from '../forge/fixture';
import { startSite } from '../running-site';

jest.setTimeout(180_000);

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'site-ends-'));
  folders.push(made);
  return made;
};
afterAll(() => folders.forEach((made) => rmSync(made, { recursive: true, force: true })));

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['.build/host/main.cjs', ...args], { encoding: 'utf8', timeout: 60_000 });

/** Processes that a process started; Linux only, as is the walk through /proc. */
const childrenOf = (pid: number): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid)
    .map(Number);

function parentOf(pid: string): number | undefined {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

const alive = (pid: number): boolean => {
  const stat = parentOf(String(pid));
  return stat !== undefined;
};

async function gone(pids: readonly number[]): Promise<boolean> {
  for (let i = 0; i < 200 && pids.some(alive); i += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  return !pids.some(alive);
}

describe('a start that cannot be (site-contract.md, "Start"): one line, exit code 2', () => {
  test('a port in use, and no site is made', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    const data = join(folder(), 'site');
    const { status, stderr, stdout } = run('--port', String(port), '--data', data);
    server.close();
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: `Port ${port} is in use. Choose another with --port.\n`,
    });
    expect(() => readdirSync(data)).toThrow();
  });

  test('a data folder that is a file, one that is no database, one of a newer version', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    const broken = folder();
    writeFileSync(join(broken, 'site.sqlite'), 'x'.repeat(10_000));
    const newer = folder();
    new DatabaseSync(join(newer, 'site.sqlite')).exec('PRAGMA user_version = 99');
    for (const data of [file, broken, newer]) {
      const { status, stderr } = run('--port', '4999', '--data', data);
      expect({ data, status }).toEqual({ data, status: 2 });
      expect(stderr).toMatch(/^The data folder [^\n]+\n$/);
    }
    expect(run('--port', '4999', '--data', newer).stderr).toContain('version 99');
  });
});

test('a folder in use is refused; a killed site leaves no process, and goes on where it was', async () => {
  const site = await startSite({ kind: 'empty' });
  try {
    const second = run('--port', '4999', '--data', site.data);
    expect(second.status).toBe(2);
    expect(second.stderr).toMatch(/^The data folder [^\n]+\n$/);
    const post = (path: string, body: unknown) =>
      fetch(`${site.base}${path}`, { method: 'POST', body: JSON.stringify(body) });
    await post('/forge/clock', { now: '2027-01-01T00:00:00Z' });
    await fetch(`${site.base}/forge/kvs`, { method: 'PUT', body: JSON.stringify({ key: 'kept', value: 1 }) });
    const mine = childrenOf(process.pid).flatMap((pid) => childrenOf(pid));
    expect(mine.length).toBeGreaterThan(0);
    await site.crash();
    expect(await gone(mine)).toBe(true);
    const kvs = await (await fetch(`${site.base}/forge/kvs?prefix=kept`)).json();
    expect(kvs).toEqual({ items: [{ key: 'kept', value: 1 }] });
    const { now } = (await (await fetch(`${site.base}/forge/clock`)).json()) as { now: string };
    expect(now.slice(0, 10)).toBe('2027-01-01');
  } finally {
    await site.stop();
  }
});

test('a handler that never yields ends with the site that was killed', async () => {
  const { bundle, childScript } = buildFixture();
  const script = `
    const child = require('node:child_process').fork(${JSON.stringify(childScript)}, [${JSON.stringify(bundle)}], {
      serialization: 'advanced', env: {}, execArgv: ['--no-warnings'] });
    const invoke = { kind: 'invoke', token: 't', handler: 'index.validate', args: [{ configuration: { how: 'loop' } }],
      runtime: {}, millis: 60000, offset: 0 };
    child.on('message', () => child.send(invoke, () => console.log(child.pid)));`;
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await new Promise<number>((resolve) =>
    parent.stdout.once('data', (text: Buffer) => resolve(Number(text.toString()))),
  );
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(alive(pid)).toBe(true);
  parent.kill('SIGKILL');
  expect(await gone([pid])).toBe(true);
});
