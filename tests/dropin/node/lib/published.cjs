'use strict';

// What the published package offers beside OAuth, read from bindings-node/published, whose README tells the form.

const fs = require('node:fs');
const path = require('node:path');

const FOLDER = path.join(__dirname, '../../../../bindings-node/published');

function blocks(file) {
  const found = [];
  for (const line of fs.readFileSync(path.join(FOLDER, file), 'utf8').trimEnd().split('\n')) {
    const text = line.trimStart();
    const depth = line.length - text.length;
    if (depth === 0) found.push({ text, under: [] });
    else if (depth === 1) found.at(-1).under.push({ text, under: [] });
    else found.at(-1).under.at(-1).under.push(text);
  }
  return found;
}

/** `{api, method, verb, returns, arguments: [{name, place, required}]}` of each method. */
function methods() {
  return blocks('operations.txt').flatMap(({ text: api, under }) =>
    under.map(({ text, under: list }) => {
      const [method, verb, , returns] = text.split(' ');
      const given = list.map((line) => {
        const [name, place] = line.split(' ');
        return { name: name.replace('?', ''), place, required: !name.endsWith('?') };
      });
      return { api, method, verb, returns, arguments: given };
    }),
  );
}

/** `{name, takes, fields, members}` of each model; `fields` are types by name, and none of an enumeration. */
function models() {
  return blocks('models.txt').map(({ text, under }) => {
    const [, name, takes] = /^(\w+) (?:enumeration|\((.*)\))$/.exec(text);
    if (takes === undefined) return { name };
    const typed = under.map((one) => /^([\w-]+): (\S+)/.exec(one.text)).filter(Boolean);
    const members = under.map((one) => one.text).filter((one) => /^\w+$/.test(one));
    return { name, takes: takes.split(' ').filter(Boolean), fields: Object.fromEntries(typed.map(([, field, type]) => [field, type])), members };
  });
}

module.exports = { methods, models };
