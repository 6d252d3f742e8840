// Builds the command line and puts it beside the native library. Part of `npm run build`.

import { buildProgram } from './cargo.mjs';

buildProgram();
