'use strict';

// Where this machine's native half is: in a package of its own for each platform, of which npm installs
// the one that fits, or beside this one in a checkout that was built.

const { existsSync } = require('node:fs');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
/** C libraries that a platform's name ends in, the usual one first. */
const ABIS = { linux: ['-gnu', '-musl'], win32: ['-msvc'] };

/**
 * Where the packages are: of these each by its name, for what collects a program's files to run elsewhere, as Next.js does
 * for a container, finds no other.
 */
const PACKAGES = {
  __proto__: null,
  'darwin-arm64': () => require.resolve('@pinterest-sdk/darwin-arm64'),
  'darwin-x64': () => require.resolve('@pinterest-sdk/darwin-x64'),
  'linux-arm64-gnu': () => require.resolve('@pinterest-sdk/linux-arm64-gnu'),
  'linux-x64-gnu': () => require.resolve('@pinterest-sdk/linux-x64-gnu'),
  'linux-x64-musl': () => require.resolve('@pinterest-sdk/linux-x64-musl'),
  'win32-x64-msvc': () => require.resolve('@pinterest-sdk/win32-x64-msvc'),
};

/** What this machine may be called; which C library it has shows when a file is loaded. */
function names() {
  const machine = `${process.platform}-${process.arch}`;
  return (ABIS[process.platform] ?? ['']).map((abi) => `${machine}${abi}`);
}

/** The file of this name for each platform that it is there for. */
function* places(inPackage, inCheckout) {
  for (const name of names()) {
    const beside = path.join(ROOT, inCheckout(name));
    if (existsSync(beside)) yield beside;
    try {
      yield path.join(path.dirname(PACKAGES[name]?.() ?? require.resolve(`@pinterest-sdk/${name}`)), inPackage);
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
}

/**
 * The native library.
 *
 * @throws {Error} that says what to do where there is none, or none that this machine can load.
 */
function library() {
  let cause;
  for (const place of places('pinterest-sdk.node', (name) => `pinterest-sdk.${name}.node`)) {
    try {
      return require(place);
    } catch (error) {
      cause = error;
    }
  }
  if (!cause) throw missing();
  // Node's own words for this name no option.
  const hint = cause.code === 'ERR_DLOPEN_DISABLED' ? ' Start Node with `--allow-addons` and without `--no-addons`.' : '';
  throw new Error(`pinterest-sdk cannot load its native library: ${cause.message}${hint}`, { cause });
}

/**
 * The path of the command line.
 *
 * @throws {Error} as `library`.
 */
function program() {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const [place] = places(`pinterest${suffix}`, (name) => `pinterest-${name}${suffix}`);
  if (place === undefined) throw missing();
  return place;
}

function missing() {
  const { optionalDependencies = {} } = require('../package.json');
  const machine = `${process.platform}-${process.arch}`;
  const packages = names().map((name) => `@pinterest-sdk/${name}`).filter((name) => name in optionalDependencies);
  const build = 'build it from the sources: `npm ci && npm run build && npm run packages` in bindings-node';
  return new Error(
    packages.length > 0
      ? `pinterest-sdk lacks its part for ${machine}, ${packages.join(' or ')}: install again without \`--omit=optional\`, or ${build}`
      : `pinterest-sdk has no part for ${machine}: ${build}, with this platform's Rust target in \`napi.targets\` of package.json`,
  );
}

module.exports = { library, program };
