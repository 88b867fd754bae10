import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'vite';
import { securityHeaders } from '../../../electron/services/security-headers.ts';
import { projectRoot } from '../../support/needs.ts';
import type { HarnessCase } from './page.ts';

/** A case for the harness with its voxels. */
export interface HarnessData extends HarnessCase {
  readonly voxels: Int16Array;
  readonly labels: Uint8Array;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/** Builds the page and serves it on a free loopback port under the app's own security headers. */
export async function serveHarness(data: HarnessData): Promise<{ readonly url: string; readonly close: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'viewer-harness-'));
  await build({
    configFile: false,
    root: join(projectRoot, 'test/e2e/viewer-harness'),
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: false,
      minify: false,
    },
  });
  const { grid, unit, cuts } = data;
  const bytes = (array: ArrayBufferView): Buffer => Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  const made: Readonly<Record<string, Buffer>> = {
    '/case.json': Buffer.from(JSON.stringify({ grid, unit, cuts } satisfies HarnessCase)),
    '/voxels.bin': bytes(data.voxels),
    '/labels.bin': bytes(data.labels),
  };
  const server = createServer((request, response) => {
    const path = request.url === '/' || request.url === undefined ? '/index.html' : request.url;
    try {
      const body = made[path] ?? readFileSync(join(folder, path));
      response.writeHead(200, {
        ...securityHeaders('harness'),
        'content-type': types[extname(path)] ?? 'application/octet-stream',
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
