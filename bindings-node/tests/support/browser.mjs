#!/usr/bin/env node
// A browser for the environment's `BROWSER`: opens one URL and allows what it asks for.

import { visit } from './person.mjs';

await visit(process.argv[2]);
