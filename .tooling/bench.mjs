// npm run bench: figures that the README states, each beside a peer or a limit, in one run.
import { build as bundle } from 'esbuild';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from './build.mjs';
import { bundleForge } from './bundle-app.mjs';
import { node24, root } from './node24.mjs';
import { setUp } from './setup.mjs';

const RUNS = 15;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const ms = (runs, of) => median(runs.map(of)).toFixed(1);

setUp();
if (!(await build(['screens', 'app-forge', 'cli']))) process.exit(1);
const alone = join(root, '.build', 'sdk-alone');
await bundleForge({ app: join(root, 'tests/bench/sdk-alone'), out: alone });

coldStart();
sizes();
await panelShown();

/** Cold import and first parse of the bundles that people wait for, as they deploy, beside the Forge SDKs alone, taken in turn. */
function coldStart() {
  const candidates = {
    'Forge SDKs alone': [join(alone, 'index.cjs'), 'run'],
    'rules and events': [join(root, '.build/forge/index.cjs'), 'validateChange'],
    screens: [join(root, '.build/forge/screens.cjs'), 'panelResolver'],
  };
  const taken = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (let i = 0; i < RUNS; i += 1)
    for (const [name, [bundle, handler]] of Object.entries(candidates)) taken[name].push(once(bundle, handler));
  console.log(`\nCold start, fresh process, median of ${RUNS} (limit: 36 ms beside 16 to 21 ms of the SDKs)`);
  const total = (run) => run.imported + run.parsed;
  for (const [name, runs] of Object.entries(taken)) {
    const kb = Math.round(statSync(candidates[name][0]).size / 1024);
    console.log(
      `  ${name.padEnd(18)} import ${ms(runs, (r) => r.imported)} ms, first parse ${ms(runs, (r) => r.parsed)} ms, ${kb} KB unminified${name === 'Forge SDKs alone' ? '' : ' (limit: 650)'}`,
    );
  }
  const sdks = median(taken['Forge SDKs alone'].map(total));
  for (const name of Object.keys(candidates).slice(1)) {
    const ratio = median(taken[name].map(total)) / sdks;
    console.log(
      `  ${name}: ratio ${ratio.toFixed(2)} (limit: 36 beside 16 to 21, ${(36 / 21).toFixed(2)} to ${(36 / 16).toFixed(2)})`,
    );
  }
}

function once(bundle, handler) {
  const { stdout, stderr } = spawnSync(node24(), ['tests/bench/cold-start.cjs', bundle, handler], {
    cwd: root,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

/** What the issue panel loads before its first paint: the entry and what it imports statically. */
function sizes() {
  const html = readFileSync(join(root, 'static/dist/index.html'), 'utf8');
  const scripts = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.js)"/g)].map(([, file]) => file);
  const eager = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(root, 'static/dist', file))).length, 0);
  const all = readdirSync(join(root, 'static/dist/assets')).filter((file) => file.endsWith('.js'));
  console.log(
    `\nScreens: ${(eager / 1024).toFixed(1)} KB gzipped JavaScript in ${scripts.length} files named by index.html (limit for the panel: 150); ${all.length} scripts in all`,
  );
  console.log(
    `Command line: ${Math.round(statSync(join(root, '.build/cli/change-control.cjs')).size / 1024)} KB, one file`,
  );
}

/** The panel's data shown, beside plain React with the bridge and one resolver call in the same frame, taken in turn. */
async function panelShown() {
  const rounds = 9;
  const plain = join(root, '.build', 'plain-screen.js');
  await bundle({
    entryPoints: [join(root, 'tests/bench/plain-screen/main.tsx')],
    outfile: plain,
    bundle: true,
    minify: true,
    format: 'esm',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const data = mkdtempSync(join(tmpdir(), 'bench-site-'));
  const site = spawn(process.execPath, ['.tooling/start.mjs', '--port', '4391', '--data', data], {
    cwd: root,
    detached: true,
  });
  try {
    const base = await ready(site);
    const run = spawnSync(node24(), ['tests/bench/panel.mjs', base, 'CHG-3', plain, String(rounds)], {
      cwd: root,
      encoding: 'utf8',
    });
    await validator(base, data);
    if (run.status !== 0) throw new Error(run.stderr);
    const taken = JSON.parse(run.stdout);
    const [panel, alone] = [median(taken.panel), median(taken.plain)];
    console.log(
      `\nPanel's data shown in a new frame, median of ${rounds}: ${Math.round(panel)} ms beside ${Math.round(alone)} ms of plain React with one call, ratio ${(panel / alone).toFixed(2)} (limit: 350 beside 150, ${(350 / 150).toFixed(2)})`,
    );
  } finally {
    process.kill(-site.pid);
    rmSync(data, { recursive: true, force: true });
  }
}

/** The validator's own time on a change of the seeded site, in turn with a bare function that makes the same two kinds of call. */
async function validator(base, folder) {
  const key = 'CHG-3';
  const ask = async (path) =>
    (await fetch(base + path, { headers: { Authorization: `Basic ${btoa('admin:any')}` } })).json();
  const issue = await ask(`/rest/api/3/issue/${key}?expand=changelog`);
  const kept = {};
  for (const prefix of [
    `ledger:${issue.id}`,
    `ledger-head:${issue.id}`,
    'policy:current',
    'people:current',
    'calendar:',
    'field-ids',
  ])
    for (const { key: name, value } of (await ask(`/forge/kvs?prefix=${prefix}`)).items) kept[name] = value;
  const file = join(folder, 'validator.json');
  writeFileSync(file, JSON.stringify({ key, issue, fields: await ask('/rest/api/3/field'), kept }));
  const candidates = {
    'a bare function': [join(alone, 'index.cjs'), 'ask'],
    'the validator': [join(root, '.build/forge/index.cjs'), 'validateChange'],
  };
  const entries = Object.keys(kept).filter((name) => name.startsWith('ledger:')).length;
  console.log(
    `\nOwn time of the validator, warm, without Jira's and the storage's, on a change with ${entries} ledger entries`,
  );
  for (const [name, [bundle, handler]] of Object.entries(candidates)) {
    const run = spawnSync(node24(), ['tests/bench/validator.cjs', bundle, handler, file, '300'], {
      cwd: root,
      encoding: 'utf8',
    });
    if (run.stdout === '') throw new Error(run.stderr);
    const { p50, p95, jira, storage } = JSON.parse(run.stdout);
    console.log(
      `  ${name.padEnd(15)} p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms; ${jira} Jira calls (limit: 3), ${storage} storage reads (limit: 2; a batch is one)`,
    );
  }
}

function ready(site) {
  return new Promise((resolve, reject) => {
    site.stdout.on('data', (said) => {
      const found = /ready (\S+)/.exec(String(said));
      if (found) resolve(found[1]);
    });
    site.once('exit', (code) => reject(new Error(`The site ended with ${code} before it was ready.`)));
  });
}
