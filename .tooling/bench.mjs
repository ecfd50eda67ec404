// npm run bench: figures that the README states, each beside a peer or a limit, in one run.
import { createHmac, randomBytes } from 'node:crypto';
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
const POLLS = 40;
const HOSTILE = [
  ['github', 'a line of 5 MB'],
  ['github', 'nesting, a million levels'],
  ['github', 'a compressed bomb as the body'],
  ['github', '100,000 keys in one message'],
  ['github', 'an object of 50,000 members'],
  ['github', 'text of halves of banners'],
  ['pipeline', 'a compressed bomb as a file'],
  ['pipeline', 'an archive whose file says 4 GB'],
];
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const ms = (runs, of) => median(runs.map(of)).toFixed(1);

setUp();
if (!(await build(['screens', 'app-forge', 'cli']))) process.exit(1);
const alone = join(root, '.build', 'sdk-alone');
await bundleForge({ app: join(root, 'tests/bench/sdk-alone'), out: alone });

coldStart();
sizes();
await hostile();
await panelShown();

/** Cold import and first parse of the bundles that people wait for, as they deploy, beside the Forge SDKs alone, taken in turn. */
function coldStart() {
  const candidates = {
    'Forge SDKs alone': [join(alone, 'index.cjs'), 'run'],
    'rules and events': [join(root, '.build/forge/index.cjs'), 'validateChange'],
    'issue panel': [join(root, '.build/forge/panel.cjs'), 'panelResolver'],
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

/** What hostile deliveries take of memory and time in the intake, each in a fresh process, beside JSON.parse of the same body alone. */
async function hostile() {
  const outfile = join(root, '.build', 'intake.cjs');
  await bundle({ entryPoints: [join(root, 'tests/bench/intake.ts')], outfile, bundle: true, platform: 'node' });
  const run = (how, source, attack) => {
    const { stdout, stderr } = spawnSync(node24(), [outfile, how, source, attack], { cwd: root, encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout);
  };
  console.log(
    '\nHostile deliveries through the intake, memory above that of the started process, beside JSON.parse alone',
  );
  for (const [source, attack] of HOSTILE) {
    const [ours, plain] = ['intake', 'plain'].map((how) => run(how, source, attack));
    const mb = (kb) => (kb / 1024).toFixed(0);
    const ratio = ours.peakKb / Math.max(plain.peakKb, 1024);
    console.log(
      `  ${`${source}, ${attack}`.padEnd(52)} ${(ours.bytes / 1e6).toFixed(2)} MB: ${ours.outcome.padEnd(17)} ${ours.ms.toFixed(0).padStart(5)} ms, ${mb(ours.peakKb)} MB beside ${mb(plain.peakKb)} MB, ratio ${ratio.toFixed(1)}`,
    );
  }
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
    await gatePolled(base);
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

/** A pipeline that polls the gate: the same question again and again over HTTP, beside reading the issue from the same site. */
async function gatePolled(base) {
  const key = 'CHG-3';
  const url = `${base}/forge/webtrigger/deploy-gate`;
  const body = JSON.stringify({
    change: key,
    environment: 'production',
    commits: ['8d0e7f3c2b1a09f8e7d6c5b4a39281706f5e4d3c'],
    actor: { name: 'implementer' },
  });
  const question = () => {
    const time = String(Math.floor(Date.now() / 1000));
    const nonce = randomBytes(16).toString('hex');
    const mac = createHmac('sha256', 'local-gate-secret').update(`${time}.${nonce}.${body}`).digest('hex');
    const headers = { 'X-Change-Timestamp': time, 'X-Change-Nonce': nonce, 'X-Change-Signature': `sha256=${mac}` };
    return fetch(url, { method: 'POST', headers, body });
  };
  const headers = { Authorization: `Basic ${btoa('admin:any')}` };
  const issue = () => fetch(`${base}/rest/api/3/issue/${key}`, { headers });
  const timed = async (ask) => {
    const started = performance.now();
    await (await ask()).text();
    return performance.now() - started;
  };
  // The connection that was kept from before may have been closed meanwhile.
  await issue().catch(() => undefined);
  const { verdict } = await (await question()).json();
  const taken = { gate: [], issue: [] };
  for (let i = 0; i < POLLS; i += 1) {
    taken.gate.push(await timed(question));
    taken.issue.push(await timed(issue));
  }
  const { handlers } = await (await fetch(`${base}/forge/meter`, { headers })).json();
  const { jiraCalls, kvsReadCalls, kvsWrites, ms: own } = handlers['answer-gate'].last;
  const sorted = taken.gate.toSorted((a, b) => a - b);
  const ratio = median(taken.gate) / median(taken.issue);
  console.log(
    `\nThe same question to the deploy gate ${POLLS} times, answered ${verdict}: p50 ${median(taken.gate).toFixed(0)} ms, p95 ${sorted[Math.floor(POLLS * 0.95)].toFixed(0)} ms over HTTP, beside ${median(taken.issue).toFixed(0)} ms of reading the issue, ratio ${ratio.toFixed(1)}; each ${own.toFixed(0)} ms in the handler, ${jiraCalls} Jira calls, ${kvsReadCalls} storage reads, ${kvsWrites} writes`,
  );
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
