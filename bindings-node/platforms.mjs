// The platforms that packages are made for: `napi.targets` of package.json, which the napi command line
// builds as well, is the one table of them.

import { parseTriple } from '@napi-rs/cli';
import { createRequire } from 'node:module';

/** The main package, as the sources have it. */
export const MAIN = createRequire(import.meta.url)('./package.json');

const LIBC = { gnu: 'glibc', musl: 'musl' };

/** A Rust target as npm and the loader (`lib/platform.cjs`) call it. */
export function platform(triple) {
  const { platformArchABI: name, platform: os, arch: cpu, abi } = parseTriple(triple);
  return {
    name,
    packageName: `@pinterest-sdk/${name}`,
    os,
    cpu,
    libc: os === 'linux' ? LIBC[abi] : undefined,
    library: `pinterest-sdk.${name}.node`,
    program: `pinterest-${name}`,
    suffix: os === 'win32' ? '.exe' : '',
  };
}

export const PLATFORMS = MAIN.napi.targets.map(platform);
