'use strict';

// From JSON to the types that callApi is asked for.

/** A date from ISO 8601 or from milliseconds since 1970. */
function parseDate(text) {
  return Number.isNaN(Number(text)) ? new Date(text.replace(/(\d)(T)(\d)/i, '$1 $3')) : new Date(Number(text));
}

/**
 * A value as `type`: a type's name, `Object`, a class with `constructFromObject`, `[type]` or
 * `{String: type}`. `null` and `undefined` stay what they are.
 */
function convertToType(data, type) {
  if (data === undefined || data === null) return data;
  switch (type) {
    case 'Boolean':
      return data === 'false' ? false : Boolean(data);
    case 'Integer':
      return Number.parseInt(data, 10);
    case 'Number':
      return Number.parseFloat(data);
    case 'String':
      return String(data);
    case 'Date':
      return parseDate(String(data));
    case 'Blob':
    case Object:
      return data;
    default:
      return convertToComposite(data, type);
  }
}

function convertToComposite(data, type) {
  if (typeof type.constructFromObject === 'function') return type.constructFromObject(data);
  // What is not of the type is given as it came: the call has taken effect.
  if (typeof type !== 'object' || typeof data !== 'object' || Array.isArray(data) !== Array.isArray(type)) return data;
  if (Array.isArray(type)) return data.map((item) => convertToType(item, type[0]));
  const [[keyType, valueType]] = Object.entries(type);
  const entries = Object.entries(data).map(([name, value]) => [
    convertToType(name, keyType),
    convertToType(value, valueType),
  ]);
  return Object.fromEntries(entries);
}

/** Fills `target` with the own fields of `data`, each as `itemType`. */
function constructFromObject(data, target, itemType) {
  for (const [name, value] of Object.entries(data ?? {})) target[name] = convertToType(value, itemType);
}

/** What a response holds, as `returnType`; as bytes or text it is the body as it came. */
function deserialize(response, returnType) {
  if (returnType === 'Blob' && typeof response.bytes === 'function') return response.bytes();
  const asItCame = returnType === 'String' && typeof response.body === 'object' && response.text !== undefined;
  return asItCame ? response.text : convertToType(content(response), returnType);
}

/** What a response holds: its parsed body, or its text if that is not JSON. */
function content({ body, text }) {
  const empty =
    body === undefined ||
    body === null ||
    (typeof body === 'object' && body.length === undefined && Object.keys(body).length === 0);
  if (!empty || text === undefined) return body;
  try {
    // An object without fields, or what `body` has no word for.
    return JSON.parse(text);
  } catch {
    return text === '' ? null : text;
  }
}

module.exports = { constructFromObject, convertToType, deserialize, parseDate };
