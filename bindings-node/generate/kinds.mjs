// Types of the table as TypeScript writes them.

import { ENUMERATIONS, TYPES, typeName } from './table.mjs';

const WORDS = {
  __proto__: null,
  string: 'string',
  password: 'string',
  date: 'string',
  'date-time': 'string',
  integer: 'number',
  int32: 'number',
  int64: 'number',
  number: 'number',
  float: 'number',
  double: 'number',
  boolean: 'boolean',
  object: '{ [name: string]: unknown }',
  any: 'any',
};

/** Types by the name that TypeScript has for them; two that would have one name are an error here. */
const NAMED = new Map();
for (const name of [...TYPES.keys(), ...ENUMERATIONS.keys()]) {
  const pascal = typeName(name);
  if (NAMED.has(pascal)) throw new Error(`${name} and ${NAMED.get(pascal)} would both be ${pascal}`);
  NAMED.set(pascal, name);
}

/** A type without its limits, and whether it may be null. */
function bare(kind) {
  const nullable = kind.endsWith('?');
  let text = nullable ? kind.slice(0, -1) : kind;
  if (!/^[[{]/.test(text)) text = text.split('~', 1)[0];
  return { text: text.replace(/\([^()]*\)$/, ''), nullable };
}

/** A type of the table, in the namespace `Schemas` or from outside of it. */
export function typed(kind, prefix = '') {
  const { text, nullable } = bare(kind);
  return nullable ? `${plain(text, prefix)} | null` : plain(text, prefix);
}

function plain(text, prefix) {
  if (text in WORDS) return WORDS[text];
  if (text.startsWith('[')) return `Array<${typed(text.slice(1, -1), prefix)}>`;
  if (text.startsWith('{')) return `{ [name: string]: ${typed(text.slice(1, -1), prefix)} }`;
  if (!TYPES.has(text) && !ENUMERATIONS.has(text)) throw new Error(`there is no type ${text}`);
  return `${prefix}${typeName(text)}`;
}

/** Whether a type is one of words that a Date can be written as. */
export function isDate(kind) {
  return /^date/.test(bare(kind).text);
}

/** Known values, and whatever else Pinterest says later. */
export function open(values) {
  const isLiteral = (value) => /^(-?\d+(\.\d+)?|true|false)$/.test(value);
  const words = values.filter((value) => value !== 'null');
  const literal = words.every(isLiteral);
  const shown = words.map((value) => (literal ? value : JSON.stringify(value)));
  let others = '(string & {})';
  if (literal) others = words.every((value) => value === 'true' || value === 'false') ? 'boolean' : '(number & {})';
  return [...shown, others, ...(words.length < values.length ? ['null'] : [])].join(' | ');
}

function property({ name, kind, required, readOnly, deprecated }, demands) {
  const has = (required && !readOnly) || demands.includes(name);
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  const note = deprecated ? '    /** @deprecated */\n' : '';
  return `${note}    ${readOnly ? 'readonly ' : ''}${key}${has ? '' : '?'}: ${typed(kind)}${has ? '' : ' | undefined'};\n`;
}

/** The properties of an object by name, with those of its bases. */
export function propertiesOf(name) {
  const { alias, bases, properties, demands } = TYPES.get(name);
  if (alias !== undefined) return TYPES.has(alias) ? propertiesOf(alias) : new Map();
  const inherited = new Map(bases.flatMap((base) => [...propertiesOf(base)]));
  for (const one of properties) inherited.set(one.name, one);
  for (const demanded of demands) {
    if (inherited.has(demanded)) inherited.set(demanded, { ...inherited.get(demanded), required: true });
  }
  return inherited;
}

function declared(name) {
  const { alias, bases, demands, choices, properties, more } = TYPES.get(name);
  if (alias !== undefined) return typed(alias);
  const own = properties.map((one) => property(one, demands)).join('');
  const others = more === undefined || more === '-' ? '' : '    [name: string]: any;\n';
  const parts = bases.map((base) => typed(base));
  if (own || others || (parts.length === 0 && choices.length === 0)) parts.push(own || others ? `{\n${own}${others}  }` : '{ [name: string]: any }');
  const inherited = demands.filter((demanded) => !properties.some((one) => one.name === demanded));
  if (inherited.length > 0) parts.push(`{ ${inherited.map((demanded) => `${demanded}: unknown`).join('; ')} }`);
  if (choices.length > 0) parts.push(`(${[...new Set(choices.map(({ kind }) => typed(kind)))].join(' | ')})`);
  return parts.join(' & ');
}

/** Every type that has a name, for the namespace `Schemas`. */
export function schemas() {
  return [...NAMED]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([pascal, name]) => `  type ${pascal} = ${ENUMERATIONS.has(name) ? open(ENUMERATIONS.get(name)) : declared(name)};\n`)
    .join('');
}
