'use strict';

// multipart/form-data (RFC 7578), as the published package writes it.

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
 * @returns {Promise<{contentType: string, body: Buffer}>}
 */
async function multipart(fields) {
  const boundary = `--------------------------${require('node:crypto').randomUUID().replaceAll('-', '')}`;
  const parts = [];
  for (const [name, value] of fields) {
    const { bytes, head } = await part(value);
    parts.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${head}\r\n\r\n`));
    parts.push(bytes, Buffer.from('\r\n'));
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(parts) };
}

async function part(value) {
  if (typeof value === 'string') return { bytes: Buffer.from(value), head: '' };
  if (Buffer.isBuffer(value)) return { bytes: value, head: `\r\nContent-Type: ${OCTETS}` };
  if (value instanceof Blob) {
    const bytes = Buffer.from(await value.arrayBuffer());
    return { bytes, head: fileHead(value.name ?? 'blob', value.type || OCTETS) };
  }
  const chunks = [];
  for await (const chunk of value) chunks.push(Buffer.from(chunk));
  const name = basename(String(value.path));
  return { bytes: Buffer.concat(chunks), head: fileHead(name, TYPES[extname(name).toLowerCase()] ?? OCTETS) };
}

function fileHead(name, type) {
  return `; filename="${quoted(name)}"\r\nContent-Type: ${type}`;
}

/** A name that cannot break out of its quotes or its line. */
function quoted(name) {
  return name.replace(/["\r\n]/g, encodeURIComponent);
}

module.exports = { multipart };
