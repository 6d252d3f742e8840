// Writes down what the published Node client offers beside OAuth: its operations and models.
//
//   node tools/published_node.mjs PACKAGE FOLDER            writes operations.txt and models.txt
//   node tools/published_node.mjs PACKAGE --check FOLDER    says where the files and the package differ, and
//                                                           finds errors that it put into copies of the files
//
// PACKAGE is a folder that has the published client installed. Only what a program can see is looked at: each
// method is called with a client that notes what it is given, each model is made and filled. The files' form is
// told in bindings-node/published/README.md.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** What is written by hand in this project. */
const BY_HAND = /^(OauthApi|Oauth.*|ApiClient|Error)$/;
const JSON_TYPE = 'application/json';
/** More than any constructor takes. */
const MOST = 40;

const isApi = (name) => name.endsWith('Api');

/** The names that a package exports, without those that are written by hand. */
function names(sdk) {
  return Object.keys(sdk).filter((name) => !BY_HAND.test(name)).sort();
}

function expect(holds, what) {
  if (!holds) throw new Error(`the package is not as this tool knows it: ${what}`);
}

// ——— Operations ———

/** What a method must be given, by calling it with ever more of it. */
function requiredArguments(api, method) {
  const found = [];
  for (;;) {
    const given = found.map((name) => new Given(name));
    try {
      api[method](...given, ...Array(MOST - given.length).fill(undefined));
      return found;
    } catch (error) {
      const [, name] = /^Missing the required parameter '(\w+)' when calling/.exec(error.code ?? error.message) ?? [];
      expect(name !== undefined && !found.includes(name), `${method}: ${error.code ?? error.message}`);
      found.push(name);
    }
  }
}

/** An argument, by its name. */
class Given {
  constructor(name, style = 'query') {
    Object.assign(this, { name, style });
  }
}

function operationLines(sdk, api, method) {
  let call;
  const client = {
    buildCollectionParam: (given, style) => given && new Given(given.name, style),
    callApi: (...given) => {
      call = given;
    },
  };
  const instance = new sdk[api](client);
  const required = requiredArguments(instance, method);
  const optional = new Proxy({}, { get: (_, name) => new Given(String(name)) });
  const callback = () => {};
  instance[method](...required.map((name) => new Given(name)), ...(instance[method].length > required.length + 1 ? [optional] : []), callback);
  const [route, verb, inPath, query, headers, form, body, auth, types, accepts, returns, base, told] = call;
  expect([headers, form].every((one) => Object.keys(one).length === 0), `${method} has headers or a form`);
  expect(accepts.join() === JSON_TYPE && types.join() === (body === null ? '' : JSON_TYPE), `the types of ${method}`);
  expect(base === null && told === callback, `what ${method} gives at the end`);
  const places = [
    ...Object.entries(inPath).map(([wire, { name }]) => [name, `path ${wire}`]),
    ...Object.entries(query).map(([wire, { name, style }]) => [name, `${style} ${wire}`]),
    ...(body === null ? [] : [[body.name, 'body']]),
  ];
  const order = [...required, ...places.map(([name]) => name).filter((name) => !required.includes(name))];
  expect(order.length === places.length, `${method} leaves an argument out`);
  return [
    ` ${method} ${verb} ${route} ${typeName(sdk, returns)} ${auth.join() || '-'}`,
    ...order.map((name) => `  ${name}${required.includes(name) ? '' : '?'} ${new Map(places).get(name)}`),
  ];
}

export function operations(sdk) {
  return names(sdk).filter(isApi).flatMap((api) => {
    const methods = Object.getOwnPropertyNames(sdk[api].prototype).filter((name) => name !== 'constructor');
    return [api, ...methods.sort().flatMap((method) => operationLines(sdk, api, method))];
  });
}

// ——— Models ———

/** A type that a value is converted to, as the files spell it. */
function typeName(sdk, type) {
  if (type === null) return '-';
  if (type === Object) return 'any';
  if (typeof type === 'string') return type.toLowerCase();
  if (Array.isArray(type)) return `[${typeName(sdk, type[0])}]`;
  const name = Object.keys(sdk).find((one) => sdk[one] === type);
  if (name !== undefined) return name;
  const [[key, value], ...more] = Object.entries(type);
  expect(key === 'String' && more.length === 0, `a type with ${Object.keys(type)}`);
  return `{${typeName(sdk, value)}}`;
}

const isEnumeration = (cls) => cls.constructFromObject('any text') === 'any text';

/** A value that says which field it is of. */
class Field {
  constructor(name) {
    this.name = name;
  }
}

