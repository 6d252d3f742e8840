// Types of the table as TypeScript writes them.

import { ENUMERATIONS, OPERATIONS, TYPES, typeName } from './table.mjs';

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

/** The names in a type. */
const namesIn = (kind) => [...kind.matchAll(/[A-Za-z_][\w./:]*/g)].map(([name]) => name).filter((name) => TYPES.has(name) || ENUMERATIONS.has(name));

/** The types that a named type is made of. */
function partsOf(name) {
  const { alias, bases, choices, properties, more } = TYPES.get(name) ?? { bases: [], choices: [], properties: [] };
  return [alias, more, ...bases, ...choices.map(({ kind }) => kind), ...properties.map(({ kind }) => kind)].filter(Boolean);
}

/** All names that are reached from types. */
function reached(kinds, found = new Set()) {
  for (const name of kinds.flatMap(namesIn)) {
    if (found.has(name)) continue;
    found.add(name);
    reached(partsOf(name), found);
  }
  return found;
}

const OPERATION_LIST = [...OPERATIONS.values()];
const GIVEN = reached(OPERATION_LIST.flatMap(({ parameters, body }) => [...parameters, body].filter(Boolean).map(({ kind }) => kind)));
const ANSWERED = reached(OPERATION_LIST.map(({ answer }) => answer).filter(Boolean));
/** Types that are given and answered, and hold an enumeration: what is given holds values that are known. */
const TWOFOLD = new Set([...GIVEN].filter((name) => TYPES.has(name) && ANSWERED.has(name) && [...reached([name])].some((part) => ENUMERATIONS.has(part))));

/** Types by the name that TypeScript has for them; two that would have one name are an error here. */
const NAMED = new Map();
function name(pascal, of) {
  if (NAMED.has(pascal)) throw new Error(`${of.name} and ${NAMED.get(pascal).name} would both be ${pascal}`);
  NAMED.set(pascal, of);
}
for (const one of [...TYPES.keys(), ...ENUMERATIONS.keys()]) name(typeName(one), { name: one, given: GIVEN.has(one) && !ANSWERED.has(one) });
for (const one of TWOFOLD) name(`${typeName(one)}Input`, { name: one, given: true });

/** A type without its limits, and whether it may be null. */
function bare(kind) {
  const nullable = kind.endsWith('?');
  let text = nullable ? kind.slice(0, -1) : kind;
  if (!/^[[{]/.test(text)) text = text.split('~', 1)[0];
  return { text: text.replace(/\([^()]*\)$/, ''), nullable };
}

/** A type of the table that is `given` or answered, in the namespace `Schemas` or from outside of it. */
export function typed(kind, given, prefix = '') {
  const { text, nullable } = bare(kind);
  return nullable ? `${plain(text, given, prefix)} | null` : plain(text, given, prefix);
}

function plain(text, given, prefix) {
  if (text in WORDS) return WORDS[text];
  if (text.startsWith('[')) return `Array<${typed(text.slice(1, -1), given, prefix)}>`;
  if (text.startsWith('{')) return `{ [name: string]: ${typed(text.slice(1, -1), given, prefix)} }`;
  const named = `${prefix}${typeName(text)}`;
  if (ENUMERATIONS.has(text)) return given ? named : `${prefix}Open<${named}>`;
  if (!TYPES.has(text)) throw new Error(`there is no type ${text}`);
  return given && TWOFOLD.has(text) ? `${named}Input` : named;
}

/** Whether a type is one of words that a Date can be written as. */
export function isDate(kind) {
  return /^date/.test(bare(kind).text);
}

/** Known values. */
export function known(values) {
  const isLiteral = (value) => /^(-?\d+(\.\d+)?|true|false|null)$/.test(value);
  const literal = values.every(isLiteral);
  return values.map((value) => (literal || value === 'null' ? value : JSON.stringify(value))).join(' | ');
}

function property({ name, kind, required, readOnly, deprecated }, demands, given) {
  const has = (required && !readOnly) || demands.includes(name);
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  const note = deprecated ? '    /** @deprecated */\n' : '';
  return `${note}    ${readOnly ? 'readonly ' : ''}${key}${has ? '' : '?'}: ${typed(kind, given)}${has ? '' : ' | undefined'};\n`;
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

function declared({ name, given }) {
  if (ENUMERATIONS.has(name)) return known(ENUMERATIONS.get(name));
  const { alias, bases, demands, choices, properties, more } = TYPES.get(name);
  if (alias !== undefined) return typed(alias, given);
  const own = properties.map((one) => property(one, demands, given)).join('');
  const others = more === undefined || more === '-' ? '' : '    [name: string]: any;\n';
  const parts = bases.map((base) => typed(base, given));
  if (own || others || (parts.length === 0 && choices.length === 0)) parts.push(own || others ? `{\n${own}${others}  }` : '{ [name: string]: any }');
  const inherited = demands.filter((demanded) => !properties.some((one) => one.name === demanded));
  if (inherited.length > 0) parts.push(`{ ${inherited.map((demanded) => `${demanded}: unknown`).join('; ')} }`);
  if (choices.length > 0) parts.push(`(${[...new Set(choices.map(({ kind }) => typed(kind, given)))].join(' | ')})`);
  return parts.join(' & ');
}

/** Every type that has a name, for the namespace `Schemas`. */
export function schemas() {
  return [...NAMED]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([pascal, of]) => `  type ${pascal} = ${declared(of)};\n`)
    .join('');
}
