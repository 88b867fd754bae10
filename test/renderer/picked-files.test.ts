import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { readerOf } from '../../renderer/worker/folder-reader.ts';
import { createCancel } from '../../src/boundary/index.ts';

const { signal } = createCancel();
const contents = { 'SE1/IM1': strToU8('the first slice'), 'SE1/IM2': strToU8('the second slice') };

/** What a reader of one picked file lists, what it reads of it. */
async function readAll(name: string, bytes: Uint8Array, skipped = 0) {
  const reader = readerOf({
    kind: 'picked',
    files: [{ name, file: new File([new Uint8Array(bytes)], name) }],
    skipped,
  });
  const listed = await reader.list(signal);
  if (!listed.ok) throw new Error(listed.error.message);
  const { files } = listed.value;
  const read: Record<string, string> = {};
  const beginnings = await reader.read(
    files,
    9,
    (file, part) => (read[file.name] = new TextDecoder().decode(part)),
    signal,
  );
  const whole = await reader.read(files, null, () => undefined, signal);
  return { read, skipped: listed.value.skipped, beginnings, whole };
}

it('a picked archive stands for its files, in folders of any name', async () => {
  const names = ['a/b/c/IM1', '../../évil ünï/2?*.dcm', '/abs/3'];
  const archive = zipSync(Object.fromEntries(names.map((name, at) => [name, strToU8(`content ${at}`)])));
  const { read, skipped, whole } = await readAll('disc.ZIP', archive, 2);
  expect(read).toEqual(Object.fromEntries(names.map((name, at) => [`disc.ZIP/${name}`, `content ${at}`])));
  expect([skipped, whole.ok]).toEqual([2, true]);
});

it('an archive without its ending is looked into where it alone was picked', async () => {
  expect((await readAll('export', zipSync(contents))).read).toEqual({
    'export/SE1/IM1': 'the first',
    'export/SE1/IM2': 'the secon',
  });
});

it('of an encrypted archive the names are listed, and loading it says what to do', async () => {
  const encrypted = zipSync(contents);
  const view = new DataView(encrypted.buffer);
  for (let at = 0; at + 4 < encrypted.length; at++) {
    if (view.getUint32(at, true) === 0x0201_4b50) encrypted[at + 8]! |= 1;
  }
  expect(await readAll('disc.zip', encrypted)).toMatchObject({
    read: { 'disc.zip/SE1/IM1': '', 'disc.zip/SE1/IM2': '' },
    beginnings: { ok: true },
    whole: { ok: false, error: { message: expect.stringMatching(/IM1.*is encrypted\. Unpack/) as string } },
  });
});

it('an archive that went away since it was listed is said to be gone, with what to do', async () => {
  const file = new File([new Uint8Array(zipSync(contents))], 'disc.zip');
  const gone = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
  Object.assign(file, { slice: () => ({ arrayBuffer: gone }) });
  const reader = readerOf({ kind: 'picked', files: [{ name: 'disc.zip', file }], skipped: 0 });
  const wanted = [{ id: 'disc.zip/SE1/IM1', name: 'disc.zip/SE1/IM1', size: 15 }];
  const message = expect.stringMatching(/can not be read any more.*medium.*open them again/) as string;
  expect(await reader.read(wanted, null, () => undefined, signal)).toMatchObject({ ok: false, error: { message } });
  expect(await reader.list(signal)).toMatchObject({ ok: false, error: { message } });
});

it('of a picked file that is gone only the listing goes on: whole it is named, with what to do', async () => {
  const file = new File(['x'], 'IM7');
  const unreadable = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
  Object.assign(file, { arrayBuffer: unreadable, slice: () => ({ arrayBuffer: unreadable }) });
  const files = [
    { name: 'IM7', file },
    { name: 'IM8', file: new File(['eighth'], 'IM8') },
  ];
  const reader = readerOf({ kind: 'picked', files, skipped: 0 });
  const listed = await reader.list(signal);
  if (!listed.ok) throw new Error(listed.error.message);
  const read: string[] = [];
  const take = (_: unknown, bytes: Uint8Array) => read.push(new TextDecoder().decode(bytes));
  expect(await reader.read(listed.value.files, 3, take, signal)).toMatchObject({ ok: true });
  expect(read).toEqual(['', 'eig']);
  expect(await reader.read(listed.value.files, null, take, signal)).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(/IM7 can not be read any more.*medium.*Open it again/) as string },
  });
});