/** The fields that a class reads, each with the type that it is converted to. */
function fieldsOf(sdk, cls) {
  const found = new Map();
  const data = new Proxy({}, { get: (_, name) => (name === 'hasOwnProperty' ? () => true : new Field(name)) });
  const { convertToType } = sdk.ApiClient;
  const models = Object.values(sdk).filter((one) => typeof one === 'function' && one.constructFromObject && one !== sdk.ApiClient);
  const originals = models.map((model) => model.constructFromObject);
  sdk.ApiClient.convertToType = (value, type) => {
    found.set(value.name, typeName(sdk, type));
    return value;
  };
  models.forEach((model, at) => {
    model.constructFromObject = (given, object) => {
      // A class that this one is mixed from.
      if (given === data) return originals[at].call(model, given, object);
      found.set(given.name, typeName(sdk, model));
      return given;
    };
  });
  try {
    for (const [name, value] of Object.entries(originals[models.indexOf(cls)].call(cls, data))) {
      if (value instanceof Field && !found.has(name)) found.set(name, 'any');
    }
  } finally {
    sdk.ApiClient.convertToType = convertToType;
    models.forEach((model, at) => {
      model.constructFromObject = originals[at];
    });
  }
  return found;
}

/** The fields that a constructor sets, in the order of its arguments. */
function constructorFields(name, cls) {
  const marks = Array.from({ length: MOST }, (_, at) => ({ at }));
  const made = new cls(...marks);
  const filled = {};
  cls.initialize(filled, ...marks);
  const order = (object) => Object.entries(object).sort(([, one], [, other]) => one.at - other.at).map(([field]) => field);
  const own = order(made);
  expect(Object.keys(new cls()).every((field) => new cls()[field] === undefined), `${name} sets fields by itself`);
  expect(own.every((field, at) => made[field].at === at) && own.length === cls.length, `${name} skips arguments`);
  expect(order(filled).join() === own.join(), `${name} initializes other fields than it constructs`);
  return own;
}

function valueLines(prefix, values) {
  return Object.entries(values).map(([name, value]) => `${prefix}${name}${name === value ? '' : ` = ${JSON.stringify(value)}`}`);
}

function modelLines(sdk, name) {
  const cls = sdk[name];
  if (isEnumeration(cls)) return [`${name} enumeration`, ...valueLines(' ', new cls())];
  const fields = fieldsOf(sdk, cls);
  const { prototype } = cls;
  expect(Object.keys(prototype).every((field) => fields.has(field)), `${name} has other fields than it reads`);
  const statics = Object.entries(cls).filter(([, value]) => typeof value === 'object');
  return [
    `${name} (${constructorFields(name, cls).join(' ')})`,
    ...[...fields].map(([field, type]) => ` ${field}: ${type}${prototype[field] === undefined ? '' : ` = ${JSON.stringify(prototype[field])}`}`),
    ...statics.flatMap(([member, values]) => [` ${member}`, ...valueLines('  ', values)]),
  ];
}

export function models(sdk) {
  return names(sdk).filter((name) => !isApi(name)).flatMap((name) => modelLines(sdk, name));
}

// ——— Writing and checking ———

const FILES = { 'operations.txt': operations, 'models.txt': models };

/** Errors that somebody could make, each in a copy of the lines. */
function* seeded(lines) {
  const step = Math.max(1, Math.floor(lines.length / 40));
  for (let at = 0; at < lines.length; at += step) {
    yield lines.toSpliced(at, 1);
    yield lines.with(at, `${lines[at]}x`);
    if (lines[at].includes('?')) yield lines.with(at, lines[at].replace('?', ''));
    if (at > 0 && lines[at] !== lines[at - 1]) yield lines.with(at, lines[at - 1]).with(at - 1, lines[at]);
  }
}

/** Where two lists of lines differ; both have an order. */
function complaints(file, written, found) {
  if (written.join('\n') === found.join('\n')) return [];
  const at = written.findIndex((line, index) => line !== found[index]);
  const place = at < 0 ? written.length : at;
  return [`${file}:${place + 1}: the file says ${JSON.stringify(written[place])}, the package ${JSON.stringify(found[place])}`];
}

function main([folder, ...rest]) {
  const checks = rest[0] === '--check';
  const place = rest.at(-1);
  if (folder === undefined || place === undefined || rest.length !== (checks ? 2 : 1)) {
    console.error('usage: node tools/published_node.mjs PACKAGE [--check] FOLDER');
    return 2;
  }
  const sdk = createRequire(path.resolve(folder, 'package.json'))('pinterest-sdk');
  if (!checks) mkdirSync(place, { recursive: true });
  let wrong = [];
  let errors = 0;
  for (const [file, read] of Object.entries(FILES)) {
    const found = read(sdk);
    if (!checks) {
      writeFileSync(path.join(place, file), `${found.join('\n')}\n`);
      continue;
    }
    const written = readFileSync(path.join(place, file), 'utf8').trimEnd().split('\n');
    wrong = wrong.concat(complaints(file, written, found));
    for (const seed of seeded(written)) {
      errors += 1;
      if (complaints(file, seed, found).length === 0) wrong.push(`${file}: an error that was put in was not found`);
    }
  }
  console.log(wrong.length > 0 ? wrong.join('\n') : `${Object.keys(FILES).join(' and ')}: as the package has it${checks ? `; ${errors} errors that were put in were found` : ''}`);
  return wrong.length > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
