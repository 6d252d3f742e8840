// What `import` names is empty until it is first used, and nobody can tell.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { PinterestSdk, folder, run } from './support/installed.mjs';

/** What a program prints that imports names. */
async function printed(source) {
  const { stdout, stderr } = await run(`import PinterestSdk, { Board, BoardOwner, BoardsApi, Country, Paginated, PinsApi } from 'pinterest-sdk';\n${source}`);
  assert.equal(stderr, '');
  return stdout.trim().split('\n').map((line) => JSON.parse(line));
}

const shows = (expression) => `console.log(JSON.stringify(${expression}));\n`;

test('names are those of the default export, in any order', async () => {
  const same = shows('[BoardsApi === PinterestSdk.BoardsApi, Board === PinterestSdk.Board, Country === PinterestSdk.Country, BoardsApi.name, Board.name, BoardsApi.length]');
  const every = shows('Object.keys(await import("pinterest-sdk")).filter((name) => !(name in PinterestSdk))');
  assert.deepEqual(await printed(same + every + same), [
    [true, true, true, 'BoardsApi', 'Board', 1],
    [],
    [true, true, true, 'BoardsApi', 'Board', 1],
  ]);
});

for (const [how, first, all] of [
  ['in', "'boardsList' in BoardsApi.prototype", true],
  ['reading', 'typeof BoardsApi.prototype.boardsList', 'function'],
  ['a descriptor', 'typeof Object.getOwnPropertyDescriptor(Object.getPrototypeOf(BoardsApi.prototype), "boardsList").value', 'function'],
  ['a walk', "Object.getOwnPropertyNames(Object.getPrototypeOf(BoardsApi.prototype)).includes('boardsList')", true],
  ['an object', 'typeof new BoardsApi().boardsList', 'function'],
  ['an object without its constructor', 'typeof Object.create(BoardsApi.prototype).boardsList', 'function'],
  ['a name that is none', "'boardsFly' in BoardsApi.prototype", false],
]) {
  test(`methods are there for the first look: ${how}`, async () => {
    const names = shows("Object.getOwnPropertyNames(BoardsApi.prototype).includes('boardsListWithHttpInfo')");
    assert.deepEqual(await printed(shows(first) + shows(first) + names), [all, all, true]);
  });
}

test('a class that extends one has its methods, and may have its own', async () => {
  const source = `
    class Mine extends BoardsApi { boardsList(...given) { return ['mine', ...super.boardsList(...given)]; } }
    const seen = [];
    const mine = new Mine({ callApi: (path) => { seen.push(path); } });
    PinsApi.prototype.pinsGet = () => 'a stub';
    ${shows("[mine instanceof BoardsApi, typeof mine.boardsGet, new PinsApi().pinsGet('1'), typeof new PinsApi().pinsList]")}`;
  assert.deepEqual(await printed(source), [[true, 'function', 'a stub', 'function']]);
});

test('a class that is frozen before it is used has its methods', async () => {
  const source = `Object.freeze(BoardsApi.prototype);\n${shows('[typeof new BoardsApi().boardsList, "boardsGet" in BoardsApi.prototype]')}`;
  assert.deepEqual(await printed(source), [['function', true]]);
});

test('who puts a method over one and takes it away has the method back', async () => {
  const source = `
    const { boardsList } = BoardsApi.prototype;
    BoardsApi.prototype.boardsList = () => 'a stub';
    const stubbed = new BoardsApi().boardsList();
    delete BoardsApi.prototype.boardsList;
    ${shows('[stubbed, new BoardsApi().boardsList === boardsList]')}`;
  assert.deepEqual(await printed(source), [['a stub', true]]);
});

test('models are whole for the first look', async () => {
  const lists = shows('[Board.PrivacyEnum.SECRET, Object.keys(Board), new Country().CH, Country.constructFromObject("XX")]');
  assert.deepEqual(await printed(lists), [['SECRET', ['PrivacyEnum'], 'CH', 'XX']]);
  const alone = shows('(() => { const { constructFromObject } = Board; return constructFromObject({ name: "n", owner: { username: "u" } }).owner instanceof BoardOwner; })()');
  assert.deepEqual(await printed(alone), [true]);
  const made = shows("['name' in new Board(), new Board('n'), new Paginated(['a']), Board.length]");
  assert.deepEqual(await printed(made), [[true, { name: 'n' }, { items: ['a'] }, 1]]);
  const called = "try { Board(); } catch (error) { console.log(JSON.stringify(error.name)); }";
  assert.deepEqual(await printed(called), ['TypeError']);
});

test('Node finds no names in what index.mjs imports: looking for them takes longer than loading it', async () => {
  const file = join(folder, 'node_modules/pinterest-sdk/imported.cjs');
  const imported = await import(pathToFileURL(file));
  // Later Nodes add `module.exports`.
  assert.deepEqual(Object.keys(imported).filter((name) => name !== 'module.exports'), ['default']);
  assert.equal(imported.default, PinterestSdk);
});
