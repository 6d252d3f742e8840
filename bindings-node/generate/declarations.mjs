// operations.d.ts: the types of every class that is made of the table and of what the published package offers.

import { isDate, known, propertiesOf, schemas, typed } from './kinds.mjs';
import { MODELS } from './published.mjs';
import { KNOWN_APIS } from './runtime.mjs';
import { OPERATIONS, TYPES, VERSION, camelCase, pascalCase } from './table.mjs';

const HEAD = `// Written when the package is packed, from Pinterest's API ${VERSION}. pages.d.ts has what is the same for all.

import type { OperationOptions } from './pages.js';
import type { ApiClient, Call, Callback, WithHttpInfo } from './types.js';
`;

const OPEN = `  /** Known values, and whatever else Pinterest says later. */
  type Open<Known> = Known | (Known extends string ? string & {} : Known extends number ? number & {} : Known);
`;

const schema = (kind) => typed(kind, false, 'Schemas.');
const given = (kind) => `${typed(kind, true, 'Schemas.')}${isDate(kind) ? ' | Date' : ''}`;

/** What a method is given by name: \`[{name, type, required}]\`. */
function argumentsOf(operation) {
  const parameters = operation.parameters.map(({ name, kind, required }) => ({ name: camelCase(name), wire: name, type: given(kind), required }));
  const { body } = operation;
  return body ? [...parameters, { name: 'body', type: given(body.kind), required: body.required }] : parameters;
}

function interfaceOf(name, fields) {
  const lines = fields.map((one) => `    ${one.name}${one.required ? '' : '?'}: ${one.type}${one.required ? '' : ' | null | undefined'};\n`);
  return `  interface ${name} extends OperationOptions {\n${lines.join('')}  }\n`;
}

/** A type of bindings-node/published. */
function publishedType(spelled) {
  const words = { '-': 'null', any: 'any', date: 'Date' };
  if (['string', 'number', 'boolean'].includes(spelled)) return spelled;
  if (words[spelled]) return words[spelled];
  if (spelled.startsWith('[')) return `Array<${publishedType(spelled.slice(1, -1))}>`;
  if (spelled.startsWith('{')) return `{ [name: string]: ${publishedType(spelled.slice(1, -1))} }`;
  const { values } = MODELS.get(spelled);
  return values === undefined ? spelled : `Schemas.Open<${known(values.map((value) => [value].flat().at(-1)))}>`;
}

