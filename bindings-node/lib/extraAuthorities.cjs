'use strict';

const { readFileSync } = require('node:fs');

/** Certificates by the path they were read from: once a process, as Node does. */
const read = new Map();

/**
 * The certificates of NODE_EXTRA_CA_CERTS in PEM form. A file that cannot be used gives a warning, as
 * it does in Node, and calls go on without it.
 */
function extraAuthorities(path) {
  if (!read.has(path)) read.set(path, load(path));
  return read.get(path);
}

function load(path) {
  try {
    const pem = readFileSync(path, 'utf8');
    if (!holdsCertificate(pem)) throw new Error('it holds no certificate in PEM form');
    return pem;
  } catch (error) {
    process.emitWarning(`Ignoring extra certs from \`${path}\`, load failed: ${error.message}`);
    return undefined;
  }
}

/** Whether the first block is the DER form of something: loading node:crypto to know more is slow. */
function holdsCertificate(pem) {
  const [, block] = pem.match(/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]+)-----END/) ?? [];
  const der = Buffer.from(block ?? '', 'base64');
  // A sequence whose length takes two bytes, as that of every certificate does.
  return der.length > 4 && der[0] === 0x30 && der[1] === 0x82 && der.length >= 4 + der.readUInt16BE(2);
}

module.exports = { extraAuthorities };
