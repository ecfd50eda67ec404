// One cold start, in a fresh process: node cold-start.cjs BUNDLE HANDLER. Prints milliseconds of import and first parse.
globalThis.__forge_runtime__ = {
  appContext: {
    appId: 'bench',
    appVersion: '0',
    environmentId: 'bench',
    environmentType: 'DEVELOPMENT',
    invocationId: 'bench',
    installationId: 'bench',
    moduleKey: 'bench',
  },
  contextAri: 'ari:cloud:jira::site/bench',
  lambdaContext: { getRemainingTimeInMillis: () => 25_000 },
  metrics: { counter: () => ({ incr() {} }), timing: () => ({ measure: () => ({ stop() {} }) }) },
  container: { appCodeDir: '' },
  proxy: { url: 'http://127.0.0.1:1', token: '' },
  tracing: { traceId: '', spanId: '' },
};
globalThis.__forge_fetch__ = () => Promise.reject(new Error('no platform in a benchmark'));
console.error = () => {};
const { performance } = require('node:perf_hooks');
const [bundle, handler] = process.argv.slice(2);
const start = performance.now();
const app = require(require('node:path').resolve(bundle));
const imported = performance.now();
// Fits a validator's and a resolver's input alike, and is refused by both at their first check.
const input = { call: { functionKey: 'change.read', payload: {} }, context: {} };
Promise.resolve(app[handler](input)).then(() => {
  process.stdout.write(JSON.stringify({ imported: imported - start, parsed: performance.now() - imported }));
});
