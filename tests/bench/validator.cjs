// The function validator's own time, warm, in this process: node validator.cjs BUNDLE HANDLER DATA ROUNDS. Jira and storage
// answer at once from DATA ({issue, fields, kept}), so what is measured is the app and the SDKs, without the platform.
const { readFileSync } = require('node:fs');
const { resolve } = require('node:path');
const { performance } = require('node:perf_hooks');
const [bundle, handler, dataFile, rounds] = process.argv.slice(2);
const { key, issue, fields, kept } = JSON.parse(readFileSync(dataFile, 'utf8'));
const count = { jira: 0, storage: 0 };

const json = (body, status = 200) => new Response(JSON.stringify(body), { status });
const absent = { code: 'KEY_NOT_FOUND', message: 'Nothing is stored under this key.' };
const row = (name) => ({ key: name, value: kept[name] });

function storage(path, body) {
  count.storage += 1;
  if (path.endsWith('/batch/get')) {
    const names = body.map((one) => one.key);
    return json({
      successfulKeys: names.filter((name) => name in kept).map(row),
      failedKeys: names.filter((name) => !(name in kept)).map((name) => ({ key: name, error: absent })),
    });
  }
  return body.key in kept ? json(row(body.key)) : json(absent, 404);
}

globalThis.__forge_fetch__ = async (target, path, options = {}) => {
  if (target.type === 'kvs') return storage(path, JSON.parse(options.body));
  count.jira += 1;
  return json(path.includes('/rest/api/3/field') ? fields : issue);
};
let invocation = 0;
globalThis.__forge_runtime__ = {
  appContext: {
    appId: 'bench',
    appVersion: '0',
    environmentId: 'bench',
    environmentType: 'DEVELOPMENT',
    installationId: 'bench',
    moduleKey: 'bench',
    get invocationId() {
      return String(invocation);
    },
  },
  contextAri: 'ari:cloud:jira::site/bench',
  lambdaContext: { getRemainingTimeInMillis: () => 25_000 },
  metrics: { counter: () => ({ incr() {} }), timing: () => ({ measure: () => ({ stop() {} }) }) },
  container: { appCodeDir: '' },
  proxy: { url: 'http://127.0.0.1:1', token: '' },
  tracing: { traceId: '', spanId: '' },
};

async function main() {
  const run = require(resolve(bundle))[handler];
  const input = { issue: { key }, configuration: { step: 'approve' }, transition: {} };
  const taken = [];
  for (let i = 0; i < Number(rounds) + 50; i += 1) {
    invocation += 1;
    const start = performance.now();
    await run(input);
    if (i >= 50) taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  const at = (share) => taken[Math.floor(taken.length * share)];
  const all = Number(rounds) + 50;
  process.stdout.write(
    JSON.stringify({ p50: at(0.5), p95: at(0.95), jira: count.jira / all, storage: count.storage / all }),
  );
}
main();
