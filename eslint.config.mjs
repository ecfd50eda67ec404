import tseslint from 'typescript-eslint';
import prettier from 'eslint-config-prettier';

/** Folders of the pure core, lowest first: a folder may import only itself and those before it, and node:crypto. */
const PURE = ['ledger', 'change', 'evidence', 'policy', 'gate', 'providers', 'readers', 'pack', 'setup'];
const ALL = [...PURE, 'contract', 'ports', 'handlers', 'forge', 'cli'];

/** Forbids every src folder that is not in `allowed`, for a file inside src/<folder>/ however deep. */
const only = (folder, allowed, packages) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...ALL.filter((name) => name !== folder && !allowed.includes(name)).map((name) => ({
            regex: `^(\\.\\./)+${name}(/|$)`,
            message: `src/${folder} may not import src/${name} (README, "Structure")`,
          })),
          { regex: '^@forge/ui', message: 'UI Kit 1 stopped working on 28 February 2025' },
          {
            regex: '^zod(/|$)',
            message: "import * as z from '#zod': zod/mini, and in what deploys only the part used",
          },
          ...(packages === undefined ? [] : [{ regex: `^(?!\\.|${packages})`, message: `src/${folder} is pure` }]),
        ],
      },
    ],
    ...(packages === undefined
      ? {}
      : {
          'no-restricted-globals': ['error', 'fetch', 'process', 'setTimeout', 'setInterval', 'crypto', 'performance'],
          'no-restricted-syntax': [
            'error',
            { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'the clock is a port' },
            { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'the clock is a port' },
            {
              selector: "MemberExpression[object.name='Math'][property.name='random']",
              message: 'randomness is a port',
            },
          ],
        }),
  },
});

const purePackages = 'node:crypto$|#zod$|fflate$|date-fns|@date-fns/tz|sax$|papaparse$';

// What needs types is asked by .oxlintrc.json: the native checker takes a sixth of the time.
export default tseslint.config(
  { ignores: ['node_modules', '.build', '.site', 'static/dist', 'coverage', 'tests/vectors/data'] },
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-imports': ['error', { patterns: [{ regex: '^@forge/ui', message: 'UI Kit 1 is gone' }] }],
      eqeqeq: 'error',
    },
  },
  ...PURE.map((folder, i) => only(folder, PURE.slice(0, i), purePackages)),
  only('contract', [], '#zod$'),
  only('ports', [...PURE], 'node:crypto$'),
  only('handlers', [...PURE, 'contract', 'ports']),
  only('forge', [...PURE, 'contract', 'ports', 'handlers']),
  only('cli', PURE),
  {
    files: ['src/handlers/**/*.ts', 'src/cli/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^@forge/', message: 'only src/forge' }] },
      ],
    },
  },
  {
    files: ['static/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: '(\\.\\./)+src/(?!contract)', message: 'the screens know src/contract only' }] },
      ],
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  prettier,
);
