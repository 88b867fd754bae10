#!/usr/bin/env node
/** `remnant`: the same science without a window. Runs the TypeScript as it stands, so nothing can be stale. */
import { register } from 'tsx/esm/api';

register();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
