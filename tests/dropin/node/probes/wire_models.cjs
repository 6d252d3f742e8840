'use strict';

// The models of the published package beside those of OAuth: what they are made of, and what they make of an answer.

const { models } = require('../lib/published.cjs');

const all = models();
const withFields = all.filter(({ fields }) => fields !== undefined);

/** A value of a type, as it is on the wire. */
function sample(type, depth = 0) {
  if (type.startsWith('[')) return [sample(type.slice(1, -1), depth + 1)];
  if (type.startsWith('{')) return { key: sample(type.slice(1, -1), depth + 1) };
  const plain = { string: 'text', number: 1.5, boolean: true, date: '2022-03-04T05:06:07Z', any: { a: [1, null] } };
  if (type in plain) return plain[type];
  const { fields } = all.find(({ name }) => name === type);
  if (fields === undefined) return 'A_VALUE';
  return depth > 6 ? {} : Object.fromEntries(Object.entries(fields).map(([field, of]) => [field, sample(of, depth + 1)]));
}

const filled = ({ fields }) => Object.fromEntries(Object.entries(fields).map(([field, type]) => [field, sample(type)]));
const each = (list, look) => Object.fromEntries(list.map((model) => [model.name, look(model)]));
const marks = Array.from({ length: 40 }, (_, at) => `m${at}`);

module.exports = {
  constructed: (sdk) => each(withFields, ({ name }) => new sdk[name](...marks)),
  constructed_without_arguments: (sdk) => each(withFields, ({ name }) => new sdk[name]()),
  arguments_that_constructors_name: (sdk) => each(withFields, ({ name }) => sdk[name].length),
  initialized: (sdk) => each(withFields, ({ name }) => {
    const object = {};
    sdk[name].initialize(object, ...marks);
    return object;
  }),
  names_of_classes: (sdk) => each(all, ({ name }) => sdk[name].name),
  fields_of_prototypes: (sdk) => each(withFields, ({ name }) => ({ ...sdk[name].prototype })),
  lists_of_values: (sdk) => each(withFields, ({ name, members }) => members.map((member) => sdk[name][member])),
  enumerations: (sdk) => each(all.filter(({ fields }) => fields === undefined), ({ name }) => [
    new sdk[name](),
    sdk[name].constructFromObject('A_VALUE'),
  ]),
  read_from_an_answer: (sdk) => each(withFields, (model) => sdk[model.name].constructFromObject(filled(model))),
  read_into_an_object: (sdk) => each(withFields, (model) => {
    const object = { before: 1 };
    return [sdk[model.name].constructFromObject(filled(model), object) === object, object];
  }),
  read_from_nothing: (sdk) => each(withFields, ({ name }) => [
    sdk[name].constructFromObject(undefined),
    sdk[name].constructFromObject(null),
    sdk[name].constructFromObject(null, marks) === marks,
  ]),
  written_as_json: (sdk) => each(withFields, (model) => JSON.parse(JSON.stringify(sdk[model.name].constructFromObject(filled(model))))),
  null_fields: (sdk) => each(withFields, ({ name, fields }) =>
    sdk[name].constructFromObject(Object.fromEntries(Object.keys(fields).map((field) => [field, null])))),
  numbers_that_are_texts: (sdk) => [
    sdk.Account.constructFromObject({ username: 5 }).username,
    sdk.CatalogsFeedProductCounts.constructFromObject({ original: '17' }).original,
    sdk.ImageDetails.constructFromObject({ width: '17', height: 4, url: true }),
  ],
  fields_that_are_new: (sdk) => [
    sdk.Board.constructFromObject({ name: 'n', pin_count: 5, media: { a: 1 } }),
    sdk.Pin.constructFromObject({ media: { media_type: 'hologram', depth: 3 } }),
  ],
  what_is_of_no_such_type: (sdk, context) => [
    context.thrown(() => sdk.Board.constructFromObject({ owner: 'text', name: ['a'], privacy: 7 })),
    context.thrown(() => sdk.Board.constructFromObject([1])),
    context.thrown(() => sdk.Paginated.constructFromObject({ items: { a: 1 } })),
    context.thrown(() => sdk.ImageDetails.constructFromObject({ width: 'wide' })),
    context.thrown(() => sdk.CatalogsFeed.constructFromObject({ created_at: 'yesterday' })),
  ],
  an_answer_that_is_of_no_such_type: async (sdk, context) => {
    const client = await context.userClient();
    await context.answers({ json: [1, 2] }, { json: { items: { a: 1 }, bookmark: 5 } }, { json: { not: 'a list' } }, { json: 'text' });
    const boards = new sdk.BoardsApi(client);
    const given = ['1', '2022-01-01', '2022-01-31', ['SPEND_IN_MICRO_DOLLAR'], 'DAY', {}];
    const calls = [
      (callback) => boards.boardsGet('1', callback),
      (callback) => boards.boardsList({}, callback),
      (callback) => new sdk.AdAccountsApi(client).adAccountAnalytics(...given, callback),
      (callback) => boards.boardsGet('1', callback),
    ];
    const seen = [];
    for (const call of calls) {
      const { error, data } = await context.called(call);
      seen.push([error, data]);
    }
    return seen;
  },
};
