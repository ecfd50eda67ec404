// Three projects: `unit` (fast, part of `npm run check`), `host` (the local Jira site over HTTP) and `browser` (Chromium).
// The Forge SDKs are CommonJS; only the oracles named in transformIgnorePatterns are ESM and need the transform.
const common = {
  transform: {
    '^.+\\.(t|j|mj)sx?$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(canonicalize|@noble|hono|@hono)/)'],
  moduleNameMapper: { '^@forge/jira-bridge$': '<rootDir>/node_modules/@forge/jira-bridge/out/index.js' },
  testEnvironment: 'node',
  setupFilesAfterEnv: ['<rootDir>/tests/time-limit.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.build', '<rootDir>/.site', '<rootDir>/static/dist'],
};
module.exports = {
  testSequencer: '<rootDir>/.tooling/longest-first.cjs',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/tests/{unit,vectors,contract,golden}/**/*.test.ts'],
    },
    {
      ...common,
      displayName: 'host',
      testMatch: ['<rootDir>/tests/host/**/*.test.ts'],
    },
    {
      ...common,
      displayName: 'browser',
      testMatch: ['<rootDir>/tests/browser/**/*.test.ts'],
    },
  ],
};
