import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import {
  answerHostCall,
  appDataFolder,
  browsableRoots,
  createFolderBrowser,
  createGrants,
  createHost,
  handleRequest,
  openPlanStore,
  packFiles,
  walkFolder,
  writeWhole,
  type RequestContext,
} from '../../electron/services/index.ts';
import { dataPaths, skippedHeader, type FolderFile } from '../../src/boundary/index.ts';
import { temporaryFolder } from './support.ts';

const projectFolder = join(import.meta.dirname, '..', '..');
const testContext = (dataFolder = temporaryFolder()) => createHost(projectFolder, { host: 'browser' }, { dataFolder });
const at = (path: string) => `http://127.0.0.1${path}`;
const grantOf = async (context: RequestContext, folder: string) => {
  const granted = await context.grants.give(folder);
  if (!granted.ok) throw new Error(granted.error.message);
  return granted.value.grant;
};

/** Reads the packed stream as the contract describes it, written apart from the code that packs. */
function unpack(packed: Uint8Array): Uint8Array[] {
  const files: Uint8Array[] = [];
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let at = 0; at < packed.length;) {
    const length = view.getUint32(at, true);
    files.push(packed.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return files;
}

describe('walking a folder', () => {
  test.each([false, true])(
    'finds files at any depth in an order people expect, and counts what can not be read (waiting for each: %s)',
    async (alone) => {
      const folder = temporaryFolder({ 'b/IM10': 'ten', 'b/IM2': 'two', 'a/deep/er/x': '', IM1: 'one' });
      symlinkSync(folder, join(folder, 'b', 'circle'));
      symlinkSync('/etc/passwd', join(folder, 'outside'));
      symlinkSync('nowhere', join(folder, 'dangling'));
      execFileSync('mkfifo', [join(folder, 'pipe')]);
      const { files, skipped } = await walkFolder(folder, { alone });
      expect(files.map(({ name, size }) => [name, size])).toEqual([
        ['a/deep/er/x', 0],
        ['b/IM2', 3],
        ['b/IM10', 3],
        ['IM1', 3],
      ]);
      expect(skipped).toBe(4);
    },
  );

  test.each([false, true])(
    'following links, it still ends in a circle and reads no file twice (waiting for each: %s)',
    async (alone) => {
      const folder = temporaryFolder({ 'a/one': '1', 'b/two': '22' });
      const other = temporaryFolder({ three: '333' });
      symlinkSync(folder, join(folder, 'a', 'circle'));
      symlinkSync('one', join(folder, 'a', 'same'));
      symlinkSync(other, join(folder, 'other'));
      const { files, skipped } = await walkFolder(folder, { followLinks: true, alone });
      expect(files.map(({ name }) => name)).toEqual(['a/one', 'b/two', 'other/three']);
      expect(skipped).toBe(2);
    },
  );

  test('ends when it is told to, in the middle of a deep tree', async () => {
    const folder = temporaryFolder(Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`d${n}/e/f${n}`, 'x'])));
    const abort = new AbortController();
    const walk = walkFolder(folder, { signal: abort.signal });
    abort.abort(new Error('told to end'));
    await expect(walk).rejects.toThrow('told to end');
    expect((await walkFolder(folder, { signal: new AbortController().signal })).files).toHaveLength(90);
  });

  test.skipIf(process.getuid?.() === 0)('leaves out what permissions forbid', async () => {
    const folder = temporaryFolder({ secret: 's', open: 'o', 'closed/x': 'x' });
    chmodSync(join(folder, 'secret'), 0);
    chmodSync(join(folder, 'closed'), 0);
    const { files, skipped } = await walkFolder(folder);
    chmodSync(join(folder, 'closed'), 0o700);
    expect(files.map(({ name }) => name)).toEqual(['open']);
    expect(skipped).toBe(2);
  });
});

