import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assembleSeries } from '../../src/dicom/index.ts';
import { writeDicomStack } from '../support/dicom-fixture.ts';
import { describeWith, projectRoot, realCt } from '../support/needs.ts';

type Files = Parameters<typeof assembleSeries>[0];

function filesIn(folder: string, first: number, behind: number): Files {
  const names = readdirSync(folder).sort().slice(first, behind);
  return names.map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
}

/** The remarks of a series whose named files are zeros from a share of them on. */
function said(files: Files, zeros: Readonly<Record<number, number>> = {}) {
  const broken = files.map(({ name, bytes }, index) => {
    const from = Math.floor((zeros[index] ?? 1) * bytes.length);
    return { name, bytes: new Uint8Array(bytes.length).fill(0).map((_, at) => (at < from ? bytes[at]! : 0)) };
  });
  const done = assembleSeries(broken);
  if (done.kind !== 'volume') throw new Error('No volume');
  return done.entry.remarks.flatMap(({ code, message }) => (code === 'blank_rows' ? [message] : []));
}

const slices = filesIn(join(projectRoot, 'sample-dicom', 'ct'), 30, 42);

it('slices whose ends a broken copy left as zeros are named; those of a whole series are not', () => {
  expect(said(slices)).toEqual([]);
  const [one] = said(slices, { 4: 0.7 });
  expect(one).toMatch(/^The last 8\d of 280 rows of 035\.dcm hold one value only.*copy the series again/);
  expect(said(slices, { 10: 0.9 })[0]).toMatch(/rows of 041\.dcm/);
  // Several in a row, and almost all of a slice.
  expect(said(slices, { 4: 0.7, 5: 0.2, 6: 0.5 })[0]).toMatch(/^The last 141 of 280 rows of 037\.dcm .*, and 2 more: /);
});

it('a masked background that begins, ends or narrows with the patient is no broken copy', () => {
  const [columns, rows, slices] = [40, 60, 21];
  for (const widest of [0, 10, 20]) {
    const isInside = (i: number, j: number, k: number) =>
      Math.hypot((i - columns / 2) / 18, (j - rows / 2) / 28, (k - widest) / 12) < 1;
    const files = writeDicomStack({
      size: [columns, rows, slices],
      spacing: [0.7, 0.9, 2.5],
      origin: [-11, 13, 17],
      orientation: [1, 0, 0, 0, 1, 0],
      stored: (i, j, k) => (isInside(i, j, k) ? 300 + ((i * 7 + j * 13) % 50) : 0),
    });
    expect(said(files), `widest at ${widest}`).toEqual([]);
  }
});

describeWith(['real-ct'], 'the real CT', () => {
  it('is whole, and named where it is not', () => {
    const files = filesIn(join(realCt()!, 'dicom'), 20, 32);
    expect(said(files)).toEqual([]);
    expect(said(files, { 5: 0.6 })).toHaveLength(1);
  });
});