/** The type of an answer's items, if it is a page. */
function itemOf(answer) {
  const items = TYPES.has(answer) ? propertiesOf(answer).get('items') : undefined;
  return items && /^\[/.test(items.kind) ? schema(items.kind).replace(/^Array<(.*)>$/, '$1') : 'any';
}

function answerOf(said, operation) {
  if (said.returns === 'Paginated') return `Paginated<${operation?.answer ? itemOf(operation.answer) : 'any'}>`;
  if (/^[[{]/.test(said.returns) || said.returns === 'any') return operation?.answer ? schema(operation.answer) : publishedType(said.returns);
  return publishedType(said.returns);
}

/** Classes of the published package that methods take. */
const TAKEN = new Set();

/** The body's class in the published package, if it is that of the argument's name. */
function bodyType(name, operation) {
  const model = pascalCase(name);
  const fields = given(operation.body.kind);
  if (!MODELS.has(model)) return fields;
  TAKEN.add(model);
  return `${fields} | ${model}`;
}

function publishedMethod(name, request, said) {
  const operation = OPERATIONS.get(said.operation);
  const answer = answerOf(said, operation);
  const known = new Map(operation?.parameters.map((one) => [one.name, given(one.kind)]));
  const all = said.arguments.map(([argument, place, wire]) => ({
    name: argument.replace('?', ''),
    wire,
    required: !argument.endsWith('?'),
    type: place === 'body' ? bodyType(argument, operation) : (known.get(wire) ?? (place === 'csv' || place === 'multi' ? 'string[]' : 'string')),
  }));
  const newer = operation ? argumentsOf(operation).filter((one) => one.wire && !all.some(({ wire }) => wire === one.wire)) : [];
  const options = [...all.filter((one) => !one.required), ...newer.map((one) => ({ ...one, required: false }))];
  const before = all.filter((one) => one.required).map((one) => `${one.name}: ${one.type}`);
  const list = (...more) => [...before, ...more].join(', ');
  const opts = `opts?: Requests.${request} | null`;
  return {
    request: interfaceOf(request, options),
    method:
      `  /** \`${said.verb} ${said.path}\`${operation ? '' : '; Pinterest has it no more'} */\n` +
      `  ${name}(${list(`callback: Callback<${answer}>`)}): Call<${answer}>;\n` +
      `  ${name}(${list(opts, `callback?: Callback<${answer}> | null`)}): Call<${answer}>;\n` +
      `  ${name}WithHttpInfo(${list(opts)}): Call<WithHttpInfo<${answer}>>;\n`,
  };
}

function tableMethod(name, request, operation) {
  const answer = operation.answer ? schema(operation.answer) : 'null';
  const fields = argumentsOf(operation);
  const opts = fields.some(({ required }) => required) ? `opts: Requests.${request}` : `opts?: Requests.${request} | null`;
  return {
    request: interfaceOf(request, fields),
    method:
      `  /** \`${operation.verb} ${operation.path}\` */\n` +
      `  ${name}(${opts}, callback?: Callback<${answer}> | null): Call<${answer}>;\n` +
      `  ${name}WithHttpInfo(${opts}): Call<WithHttpInfo<${answer}>>;\n`,
  };
}

function model(name, { values, takes, fields, members }) {
  if (values !== undefined) {
    const lines = values.map((value) => [value].flat()).map(([key, of = key]) => `  readonly ${JSON.stringify(key)}: ${JSON.stringify(of)};\n`);
    return `export declare class ${name} {\n${lines.join('')}  static constructFromObject<T>(value: T): T;\n}\n`;
  }
  const newer = TYPES.has(name) ? propertiesOf(name) : new Map();
  const generic = name === 'Paginated' ? '<Item = any>' : '';
  const properties = new Map(Object.entries(fields).map(([field, type]) => [field, `?: ${publishedType(type)} | null | undefined`]));
  for (const one of newer.values()) properties.set(one.name, one.required ? `: ${schema(one.kind)}` : `?: ${schema(one.kind)} | null | undefined`);
  if (generic) properties.set('items', ': Item[]');
  const lines = [...properties].map(([field, type]) => `  ${/^[A-Za-z_]\w*$/.test(field) ? field : JSON.stringify(field)}${type};\n`);
  // A class that a method takes is no object of the same fields: that has the values that are known.
  const own = TAKEN.has(name) ? '  #private;\n' : '';
  const statics = Object.entries(members).map(([member, listed]) => {
    const pairs = listed.map((value) => [value].flat()).map(([key, of = key]) => `${JSON.stringify(key)}: ${JSON.stringify(of)}`);
    return `  static ${member}: { ${pairs.join('; ')} };\n`;
  });
  const given = takes.map((field) => `${camelCase(field)}?: any`);
  return [
    `export declare class ${name}${generic} {`,
    `  constructor(${given.join(', ')});`,
    `  static initialize(${['object: object', ...given].join(', ')}): void;`,
    `  static constructFromObject(data: any, model?: ${name}): ${name};`,
    `${own}${statics.join('')}${lines.join('')}}\n`,
  ].join('\n');
}

/** Methods that take one object of options in some class. */
const TAKING_ONE = new Set(Object.values(KNOWN_APIS).flatMap((methods) => Object.keys(methods).filter((method) => typeof methods[method] === 'string')));

/** The name of a method's options: with its class where another has the method too, and takes more. */
function requestName(api, method, said) {
  return typeof said !== 'string' && TAKING_ONE.has(method) ? pascalCase(`${api}_${method}`) : pascalCase(method);
}

/** The file. */
export function declarations() {
  const requests = [];
  const classes = Object.entries(KNOWN_APIS).map(([name, methods]) => {
    const lines = Object.entries(methods).map(([method, said]) => {
      const options = requestName(name, method, said);
      const made = typeof said === 'string' ? tableMethod(method, options, OPERATIONS.get(said)) : publishedMethod(method, options, said);
      requests.push(made.request);
      return made.method;
    });
    return `export declare class ${name} {\n  constructor(apiClient?: ApiClient | null);\n  apiClient: ApiClient;\n${lines.join('')}}\n`;
  });
  return [
    HEAD,
    `/**\n * Pinterest's types, under the names of its API ${VERSION}. What is given has values that are known; answers may have any that\n * come later. Types that are both are there twice, for what is given with \`Input\` behind their names.\n */`,
    `export declare namespace Schemas {\n${OPEN}${schemas()}}\n`,
    '/** The options of each operation, by its method. */',
    `export declare namespace Requests {\n${requests.join('')}}\n`,
    ...classes,
    ...[...MODELS].map(([name, said]) => model(name, said)),
  ].join('\n');
}
