'use strict';

// What index.mjs imports. Node reads through a file that is imported for the names that it might export, and follows it
// to others, for milliseconds; here it finds none.

const PinterestSdk = require('./index.cjs');

module.exports = PinterestSdk;
