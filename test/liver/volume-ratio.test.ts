import { expect, test } from 'vitest';
import { millilitres } from '../../src/geometry/index.ts';
import { plausibleVolumeRatio, volumeRatioRemark } from '../../src/liver/index.ts';

const remark = (functional: number, standard: number | null) =>
  volumeRatioRemark({
    functionalMl: millilitres(functional),
    standardLiverMl: standard === null ? null : millilitres(standard),
  });

test('a liver that fits the body is not remarked upon, nor one whose body is not known, nor none at all', () => {
  expect(remark(1417, 1560)).toBeNull();
  expect(remark(1417, null)).toBeNull();
  expect(remark(0, 1560)).toBeNull();
  // The bounds themselves are plausible.
  expect(remark(plausibleVolumeRatio.least * 1500, 1500)).toBeNull();
  expect(remark(plausibleVolumeRatio.most * 1500, 1500)).toBeNull();
});

test('the mask of one lobe, and doubled slices, are warned of with both volumes and their ratio', () => {
  const lobe = remark(612, 1500)!;
  expect(lobe.code).toBe('volume_ratio');
  for (const part of ['612 mL', '0.41 times', '1500 mL', '0.6 to 1.6']) expect(lobe.message).toContain(part);
  expect(remark(0.599 * 1500, 1500)).not.toBeNull();
  expect(remark(1.601 * 1500, 1500)!.message).toContain('1.60 times');
});

test('a body for which the formula gives no volume is said to be outside of it', () => {
  expect(remark(95, -142)!.message).toContain('not made for this body size');
});
