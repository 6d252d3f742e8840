// What lib/apis.cjs and lib/wireModels.cjs make classes of, and the names that the package exports for them.

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
  return { 'lib/apis.json': `${JSON.stringify(KNOWN_APIS)}\n`, 'lib/wireModels.json': `${JSON.stringify(models)}\n` };
}

/** A model without what it has none of. Its lists of values are one text each: few programs read any. */
function sparse({ values, takes, fields, defaults, members }) {
  if (values) return { values: written(values) };
  const said = { takes, fields };
  if (Object.keys(defaults).length > 0) said.defaults = defaults;
  const lists = Object.entries(members).map(([name, listed]) => [name, written(listed)]);
  if (lists.length > 0) said.members = Object.fromEntries(lists);
  return said;
}

/** Values in lines; one that is not its name comes behind it. */
function written(listed) {
  return listed.map((value) => (typeof value === 'string' ? value : `${value[0]} = ${JSON.stringify(value[1])}`)).join('\n');
}

/** An index with the names in place of its marks. */
export function withNames(index) {
  const apiNames = Object.keys(KNOWN_APIS);
  const models = [...MODELS.keys()];
  const list = (names) => names.map((name) => `'${name}'`).join(', ');
  return index
    .replace('/* APIS */', list(apiNames))
    .replace('/* WIRE_MODELS */', list(models))
    .replace('  /* NAMES */\n', NAMES.map((name) => `  ${name},\n`).join(''))
    .replace('  /* TYPES */\n', [...NAMES, 'Requests', 'Schemas'].sort().map((name) => `  export import ${name} = types.${name};\n`).join(''));
}
