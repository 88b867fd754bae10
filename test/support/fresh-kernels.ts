import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './needs.ts';

/** Before any test: kernels compiled from another state of their source would be tested in place of these. */
export default function freshKernels(): void {
  const folder = join(projectRoot, 'src', 'kernels');
  const product = join(folder, 'kernels.wasm');
  const source = join(folder, 'assembly', 'index.ts');
  if (existsSync(product) && statSync(product).mtimeMs >= statSync(source).mtimeMs) return;
  execFileSync(process.execPath, [join(folder, 'build.mjs')], { stdio: 'inherit' });
}
