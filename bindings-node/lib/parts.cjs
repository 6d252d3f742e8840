'use strict';

// What a form with files holds, read: the core writes it (multipart/form-data, RFC 7578).

const { basename, extname } = require('node:path');

const OCTETS = 'application/octet-stream';

/** Types of the files that the API takes. */
const TYPES = {
  __proto__: null,
  '.csv': 'text/csv',
  '.gif': 'image/gif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.mov': 'video/quicktime',
  '.mp4': 'video/mp4',
  '.png': 'image/png',
  '.txt': 'text/plain',
  '.webp': 'image/webp',
  '.xml': 'application/xml',
};

/**
 * @param {[string, string | Buffer | Blob | import('node:fs').ReadStream][]} fields
 * @returns {Promise<{parts: {name: string, bytes: Buffer, fileName?: string, contentType?: string}[]}>}
 */
async function readParts(fields) {
  const parts = [];
  for (const [name, value] of fields) parts.push({ name, ...(await read(value)) });
  return { parts };
}

async function read(value) {
  if (typeof value === 'string') return { bytes: Buffer.from(value) };
  if (Buffer.isBuffer(value)) return { bytes: value, contentType: OCTETS };
  if (value instanceof Blob) {
    const bytes = Buffer.from(await value.arrayBuffer());
    return { bytes, fileName: value.name ?? 'blob', contentType: value.type || OCTETS };
  }
  const chunks = [];
  for await (const chunk of value) chunks.push(Buffer.from(chunk));
  const fileName = basename(String(value.path));
  return { bytes: Buffer.concat(chunks), fileName, contentType: TYPES[extname(fileName).toLowerCase()] ?? OCTETS };
}

module.exports = { readParts };
