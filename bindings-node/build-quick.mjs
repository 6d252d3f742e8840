// Builds what `npm run build` builds, beside the other faces and with what is given to cargo: `napi build` names a target,
// for which cargo builds every library once more, in a folder of its own. Packages for users are made by `npm run build`.

import { generateTypeDef } from '@napi-rs/cli';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildLibrary, buildProgram } from './cargo.mjs';

const types = path.join(import.meta.dirname, '..', 'target', 'napi-types');
mkdirSync(types, { recursive: true });
process.env.NAPI_TYPE_DEF_TMP_FOLDER = types;
// They are written while the library is compiled: it has to be, if they are missing.
if (!existsSync(path.join(types, 'pinterest-sdk-node'))) {
  process.env.NAPI_FORCE_BUILD_PINTEREST_SDK_NODE = String(Date.now());
}
buildLibrary(...process.argv.slice(2));
const { dts } = await generateTypeDef({ typeDefDir: types, constEnum: false, cwd: import.meta.dirname });
writeFileSync(path.join(import.meta.dirname, 'native.d.ts'), dts);
buildProgram(...process.argv.slice(2));
