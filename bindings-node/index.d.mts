// Types of the ES module half.

export * from './types.js';
// `import PinterestSdk from 'pinterest-sdk'`, as on the reference page.
export * as default from './types.js';
