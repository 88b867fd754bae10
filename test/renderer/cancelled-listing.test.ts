import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { startLoopbackServer } from '../../electron/browser/index.ts';
import { createHost } from '../../electron/services/index.ts';
import type { Grants } from '../../electron/services/grants.ts';
import { readerOf } from '../../renderer/worker/folder-reader.ts';
import { createCancel } from '../../src/boundary/index.ts';
import { projectRoot } from '../support/needs.ts';
import { rawRequest, temporaryFolder } from '../electron/support.ts';

afterEach(() => vi.unstubAllGlobals());

it('cancelling while a folder is listed ends the walk on the host, and the page is told that it was cancelled', async () => {
  const folder = temporaryFolder({ 'a/1': 'one', 'a/2': 'two' });
  const made = createHost(projectRoot, { host: 'browser' }, { dataFolder: temporaryFolder() });
  // A disk that does not answer: the listing waits until it is told to end.
  let isStopped = true;
  const walks: AbortSignal[] = [];
  const grants: Grants = {
    ...made.context.grants,
    find: (grant) => {
      const granted = made.context.grants.find(grant);
      return granted === undefined
        ? undefined
        : {
            ...granted,
            list: async (signal) => {
              walks.push(signal!);
              if (isStopped) await new Promise((_, fail) => signal!.addEventListener('abort', fail, { once: true }));
              return granted.list(signal);
            },
          };
    },
  };
  const server = await startLoopbackServer({ ...made.context, grants, bundle: join(folder, 'none') });
  try {
    const { search } = new URL(server.launchUrl());
    const launched = await rawRequest(server.port, 'GET', `/launch${search}`);
    const cookie = launched.headers['set-cookie']![0]!.split(';')[0]!;
    const realFetch = fetch;
    vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
      realFetch(new URL(path, server.origin), { ...init, headers: { cookie, origin: server.origin } }),
    );
    const granted = await grants.give(folder);
    if (!granted.ok) throw new Error(granted.error.message);
    const reader = readerOf({ kind: 'host', ...granted.value });

    const { signal, cancel } = createCancel();
    const listing = reader.list(signal);
    await expect.poll(() => walks).toHaveLength(1);
    expect(walks[0]!.aborted).toBe(false);
    cancel();
    expect(await listing).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    await expect.poll(() => walks[0]!.aborted).toBe(true);

    // What is not cancelled is listed.
    isStopped = false;
    const listed = await reader.list(createCancel().signal);
    expect(listed).toMatchObject({ ok: true, value: { files: [{ name: 'a/1' }, { name: 'a/2' }], skipped: 0 } });
  } finally {
    await server.close();
  }
});
