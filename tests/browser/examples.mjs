// The web examples that are clicked through; all keep to one contract. `make build-web` builds them.

export default [
  { name: 'axum', command: ['target/release/pinterest-example-axum'] },
  { name: 'fastapi', command: ['build/python/web/bin/python', 'examples/web/fastapi/app.py'] },
  { name: 'express', command: ['node', 'build/node/web/app.mjs'] },
  { name: 'ktor', command: ['java', '-cp', 'build/examples/ktor/*', 'AppKt'] },
];
