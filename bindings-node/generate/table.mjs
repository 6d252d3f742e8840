// The core's table, for what is written when the package is packed. docs/operations.md tells its form.

import { readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(import.meta.dirname, '../../core/src/operations/table');

/** The blocks of a file by name, each a list of lines. */
function blocks(file) {
  const found = new Map();
  let lines;
  for (const line of readFileSync(path.join(FOLDER, file), 'utf8').trimEnd().split('\n')) {
    if (line.startsWith('#')) continue;
    if (line.startsWith(' ')) lines.push(line.slice(1));
    else found.set(line, (lines = []));
  }
  return found;
}

/** The release of Pinterest's description that the table is from. */
export const VERSION = readFileSync(path.join(FOLDER, 'operations.txt'), 'utf8').split('\n', 1)[0].replace('# v5 ', '');

const PLACES = { path: 'path', '': 'query', ',': 'csv', '&': 'multi', '{}': 'deep' };

function operation(name, [route, ...lines]) {
  const [verb, url] = route.split(' ');
  const one = { name, verb, path: url, tag: undefined, parameters: [], body: undefined, answer: undefined };
  for (const line of lines) {
    const [word, ...rest] = line.split(' ');
    const said = rest.join(' ');
    const query = /^query(!?)(,|&|\{\}|)$/.exec(word);
    if (word === 'tag') one.tag = said;
    else if (word === 'answer') one.answer = rest.slice(1).join(' ') || undefined;
    else if (/^(json|form)!?$/.test(word)) one.body = { required: word.endsWith('!'), kind: said };
    else if (word === 'path' || query) {
      const kind = rest.slice(1).join(' ').split(' = ', 1)[0];
      one.parameters.push({ name: rest[0], place: PLACES[query ? query[2] : 'path'], required: !query || query[1] === '!', kind });
    }
  }
  return one;
}

function definition(lines) {
  const one = { alias: undefined, bases: [], demands: [], choices: [], discriminator: undefined, properties: [], more: undefined };
  for (const line of lines) {
    const [word, ...rest] = line.split(' ');
    const said = rest.join(' ');
    if (word === '=') one.alias = said.split(' = ', 1)[0];
    else if (word === '<') one.bases.push(said);
    else if (word === '!') one.demands.push(said);
    else if (word === '@') one.discriminator = said;
    else if (word === '*') one.more = said;
    else if (['|', '/', '\\'].includes(word)) one.choices.push({ kind: rest[0], value: rest[1] });
    else {
      const [marks, ...kinds] = said.split(': ');
      const kind = kinds.join(': ').split(' = ', 1)[0];
      one.properties.push({ name: word, kind, required: marks.includes('!'), readOnly: marks.includes('-'), deprecated: marks.includes('~') });
    }
  }
  return one;
}

const mapped = (found, read) => new Map([...found].map(([name, lines]) => [name, read(lines, name)]));

/** Operations by name. */
export const OPERATIONS = mapped(blocks('operations.txt'), (lines, name) => operation(name, lines));
/** Types that have a name. */
export const TYPES = mapped(blocks('types.txt'), definition);
/** Known values by the name of their enumeration: texts as they are, the rest in JSON. */
export const ENUMERATIONS = mapped(blocks('enumerations.txt'), (lines) => lines.filter((line) => !line.startsWith('= ')));

/** The name of an operation's method: `boards/list_pins` is `boardsListPins`. */
export function methodName(operationName) {
  return operationName.replace(/[/_](\w)/g, (_, letter) => letter.toUpperCase());
}

export function camelCase(name) {
  return name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
}

/** The name of a tag's class: `ad_accounts` is `AdAccountsApi`. */
export function className(tag) {
  return `${pascalCase(tag)}Api`;
}

/** `boards/list` is `BoardsList`. */
export function pascalCase(name) {
  return name.replace(/(?:^|[/_.])(\w)/g, (_, letter) => letter.toUpperCase());
}

/** The name of a type as TypeScript allows it: `boards/list:privacy` is `BoardsList_Privacy`. */
export function typeName(name) {
  return name.split(':').map(pascalCase).join('_');
}