describe('the packed stream', () => {
  test('is the bytes of the files, for hundreds of files of all sizes, empty ones and chunk borders included', async () => {
    const sizes = [0, 1, 3, (1 << 20) - 4, 1 << 20, (1 << 20) + 1, 3 * (1 << 20) + 7, 0, 5];
    for (let n = 0; n < 300; n++) sizes.push((n * 7919) % 3001);
    const contents = sizes.map((size) => randomBytes(size));
    const folder = temporaryFolder(Object.fromEntries(contents.map((content, n) => [`d${n % 7}/f${n}`, content])));
    const { context } = testContext();
    const grant = await grantOf(context, folder);
    const listing = await handleRequest(new Request(at(dataPaths.folder(grant))), context);
    expect(listing.headers.get(skippedHeader)).toBe('0');
    const files = (await listing.json()) as FolderFile[];
    expect(files).toHaveLength(sizes.length);
    const numberOf = ({ name }: FolderFile) => Number(name.split('/f')[1]);
    // Asked for in another order than listed: the answer follows the question.
    const asked = [...files].reverse();
    for (const bytes of [undefined, 0, 2, 1000, 65_536, 65_537]) {
      const body = JSON.stringify({ ids: asked.map(({ id }) => id), bytes });
      const answer = await handleRequest(new Request(at(dataPaths.pack(grant)), { method: 'POST', body }), context);
      const unpacked = unpack(new Uint8Array(await answer.arrayBuffer()));
      const digests = unpacked.map((file) => createHash('sha256').update(file).digest('hex'));
      const wanted = asked.map((file) => createHash('sha256').update(contents[numberOf(file)]!.subarray(0, bytes)));
      expect(digests).toEqual(wanted.map((digest) => digest.digest('hex')));
    }
  });

  test('any list of files comes out as it went in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 8 }),
        fc.option(fc.nat(60), { nil: undefined }),
        async (contents, first) => {
          const folder = temporaryFolder(Object.fromEntries(contents.map((content, n) => [`${n}`, content])));
          const { files } = await walkFolder(folder);
          const chunks: Uint8Array[] = [];
          for await (const chunk of packFiles(files, first)) chunks.push(chunk);
          expect(unpack(Buffer.concat(chunks)).map((file) => [...file])).toEqual(
            contents.map((content) => [...content.subarray(0, first)]),
          );
        },
      ),
      { numRuns: 40, seed: 20 },
    );
  });

  test.each([undefined, 5])(
    'breaks off when a file has vanished: half a series must not pass for a whole one (%s bytes of each)',
    async (bytes) => {
      const folder = temporaryFolder({ one: randomBytes(10), two: randomBytes(10) });
      const { files } = await walkFolder(folder);
      renameSync(join(folder, 'two'), join(folder, 'three'));
      await expect(async () => {
        for await (const chunk of packFiles(files, bytes)) expect(chunk.length).toBeGreaterThan(0);
      }).rejects.toThrow('ENOENT');
    },
  );

  test('breaks off when a file becomes shorter while it is read', async () => {
    const folder = temporaryFolder({ one: randomBytes(3 << 20) });
    const { files } = await walkFolder(folder);
    let given = 0;
    await expect(async () => {
      for await (const chunk of packFiles(files)) {
        given += chunk.length;
        truncateSync(join(folder, 'one'), 1_200_000);
      }
    }).rejects.toThrow('one became shorter while it was read');
    expect(given).toBe(1 << 20);
  });

  test('gives the beginnings beside a damaged member of an archive, which is never given whole', async () => {
    const [good, bad] = [randomBytes(90), randomBytes(70)];
    const archive = Buffer.from(zipSync({ bad, good }, { level: 0 }));
    archive[archive.indexOf(bad) + 30]! ^= 1;
    const { files } = await walkFolder(temporaryFolder({ 'disc.zip': archive }));
    expect(files.map(({ name }) => name)).toEqual(['disc.zip/bad', 'disc.zip/good']);
    const packed = async (bytes: number | undefined) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of packFiles(files, bytes)) chunks.push(chunk);
      return unpack(Buffer.concat(chunks)).map((file) => file.length);
    };
    for (const bytes of [16_384, 65_536, 100_000]) expect(await packed(bytes)).toEqual([0, 90]);
    await expect(packed(undefined)).rejects.toThrow('checksum');
  });

  test('gives nothing of a file that is there and can not be read, and the beginnings of all others', async () => {
    const folder = temporaryFolder({ one: 'first', two: 'second', three: 'third' });
    const { files } = await walkFolder(folder);
    // As a scratch on a disc: it opens, and reading fails.
    rmSync(join(folder, 'three'));
    mkdirSync(join(folder, 'three'));
    const read = async (bytes?: number) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of packFiles(files, bytes)) chunks.push(chunk);
      return unpack(Buffer.concat(chunks)).map((file) => Buffer.from(file).toString());
    };
    expect(await read(4)).toEqual(['firs', '', 'seco']);
    await expect(read()).rejects.toThrow(/EISDIR|has changed/);
  });

  test.each(['slice', 'disc.zip'])(
    'breaks off when another %s of the same size took the place of the listed one',
    async (name) => {
      const contents = ['the slice at 7 mm', 'the slice at 9 mm'].map((text) =>
        name === 'slice' ? Buffer.from(text) : Buffer.from(zipSync({ slice: Buffer.from(text) }, { level: 0 })),
      );
      const folder = temporaryFolder({ [name]: contents[0]! });
      const { context } = testContext();
      const grant = await grantOf(context, folder);
      const list = async () => {
        const answer = await handleRequest(new Request(at(dataPaths.folder(grant))), context);
        return (await answer.json()) as FolderFile[];
      };
      const read = async ({ id }: FolderFile) => {
        const body = JSON.stringify({ ids: [id] });
        const answer = await handleRequest(new Request(at(dataPaths.pack(grant)), { method: 'POST', body }), context);
        return Buffer.from(unpack(new Uint8Array(await answer.arrayBuffer()))[0]!).toString();
      };
      const [old] = await list();
      expect(await read(old!)).toBe('the slice at 7 mm');
      writeFileSync(join(folder, name), contents[1]!);
      utimesSync(join(folder, name), 1_700_000_000, 1_700_000_000);
      await expect(read(old!)).rejects.toThrow('has changed');
      // Whoever lists it anew has the new one; who has the old list does not get it for the old one.
      const [now] = await list();
      expect(await read(now!)).toBe('the slice at 9 mm');
      await expect(read(old!)).rejects.toThrow('has changed');
    },
  );

  test('accepts grants and listed ids only', async () => {
    const { context } = testContext();
    const folder = temporaryFolder({ one: '1' });
    const grant = await grantOf(context, folder);
    expect(grant).toMatch(/^[0-9a-f]{32}$/);
    const ask = async (to: string, body: string) => {
      const answer = await handleRequest(new Request(at(dataPaths.pack(to)), { method: 'POST', body }), context);
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    expect(await ask('0'.repeat(32), '{"ids":[]}')).toEqual([404, 'grant_unknown']);
    expect(await ask(encodeURIComponent(folder), '{"ids":[]}')).toEqual([405, 'wrong_method']);
    // Not listed yet, so not known; and a path is never an id.
    expect(await ask(grant, '{"ids":["0"]}')).toEqual([404, 'file_unknown']);
    await handleRequest(new Request(at(dataPaths.folder(grant))), context);
    expect(await ask(grant, '{"ids":["../etc/passwd"]}')).toEqual([404, 'file_unknown']);
    for (const body of ['{"ids":[1]}', '{"ids":["0"],"bytes":-1}', '{"ids":["0"],"more":1}', 'x', '']) {
      expect(await ask(grant, body)).toEqual([400, 'bad_request']);
    }
  });
});

