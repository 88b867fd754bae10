import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { App } from './app.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds against the rules of WCAG 2.2 A and AA and its own good practice, each as rule, place and reason; nothing is excused. */
export async function violations(app: App): Promise<readonly string[]> {
  // Brought in past the page's own policy, which rightly lets no foreign script in.
  if ((await app.ask('typeof globalThis.axe')) === 'undefined') await app.ask(axe);
  const found = await app.ask(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => id + ': ' + help + ' at ' + node.target.join(' ') + ' — ' + (node.any[0]?.message ?? ''))))`);
  return found as readonly string[];
}
