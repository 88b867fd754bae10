import { expect, it } from 'vitest';
import { listSeries, readHeaders } from '../../src/dicom/index.ts';
import { writeDicomStack } from '../support/dicom-fixture.ts';

/** The description of the series that is suggested among some of 160 mm, given in this order. */
function suggestedAmong(descriptions: readonly string[]): string | null {
  const headers = descriptions.flatMap((description, number) =>
    writeDicomStack({
      size: [2, 2, 64],
      spacing: [1, 1, 2.5],
      origin: [0, 0, 0],
      orientation: [1, 0, 0, 0, 1, 0],
      stored: () => 1000,
      common: {
        elements: [
          { tag: '0020000e', vr: 'UI', value: `2.25.77${number}` },
          { tag: '0008103e', vr: 'LO', value: description },
        ],
      },
    }).flatMap(({ name, bytes }) => {
      const read = readHeaders(`${number} ${name}`, bytes, bytes.length);
      if (!read.ok) throw new Error(read.error.message);
      return read.value;
    }),
  );
  const { best, entries } = listSeries(headers);
  expect(entries.filter(({ status }) => status === 'volume')).toHaveLength(descriptions.length);
  return entries.find(({ volumeId }) => volumeId === best?.volumeId)?.header.description ?? null;
}

it.each([
  ['T1 VIBE Dixon FAT', 'T1 VIBE Dixon W'],
  ['t1_vibe_opp', 't1_vibe_in'],
  ['ep2d_diff_ADC', 'T1 fat sat'],
  ['Abdomen COR 3.0', 'Abdomen 3.0'],
  ['Thorax Lung 1.0', 'Abdomen 1.0'],
  ['MIP axial', 'T1 FATSAT axial'],
  ['Iodine map venous', 'Monoenergetic 70 keV venous'],
  ['Liver VNC 1.0', 'Liver 1.0'],
])('the volume to look at first is not “%s” where there is “%s”', (unsuited, suited) => {
  expect(suggestedAmong([unsuited, suited])).toBe(suited);
  expect(suggestedAmong([suited, unsuited])).toBe(suited);
  // Alone it is still the one that can be opened.
  expect(suggestedAmong([unsuited])).toBe(unsuited);
});