describe('grants', () => {
  test('are unguessable, the same for one folder, and never given for files or what is gone', async () => {
    const grants = createGrants();
    const folder = temporaryFolder({ file: 'x', 'sub/y': 'y' });
    symlinkSync(join(folder, 'sub'), join(folder, 'link'));
    const [direct, linked, whole] = await Promise.all(
      [join(folder, 'sub'), join(folder, 'link'), folder].map((chosen) => grants.give(chosen)),
    );
    expect(direct).toEqual(linked);
    expect(direct).not.toEqual(whole);
    expect(direct).toMatchObject({ ok: true, value: { name: 'sub' } });
    expect(JSON.stringify(direct)).not.toContain(folder);
    expect(await grants.give(join(folder, 'file'))).toMatchObject({ ok: false, error: { code: 'not_a_folder' } });
    expect(await grants.give(join(folder, 'gone'))).toMatchObject({ ok: false, error: { code: 'folder_unreadable' } });
    expect(grants.find('0'.repeat(32))).toBeUndefined();
    expect(grants.find('__proto__')).toBeUndefined();
  });
});

describe('the folder browser', () => {
  test('shows names below its roots and leads nowhere else', async () => {
    const root = temporaryFolder({ 'CT 10/a': '1', 'CT 2/b': '2', '.hidden/c': '3', file: '4' });
    const outside = temporaryFolder({ 'secret/x': 'x' });
    symlinkSync(outside, join(root, 'way out'));
    const browser = createFolderBrowser([{ id: 'Home', folder: root }]);
    expect(await browser.list([])).toEqual({ ok: true, value: { path: [], folders: ['Home'], files: 0 } });
    expect(await browser.list(['Home'])).toEqual({
      ok: true,
      value: { path: ['Home'], folders: ['CT 2', 'CT 10', 'way out'], files: 1 },
    });
    expect(await browser.locate(['Home', 'CT 2'])).toMatchObject({ ok: true });
    for (const path of [
      ['Home', '..'],
      ['Home', 'CT 2', '..', '..'],
      ['Home', 'CT 2/../..'],
      ['/'],
      ['Home', ''],
      ['Home', 'way out'],
      ['Home', 'way out', 'secret'],
      ['Home', `..\\..`],
    ]) {
      expect([path, await browser.locate(path)]).toMatchObject([
        path,
        { ok: false, error: { code: 'folder_not_allowed' } },
      ]);
      expect((await browser.list(path)).ok).toBe(false);
    }
    expect(await browser.list(['Home', 'file'])).toMatchObject({ ok: false, error: { code: 'folder_unreadable' } });
  });

  test('takes its roots from REMNANT_ROOTS when given, else offers home and the current folder', () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    const surroundings = { platform: 'linux', home: one, env: {} } as const;
    const configured = browsableRoots('/', { ...surroundings, env: { REMNANT_ROOTS: `${two}:${one}:${two}` } });
    expect(configured.map(({ folder }) => folder)).toEqual([two, one]);
    const usual = browsableRoots(two, surroundings);
    expect(usual.slice(0, 2)).toEqual([
      { id: 'Home', folder: one },
      { id: 'Current folder', folder: two },
    ]);
    expect(usual.some(({ folder }) => folder === '/')).toBe(false);
  });
});

