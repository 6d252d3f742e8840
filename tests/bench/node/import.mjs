// import.mjs PACKAGE: prints how many milliseconds `import('pinterest-sdk')` takes.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const place = join(process.argv[2], 'node_modules/pinterest-sdk');
const { exports, main } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
const file = pathToFileURL(join(place, exports?.['.'].import.default ?? main)).href;
const started = performance.now();
await import(file);
console.log(performance.now() - started);
