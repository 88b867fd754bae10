import { createRequire } from 'node:module';

/** The version of Remnant, as every result names it. */
export const appVersion = (createRequire(import.meta.url)('../../package.json') as { readonly version: string })
  .version;
