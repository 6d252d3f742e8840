'use strict';

// load.cjs PACKAGE: prints how many milliseconds `require('pinterest-sdk')` takes.

const place = `${process.argv[2]}/node_modules/pinterest-sdk`;
const started = performance.now();
require(place);
console.log(performance.now() - started);
