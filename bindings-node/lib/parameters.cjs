'use strict';

// How ApiClient writes parameters. Each function is one of its methods and is given the client, so
// that a subclass may replace any of them.

const COLLECTION_SEPARATORS = {
  __proto__: null,
  csv: ',',
  ssv: ' ',
  tsv: '\t',
  pipes: '|',
  // The members of CollectionFormatEnum.
  ',': ',',
  ' ': ' ',
  '\t': '\t',
  '|': '|',
};

/** Whether a value is a plain object or a list, by the text that it has. */
function canBeJsonified(value) {
  if (typeof value !== 'string' && typeof value !== 'object') return false;
  try {
    return ['[object Object]', '[object Array]'].includes(value.toString());
  } catch {
    return false;
  }
}

function paramToString(value) {
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return value.toJSON();
  return canBeJsonified(value) ? JSON.stringify(value) : value.toString();
}

/** The URL of a path, its placeholders filled in and escaped. */
function buildUrl(client, path, pathParams, apiBasePath) {
  const absolute = path.startsWith('/') ? path : `/${path}`;
  return `${apiBasePath ?? client.basePath}${absolute}`.replace(/\{([\w\-.]+)\}/g, (placeholder, name) => {
    const value = Object.hasOwn(pathParams, name) ? client.paramToString(pathParams[name]) : placeholder;
    return encodeURIComponent(value);
  });
}


function isJsonMime(type) {
  return type !== undefined && type !== null && /^application\/json(;.*)?$/i.test(type);
}

function jsonPreferredMime(client, types) {
  return Array.prototype.find.call(required('the list of content types', types), (type) => client.isJsonMime(type)) ?? types[0];
}

function isFileParam(value) {
  if (typeof value !== 'object' || value === null) return false;
  return Buffer.isBuffer(value) || value instanceof Blob || value instanceof require('node:fs').ReadStream;
}

/** Own parameters that have a value: files and lists as they are, the rest as text. */
function normalizeParams(client, params) {
  const normal = {};
  for (const [name, value] of Object.entries(params ?? {})) {
    if (value === undefined || value === null) continue;
    const asItIs = client.isFileParam(value) || Array.isArray(value);
    // Defined, for assigning would change the prototype if the name is `__proto__`.
    const property = { value: asItIs ? value : client.paramToString(value), enumerable: true, writable: true };
    Object.defineProperty(normal, name, { ...property, configurable: true });
  }
  return normal;
}

/** A list as text, by a name (`csv`) or a member of CollectionFormatEnum; `multi` keeps the list. */
function buildCollectionParam(client, list, format) {
  if (list === undefined || list === null) return null;
  if (format === 'passthrough') return list;
  const separator = COLLECTION_SEPARATORS[format];
  if (separator === undefined && format !== 'multi') throw new Error(`Unknown collection format: ${format}`);
  const texts = list.map((item) => client.paramToString(item));
  return separator === undefined ? texts : texts.join(separator);
}

/** Tells `request`, by its `auth`, `set` and `query`, the credentials of these names. */
function applyAuthToRequest(client, request, names) {
  for (const name of required('the list of authentications', names)) {
    const one = client.authentications[name];
    const token = () => (typeof one.accessToken === 'function' ? one.accessToken() : one.accessToken);
    switch (one.type) {
      case 'basic':
        if (one.username || one.password) request.auth(one.username || '', one.password || '');
        break;
      case 'bearer':
      case 'oauth2':
        if (one.accessToken) request.set({ Authorization: `Bearer ${token()}` });
        break;
      case 'apiKey':
        applyApiKey(request, one);
        break;
      default:
        throw new Error(`Unknown authentication type: ${one.type}`);
    }
  }
}

function applyApiKey(request, { apiKey, apiKeyPrefix, name, in: place }) {
  if (!apiKey) return;
  const data = { [name]: apiKeyPrefix ? `${apiKeyPrefix} ${apiKey}` : apiKey };
  if (place === 'header') request.set(data);
  else request.query(data);
}

function required(what, list) {
  if (list === undefined || list === null) throw new TypeError(`${what} is missing`);
  return list;
}

/** A host's URL with its variables filled in, as given or by default. */
function hostUrl(servers, index, variables) {
  const server = servers[index];
  if (server === undefined) {
    const bound = servers.length;
    throw new Error(`Invalid index ${index} when selecting the host settings. Must be less than ${bound}`);
  }
  let { url } = server;
  for (const [name, { default_value: byDefault, enum_values: allowed }] of Object.entries(server.variables ?? {})) {
    const value = name in variables ? variables[name] : byDefault;
    if (name in variables && allowed !== undefined && !allowed.includes(value)) {
      throw new Error(`The variable \`${name}\` in the host URL has invalid value ${value}. Must be ${allowed}.`);
    }
    url = url.replace(`{${name}}`, value);
  }
  return url;
}

module.exports = {
  applyAuthToRequest,
  buildCollectionParam,
  buildUrl,
  canBeJsonified,
  hostUrl,
  isFileParam,
  isJsonMime,
  jsonPreferredMime,
  normalizeParams,
  paramToString,
};
