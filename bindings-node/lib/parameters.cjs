'use strict';

// How ApiClient writes parameters. What a subclass may replace is given: `text` (`paramToString`), `isFile`
// (`isFileParam`) and `isJson` (`isJsonMime`).

const { isDate } = require('node:util/types');
const { wellFormed } = require('./text.cjs');

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
  if (isDate(value)) return value.toJSON();
  return canBeJsonified(value) ? JSON.stringify(value) : value.toString();
}

/** The URL of a path, its placeholders filled in and escaped. */
function buildUrl(basePath, path, pathParams, text) {
  const absolute = path.startsWith('/') ? path : `/${path}`;
  return `${basePath}${absolute}`.replace(/\{([\w\-.]+)\}/g, (placeholder, name) => {
    const value = Object.hasOwn(pathParams, name) ? text(pathParams[name]) : placeholder;
    return encodeURIComponent(value);
  });
}

function isJsonMime(type) {
  return type !== undefined && type !== null && /^application\/json(;.*)?$/i.test(type);
}

function jsonPreferredMime(types, isJson) {
  return Array.prototype.find.call(required('the list of content types', types), (type) => isJson(type)) ?? types[0];
}

function isFileParam(value) {
  if (typeof value !== 'object' || value === null) return false;
  return Buffer.isBuffer(value) || value instanceof Blob || value instanceof require('node:fs').ReadStream;
}

/** Own parameters that have a value: files and lists as they are, the rest as text. */
function normalizeParams(params, isFile, text) {
  const normal = {};
  for (const [name, value] of Object.entries(params ?? {})) {
    if (value === undefined || value === null) continue;
    const asItIs = isFile(value) || Array.isArray(value);
    // Defined, for assigning would change the prototype if the name is `__proto__`.
    const property = { value: asItIs ? value : text(value), enumerable: true, writable: true };
    Object.defineProperty(normal, name, { ...property, configurable: true });
  }
  return normal;
}

/** Normal parameters as names and values of a form: files as they are, the items of a list under the same name. */
function formFields(params, isFile, text) {
  return Object.entries(params).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((item) => [name, isFile(item) ? item : wellFormed(name, text(item))]),
  );
}

/** A list as text, by a name (`csv`) or a member of CollectionFormatEnum; `multi` keeps the list. */
function buildCollectionParam(list, format, text) {
  if (list === undefined || list === null) return null;
  if (format === 'passthrough') return list;
  const separator = COLLECTION_SEPARATORS[format];
  if (separator === undefined && format !== 'multi') throw new Error(`Unknown collection format: ${format}`);
  const texts = list.map((item) => text(item));
  return separator === undefined ? texts : texts.join(separator);
}

/** Tells `request`, by its `auth`, `set` and `query`, the credentials of these names. */
function applyAuthToRequest(authentications, request, names) {
  for (const name of required('the list of authentications', names)) {
    const one = authentications[name];
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
  formFields,
  hostUrl,
  isFileParam,
  isJsonMime,
  jsonPreferredMime,
  normalizeParams,
  paramToString,
};
