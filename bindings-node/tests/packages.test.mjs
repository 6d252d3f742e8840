// What is published: the main package, and one for each platform with the native library and the program.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { folder, root, run } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const sandbox = await Sandbox.start();
const sources = join(root, 'bindings-node');
const { napi, version } = JSON.parse(readFileSync(join(sources, 'package.json'), 'utf8'));

const temporary = mkdtempSync(join(tmpdir(), 'pinterest-packages-'));
after(() => rmSync(temporary, { recursive: true }));

/** An installed package's folder, files and manifest. */
function installed(name) {
  const place = join(folder, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  return { place, files: readdirSync(place), manifest };
}

const main = installed('pinterest-sdk');
const [here] = readdirSync(join(folder, 'node_modules/@pinterest-sdk'));
const part = installed(`@pinterest-sdk/${here}`);

const CALL = `
  const PinterestSdk = require('pinterest-sdk');
  const client = new PinterestSdk.ApiClient('${sandbox.http}/v5');
  Object.assign(client.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
  new PinterestSdk.OauthApi(client).oauthToken('client_credentials', { scope: 'user_accounts:read' }, (error, data) => {
    console.log(error ? error.message : data.token_type);
  });`;

test('the main package holds no binary, and names a package for each platform of the table', () => {
  assert.deepEqual(main.files.filter((name) => /\.node$|^pinterest(-|$)/.test(name)), []);
  assert.equal(Object.keys(main.manifest.optionalDependencies).length, napi.targets.length);
  assert.deepEqual([...new Set(Object.values(main.manifest.optionalDependencies))], [version]);
  assert.ok(`@pinterest-sdk/${here}` in main.manifest.optionalDependencies);
  assert.equal(main.manifest.devDependencies, undefined);
  assert.equal(main.manifest.scripts, undefined);
});

test('each is named where it is looked for, as those need who collect the files of a program', () => {
  const source = readFileSync(join(main.place, 'lib/platform.cjs'), 'utf8');
  for (const name of Object.keys(main.manifest.optionalDependencies)) {
    assert.ok(source.includes(`require.resolve('${name}')`), name);
  }
});

test("the platform's package holds the library and the program, and says where it fits", () => {
  const { files, manifest } = part;
  const program = process.platform === 'win32' ? 'pinterest.exe' : 'pinterest';
  assert.deepEqual(files.sort(), ['LICENSE', 'NOTICE', 'README.md', 'package.json', program, 'pinterest-sdk.node'].sort());
  assert.deepEqual([manifest.os, manifest.cpu, manifest.version], [[process.platform], [process.arch], version]);
  assert.equal('libc' in manifest, process.platform === 'linux');
});

test('both hold the licence and say it alike', () => {
  for (const { place, manifest } of [main, part]) {
    for (const file of ['LICENSE', 'NOTICE']) {
      assert.equal(readFileSync(join(place, file), 'utf8'), readFileSync(join(root, file), 'utf8'), file);
    }
    assert.equal(manifest.license, 'Apache-2.0');
    assert.deepEqual(manifest.repository, main.manifest.repository);
    assert.ok(existsSync(join(place, 'README.md')));
  }
});

test('the documented call and the program run from what was installed', async () => {
  const { stdout } = await run(CALL, { extension: '.cjs' });
  assert.equal(stdout, 'bearer\n');
  const program = join(folder, 'node_modules/.bin/pinterest');
  assert.equal(execFileSync(program, ['--version'], { encoding: 'utf8' }), `pinterest ${version}\n`);
});

/** The main package alone, as when optional packages were left out. */
function alone() {
  const place = mkdtempSync(join(temporary, 'alone-'));
  cpSync(main.place, join(place, 'node_modules/pinterest-sdk'), { recursive: true });
  return place;
}

/** Runs Node in a folder, where it believes that it is on another machine. */
function elsewhere(cwd, [platform, arch], args) {
  const disguise = `for (const [name, value] of [['platform', '${platform}'], ['arch', '${arch}']]) Object.defineProperty(process, name, { value });`;
  const preload = `data:text/javascript,${encodeURIComponent(disguise)}`;
  const env = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: sandbox.authority };
  return spawnSync(process.execPath, ['--import', preload, ...args], { cwd, env, encoding: 'utf8', timeout: 20_000 });
}

