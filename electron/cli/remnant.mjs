#!/usr/bin/env node
/** `remnant`: the same science without a window. */
import { loadProgram } from './program.mjs';

const { main } = await loadProgram();
process.exitCode = await main(process.argv.slice(2));
