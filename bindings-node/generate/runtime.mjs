// What lib/classes.cjs makes classes of, and the names that the package exports for them.

import { APIS, MODELS } from './published.mjs';
import { OPERATIONS, className, methodName } from './table.mjs';

/** Written by hand: lib/OauthApi.cjs. */
const BY_HAND = 'OauthApi';

/** The published package's methods, and the operations of the table that it has not, by class. */
function apis() {
  const byMethod = new Map([...OPERATIONS.keys()].map((name) => [methodName(name), name]));
  const found = {};
  for (const [name, methods] of APIS) {
    found[name] = {};
    for (const [method, said] of methods) found[name][method] = { operation: operationOf(byMethod.get(method), said), ...said };
  }
  for (const { name, tag } of OPERATIONS.values()) {
    if (className(tag) !== BY_HAND) (found[className(tag)] ??= {})[methodName(name)] ??= name;
  }
  return Object.fromEntries(Object.entries(found).sort());
}

/** The operation that a published method is, unless Pinterest has it no more. */
function operationOf(name, { verb, path }) {
  const known = OPERATIONS.get(name);
  return known?.verb === verb && known.path === path ? name : undefined;
}

export const KNOWN_APIS = apis();

/** The names of all classes that are made when they are asked for. */
export const NAMES = [...Object.keys(KNOWN_APIS), ...MODELS.keys()].sort();

/** Files by their places in the package. */
export function runtimeFiles() {
  const models = Object.fromEntries([...MODELS].map(([name, said]) => [name, sparse(said)]));
  return {
    'lib/apis.json': `${JSON.stringify(KNOWN_APIS)}\n`,
    'lib/apiMethods.cjs': apiMethods(),
    'lib/wireModels.json': `${JSON.stringify(models)}\n`,
    'lib/wireValues.json': `${JSON.stringify(lists())}\n`,
  };
}

/** The methods of each class in plain JavaScript, read when they are needed: making 500 of a list takes several times as long. */
function apiMethods() {
  const written = Object.entries(KNOWN_APIS).map(([name, methods]) => {
    const lines = Object.entries(methods).map(([method, said]) => {
      const before = typeof said === 'string' ? [] : said.arguments.map(([argument]) => argument).filter((argument) => !argument.endsWith('?'));
      const takes = [...before, 'opts'].join(', ');
      return (
        `  ${method}(${takes}, callback) {\n    return data(this, '${name}', '${method}', arguments);\n  }\n\n` +
        `  ${method}WithHttpInfo(${takes}) {\n    return whole(this, '${name}', '${method}', arguments, ${before.length + 1});\n  }\n`
      );
    });
    return `exports.${name} = (data, whole) => class ${name} {\n${lines.join('\n')}};\n`;
  });
  return `'use strict';\n\n// Written when the package is packed.\n\n${written.join('\n')}`;
}

/** A model without what it has none of. Its lists of values are elsewhere: few programs read any. */
function sparse({ values, takes, fields, defaults, members }) {
  if (values) return {};
  const said = { takes, fields };
  if (Object.keys(defaults).length > 0) said.defaults = defaults;
  if (Object.keys(members).length > 0) said.members = Object.keys(members);
  return said;
}

/** The lists of values of all models, by the name of an enumeration or of a model and its member. */
function lists() {
  const all = [...MODELS].flatMap(([name, { values, members = {} }]) => [
    ...(values ? [[name, written(values)]] : []),
    ...Object.entries(members).map(([member, listed]) => [`${name}.${member}`, written(listed)]),
  ]);
  return Object.fromEntries(all);
}

/** Values in lines; one that is not its name comes behind it. */
function written(listed) {
  return listed.map((value) => (typeof value === 'string' ? value : `${value[0]} = ${JSON.stringify(value[1])}`)).join('\n');
}

/** An index with the names in place of its marks. */
export function withNames(index) {
  const all = [...MODELS];
  const list = (names) => names.map((name) => `'${name}'`).join(', ');
  const models = all.filter(([, { values }]) => !values).map(([name, { members }]) => `${name}: [${list(Object.keys(members))}]`);
  return index
    .replace('/* APIS */', list(Object.keys(KNOWN_APIS)))
    .replace('/* ENUMERATIONS */', list(all.filter(([, { values }]) => values).map(([name]) => name)))
    .replace('/* WIRE_MODELS */', ` ${models.join(', ')} `)
    .replace('  /* NAMES */\n', NAMES.map((name) => `  ${name},\n`).join(''))
    .replace('  /* TYPES */\n', [...NAMES, 'Requests', 'Schemas'].sort().map((name) => `  export import ${name} = types.${name};\n`).join(''));
}
