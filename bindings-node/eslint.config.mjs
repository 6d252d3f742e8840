// Few rules, each of which finds mistakes; the layout is nobody's business but the writer's.

const NODE = ['AbortController', 'AbortSignal', 'Blob', 'Buffer', 'DOMException', 'Event', 'EventTarget', 'FormData', 'Headers', 'Request', 'URL', 'URLSearchParams', 'btoa', 'console']
  .concat(['fetch', 'performance', 'process', 'setTimeout']);
const COMMONJS = ['__dirname', 'exports', 'module', 'require'];

const globals = (...names) => Object.fromEntries(names.flat().map((name) => [name, 'readonly']));

const rules = {
  'array-callback-return': 'error',
  'consistent-return': 'error',
  'default-case-last': 'error',
  eqeqeq: 'error',
  'max-lines': ['error', 400],
  'no-cond-assign': 'error',
  'no-const-assign': 'error',
  'no-constant-condition': 'error',
  'no-dupe-args': 'error',
  'no-dupe-class-members': 'error',
  'no-dupe-keys': 'error',
  'no-else-return': 'error',
  'no-empty': 'error',
  'no-eval': 'error',
  'no-fallthrough': 'error',
  'no-implicit-globals': 'error',
  'no-promise-executor-return': 'error',
  'no-prototype-builtins': 'error',
  'no-redeclare': 'error',
  'no-self-compare': 'error',
  'no-throw-literal': 'error',
  'no-undef': 'error',
  'no-unreachable': 'error',
  'no-unused-vars': 'error',
  'no-useless-catch': 'error',
  'no-useless-return': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'prefer-template': 'error',
  strict: ['error', 'global'],
  'valid-typeof': 'error',
};

export default [
  { ignores: ['**/node_modules/**'] },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: globals(NODE, COMMONJS) },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules,
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { sourceType: 'module', globals: globals(NODE) },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules,
  },
];
