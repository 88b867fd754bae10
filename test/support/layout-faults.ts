import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { App } from './app.ts';
import { projectRoot } from './needs.ts';

const script = buildSync({
  entryPoints: [join(projectRoot, 'test/support/layout-faults-in-page.ts')],
  bundle: true,
  format: 'iife',
  globalName: 'layoutFaults',
  write: false,
}).outputFiles[0]!.text;

/** What lies on something else, is cut off, or can not be reached on the page as it stands: one sentence each, none when all is well. */
export async function layoutFaults(app: App): Promise<readonly string[]> {
  // Brought in past the page's own policy, which rightly lets no foreign script in.
  return (await app.ask(`(() => { ${script}; return layoutFaults.find(); })()`)) as readonly string[];
}