const HINT = 'build it from the sources: `npm ci && npm run build && npm run packages` in bindings-node';
const LACKS = (machine, packages) =>
  `pinterest-sdk lacks its part for ${machine}, ${packages}: install again without \`--omit=optional\`, or ${HINT}`;
const NONE = (machine) =>
  `pinterest-sdk has no part for ${machine}: ${HINT}, with this platform's Rust target in \`napi.targets\` of package.json`;

for (const [machine, sentence] of [
  [['linux', 'x64'], LACKS('linux-x64', '@pinterest-sdk/linux-x64-gnu or @pinterest-sdk/linux-x64-musl')],
  [['darwin', 'arm64'], LACKS('darwin-arm64', '@pinterest-sdk/darwin-arm64')],
  [['win32', 'x64'], LACKS('win32-x64', '@pinterest-sdk/win32-x64-msvc')],
  [['linux', 'riscv64'], NONE('linux-riscv64')],
  [['freebsd', 'x64'], NONE('freebsd-x64')],
]) {
  test(`without its part for ${machine.join('-')} the package says so in one sentence`, () => {
    const cwd = alone();
    const call = elsewhere(cwd, machine, ['--eval', `try {${CALL}} catch (error) { console.log(error.message); }`]);
    assert.deepEqual([call.stdout, call.stderr], [`${sentence}\n`, '']);
    const program = elsewhere(cwd, machine, [join(cwd, 'node_modules/pinterest-sdk/pinterest.cjs'), '--version']);
    assert.deepEqual([program.status, program.stdout, program.stderr], [1, '', `pinterest cannot be started: ${sentence}\n`]);
  });
}

test('a library that the machine cannot load is told with the reason', () => {
  const cwd = alone();
  const place = join(cwd, 'node_modules/@pinterest-sdk', here);
  cpSync(part.place, place, { recursive: true });
  cpSync(join(root, 'LICENSE'), join(place, 'pinterest-sdk.node'));
  const { stdout } = spawnSync(process.execPath, ['--eval', `try {${CALL}} catch (error) { console.log(error.message); }`], { cwd, encoding: 'utf8' });
  assert.match(stdout, /^pinterest-sdk cannot load its native library: .*pinterest-sdk\.node/);
});

test('without its part everything but a call works, for nothing loads it before', () => {
  const use = 'console.log(new ApiClient().buildUrl("/pins", {}), OauthAccessTokenResponse.constructFromObject({ scope: "x" }).scope);';
  for (const program of [
    ['--eval', `const { ApiClient, OauthAccessTokenResponse } = require('pinterest-sdk'); ${use}`],
    ['--input-type=module', '--eval', `import { ApiClient, OauthAccessTokenResponse } from 'pinterest-sdk'; ${use}`],
  ]) {
    const { stdout, stderr } = spawnSync(process.execPath, program, { cwd: alone(), encoding: 'utf8' });
    assert.deepEqual([stdout, stderr], ['https://api.pinterest.com/v5/pins x\n', '']);
  }
});

test('a checkout that was built is a package too', () => {
  const { stdout } = spawnSync(process.execPath, ['--eval', CALL.replace("'pinterest-sdk'", JSON.stringify(sources))], {
    cwd: temporary,
    encoding: 'utf8',
    timeout: 20_000,
  });
  assert.equal(stdout, 'bearer\n');
});

test('packing what is not built, or not known, says how to build it', () => {
  const packed = (...platforms) =>
    spawnSync(process.execPath, [join(sources, 'pack.mjs'), join(temporary, 'packed'), ...platforms], { encoding: 'utf8' });
  const other = here === 'darwin-arm64' ? 'darwin-x64' : 'darwin-arm64';
  const unbuilt = packed(here, other);
  assert.deepEqual([unbuilt.status, unbuilt.stdout], [1, '']);
  assert.equal(
    unbuilt.stderr,
    `${other} is not built: run \`npm run build\` on such a machine and bring pinterest-sdk.${other}.node and pinterest-${other} into bindings-node\n`,
  );
  const unknown = packed('beos-x64');
  assert.equal(unknown.status, 1);
  assert.match(unknown.stderr, /^beos-x64 is none of linux-x64-gnu, .*: add its Rust target to `napi.targets` in package.json\n$/);
  assert.equal(existsSync(join(temporary, 'packed')), false);
});
