// The rules of the Node package, for these tests and the sandbox's pages, which run in browsers.

import rules from '../../bindings-node/eslint.config.mjs';

const names = ['Event', 'FormData', 'ResizeObserver', 'TextDecoder', 'URLSearchParams', 'atob', 'clearTimeout',
  'document', 'getComputedStyle', 'location', 'navigator', 'requestAnimationFrame', 'window'];

export default [
  ...rules,
  { files: ['**/*.mjs'], languageOptions: { globals: Object.fromEntries(names.map((name) => [name, 'readonly'])) } },
];