describe('files written whole', () => {
  test('a write that fails leaves the old file and no other', async () => {
    const folder = temporaryFolder({ 'out.pdf': 'old' });
    const out = join(folder, 'out.pdf');
    await writeWhole(out, 'new');
    expect(readFileSync(out, 'utf8')).toBe('new');
    mkdirSync(join(folder, 'taken', 'by a folder'), { recursive: true });
    await expect(writeWhole(join(folder, 'taken'), 'x')).rejects.toThrow();
    await expect(writeWhole(join(folder, 'no', 'such', 'place'), 'x')).rejects.toThrow('ENOENT');
    expect(readdirSync(folder).sort()).toEqual(['out.pdf', 'taken']);
  });

  test('a device stays a device', async () => {
    await writeWhole('/dev/null', 'x');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('a writer that is killed leaves the old or the new bytes, never a mixture', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'plan');
    const program = `
      import { writeWhole } from ${JSON.stringify(join(projectFolder, 'electron/services/write-whole.ts'))};
      for (let n = 0; ; n++) { await writeWhole(${JSON.stringify(out)}, Buffer.alloc(400_000, 65 + (n % 26))); if (n === 0) console.log('started'); }`;
    const script = join(folder, 'writer.mjs');
    writeFileSync(script, program);
    const { spawn } = await import('node:child_process');
    for (const wait of [3, 17, 41]) {
      const child = spawn(process.execPath, ['--import', 'tsx', script], {
        cwd: projectFolder,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await new Promise((started) => child.stdout.once('data', started));
      await new Promise((resume) => setTimeout(resume, wait));
      child.kill('SIGKILL');
      await new Promise((ended) => child.once('exit', ended));
      const bytes = readFileSync(out);
      expect(bytes.length).toBe(400_000);
      expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
    }
  });
});

describe('the plan store', () => {
  const plan = (id: string, savedAt: string, folder: string | null = null) => ({
    id,
    title: `Plan ${id}`,
    savedAt,
    folder,
  });

  test('keeps plans, newest first, readable by their owner only', async () => {
    const folder = temporaryFolder();
    const store = openPlanStore(join(folder, 'plans'));
    await store.save(plan('a', '2026-01-02T03:04:05.000Z', folder), Buffer.from('first'));
    await store.save(plan('b', '2026-01-03T03:04:05.000Z'), Buffer.from('second'));
    await store.save(plan('a', '2026-01-04T03:04:05.000Z', folder), Buffer.from('third'));
    expect(await store.saveThumbnail('a', Buffer.from('picture'))).toBe(true);
    expect(await store.saveThumbnail('nothing', Buffer.from('picture'))).toBe(false);
    const reopened = openPlanStore(join(folder, 'plans'));
    expect(await reopened.list()).toEqual([
      { ...plan('a', '2026-01-04T03:04:05.000Z', folder), hasThumbnail: true },
      { ...plan('b', '2026-01-03T03:04:05.000Z'), hasThumbnail: false },
    ]);
    expect(Buffer.from((await reopened.readThumbnail('a'))!).toString()).toBe('picture');
    expect(await reopened.readThumbnail('b')).toBeNull();
    expect(Buffer.from((await reopened.read('a'))!).toString()).toBe('third');
    expect(await reopened.read('nothing')).toBeNull();
    for (const name of readdirSync(join(folder, 'plans'))) {
      expect(statSync(join(folder, 'plans', name)).mode & 0o077).toBe(0);
    }
    await reopened.forget('a');
    expect((await store.list()).map(({ id }) => id)).toEqual(['b']);
    expect(await store.read('a')).toBeNull();
    // The picture of a patient goes with the plan.
    expect(readdirSync(join(folder, 'plans')).filter((name) => name.startsWith('a.'))).toEqual([]);
  });

  test('a spoilt index loses names, never plans; many writes at once lose nothing', async () => {
    const folder = join(temporaryFolder(), 'plans');
    const store = openPlanStore(folder);
    const ids = Array.from({ length: 12 }, (_, n) => `plan-${n}`);
    await Promise.all(ids.map((id, n) => store.save(plan(id, new Date(n * 1000).toISOString()), Buffer.from(id))));
    expect((await store.list()).map(({ id }) => id)).toEqual([...ids].reverse());
    const index = join(folder, 'index.json');
    for (const spoil of [
      () => writeFileSync(index, '{"half'),
      () => writeFileSync(index, '[{"id":"../../x","title":"","savedAt":"now","folder":null}]'),
      () => truncateSync(index, 0),
      () => renameSync(index, `${index}.lost`),
    ]) {
      spoil();
      expect(new Set((await store.list()).map(({ id }) => id))).toEqual(new Set(ids));
    }
    await store.save(plan('plan-3', '2026-02-02T00:00:00.000Z'), Buffer.from('again'));
    expect((await store.list()).find(({ id }) => id === 'plan-3')?.title).toBe('Plan plan-3');
  });

  test('travels the data plane, whole or not at all', async () => {
    const { context, calls } = testContext();
    const folder = temporaryFolder();
    const grant = await grantOf(context, folder);
    const url = at(`${dataPaths.plan('p-1')}?title=Right%20hepatectomy&grant=${grant}`);
    const put = await handleRequest(new Request(url, { method: 'PUT', body: 'whole' }), context);
    expect(put.status).toBe(204);
    const broken = new ReadableStream({
      start: (to) => to.enqueue(Buffer.from('ha')),
      pull: (to) => to.error(new Error('the page went away')),
    });
    const half = new Request(url, { method: 'PUT', body: broken, duplex: 'half' } as RequestInit);
    expect((await handleRequest(half, context)).status).toBe(500);
    expect(await (await handleRequest(new Request(at(dataPaths.plan('p-1'))), context)).text()).toBe('whole');
    expect(await calls.recentPlans({})).toMatchObject({
      ok: true,
      value: [{ id: 'p-1', title: 'Right hepatectomy', folder: { grant } }],
    });
    for (const id of ['..%2Fx', 'a.b', 'x'.repeat(65), '%00']) {
      const answer = await handleRequest(new Request(at(`/data/plan/${id}`), { method: 'PUT', body: 'x' }), context);
      expect([id, answer.status]).toEqual([id, 400]);
    }
  });
});

describe('the rules of a department', () => {
  const text = JSON.stringify({
    ...{ format: 'remnant-rules', name: 'Ward 9', version: '4', reviewer: null, mode: 'extend' },
    leaveOut: [],
  });

  test('are kept over a restart as they were chosen, and go when they are forgotten', async () => {
    const dataFolder = temporaryFolder();
    expect(await testContext(dataFolder).calls.keptRules({})).toEqual({ ok: true, value: null });
    expect(await testContext(dataFolder).calls.keepRules({ text })).toMatchObject({ ok: true });
    expect(await testContext(dataFolder).calls.keptRules({})).toEqual({ ok: true, value: text });
    const file = join(dataFolder, 'department-rules.json');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await testContext(dataFolder).calls.forgetRules({})).toMatchObject({ ok: true });
    expect(await testContext(dataFolder).calls.keptRules({})).toEqual({ ok: true, value: null });
    expect(await testContext(dataFolder).calls.forgetRules({})).toMatchObject({ ok: true });
  });

  test('are refused when they can not be used, and leave the kept ones as they are', async () => {
    const { calls } = testContext();
    await calls.keepRules({ text });
    for (const broken of ['', 'rules', '{}', text.replace('extend', 'amend')]) {
      expect(await calls.keepRules({ text: broken })).toMatchObject({ ok: false, error: { code: 'rules_invalid' } });
    }
    expect(await calls.keptRules({})).toEqual({ ok: true, value: text });
  });

  test('that can not be read are a refusal with its name, never an empty set', async () => {
    const dataFolder = temporaryFolder({ 'department-rules.json': Uint8Array.of(0x7b, 0xff, 0xfe) });
    const unreadable = { ok: false, error: { code: 'rules_unreadable' } };
    expect(await testContext(dataFolder).calls.keptRules({})).toMatchObject(unreadable);
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'department-rules.json'));
    expect(await testContext(folder).calls.keptRules({})).toMatchObject(unreadable);
  });
});

