// What the published package offers, from bindings-node/published; its README tells the files' form.

import { readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(import.meta.dirname, '../published');

function lines(file) {
  return readFileSync(path.join(FOLDER, file), 'utf8').trimEnd().split('\n').map((line) => {
    const text = line.trimStart();
    return { depth: line.length - text.length, text };
  });
}

function apis() {
  const found = new Map();
  let methods;
  let method;
  for (const { depth, text } of lines('operations.txt')) {
    if (depth === 0) found.set(text, (methods = new Map()));
    else if (depth === 1) {
      const [name, verb, url, returns, auth] = text.split(' ');
      methods.set(name, (method = { verb, path: url, returns, auth: auth === '-' ? [] : auth.split(','), arguments: [] }));
    } else method.arguments.push(text.split(' '));
  }
  return found;
}

/** A value, or its name and what it is. */
function value(text) {
  const [name, other] = text.split(' = ');
  return other === undefined ? name : [name, JSON.parse(other)];
}

function models() {
  const found = new Map();
  let model;
  let member;
  for (const { depth, text } of lines('models.txt')) {
    if (depth === 0) {
      const [, name, takes] = /^(\w+) (?:enumeration|\((.*)\))$/.exec(text);
      model = takes === undefined ? { values: [] } : { takes: takes.split(' ').filter(Boolean), fields: {}, defaults: {}, members: {} };
      found.set(name, model);
    } else if (depth === 2) member.push(value(text));
    else if (model.values) model.values.push(value(text));
    else if (/^[\w-]+: /.test(text)) {
      const [, field, type, byDefault] = /^([\w-]+): (\S+)(?: = (.*))?$/.exec(text);
      model.fields[field] = type;
      if (byDefault !== undefined) model.defaults[field] = JSON.parse(byDefault);
    } else model.members[text] = member = [];
  }
  return found;
}

/** Methods by class and name: `{verb, path, returns, auth, arguments: [[name, place, wire]]}`. */
export const APIS = apis();
/** Models by name: `{values}` of an enumeration, `{takes, fields, defaults, members}` of another. */
export const MODELS = models();
