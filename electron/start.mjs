/** `npm start [-- --self-test | --headless | --folder PATH]` and `npm run demo`: builds what is out of date and opens the app. */
import { register } from 'tsx/esm/api';
import { build } from './build.mjs';

await build();
register();
const { start } = await import('./start/start.ts');
process.exitCode = await start(process.argv.slice(2));