describe('the control plane', () => {
  test('refuses what is not in its schema and answers bugs without their details', async () => {
    const { calls } = testContext();
    expect(await answerHostCall(calls, { name: 'about', request: {} })).toMatchObject({
      ok: true,
      value: { host: 'browser' },
    });
    for (const call of [
      null,
      {},
      { name: 'eval', request: {} },
      { name: '__proto__', request: {} },
      { name: 'constructor', request: {} },
      { name: 'about', request: {}, more: 1 },
    ]) {
      expect(await answerHostCall(calls, call)).toMatchObject({ ok: false, error: { code: 'unknown_call' } });
    }
    for (const call of [
      { name: 'about', request: { extra: 1 } },
      { name: 'listFolder', request: { path: ['..'] } },
      { name: 'listFolder', request: { path: 'Home' } },
      { name: 'forgetPlan', request: { id: '../index' } },
      { name: 'setUnsaved', request: { unsaved: 'yes' } },
      { name: 'keepRules', request: { text: 7 } },
      { name: 'keepRules', request: { text: ' '.repeat(4 * 2 ** 20 + 1) } },
      { name: 'keptRules', request: { of: '/etc/passwd' } },
      { name: 'setUnsaved', request: undefined },
    ]) {
      expect(await answerHostCall(calls, call)).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    }
    const open = (address: string) => answerHostCall(calls, { name: 'openAddress', request: { address } });
    expect(await open('https://example.org/')).toMatchObject({ ok: false, error: { code: 'address_unknown' } });
    expect(await open('https://pmc.ncbi.nlm.nih.gov/articles/PMC6422720/')).toMatchObject({
      ok: false,
      error: { code: 'page_opens_addresses' },
    });
    expect(await answerHostCall(calls, { name: 'chooseFolder', request: {} })).toMatchObject({
      ok: false,
      error: { code: 'no_native_dialogs' },
    });
    const broken = { ...calls, about: () => Promise.reject(new Error('Patient^Name at /home/x')) };
    const told: string[] = [];
    const { error } = console;
    console.error = (line: string) => told.push(line);
    try {
      const answer = await answerHostCall(broken, { name: 'about', request: {} });
      expect(answer).toMatchObject({ ok: false, error: { code: 'host_failed' } });
      expect(JSON.stringify(answer) + told.join()).not.toMatch(/Patient|home/);
      expect(told).toHaveLength(1);
    } finally {
      console.error = error;
    }
  });
});

test('the app’s data lies where each system keeps such things, or where REMNANT_HOME says', () => {
  expect(appDataFolder({ platform: 'linux', home: '/h', env: {} })).toBe('/h/.local/share/remnant');
  expect(appDataFolder({ platform: 'linux', home: '/h', env: { XDG_DATA_HOME: '/x' } })).toBe('/x/remnant');
  expect(appDataFolder({ platform: 'darwin', home: '/h', env: {} })).toBe('/h/Library/Application Support/Remnant');
  expect(appDataFolder({ platform: 'win32', home: '/h', env: { APPDATA: '/r' } })).toBe('/r/Remnant');
  expect(appDataFolder({ platform: 'linux', home: '/h', env: { REMNANT_HOME: '/own' } })).toBe('/own');
});
