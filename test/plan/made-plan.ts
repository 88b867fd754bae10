import { createGrid, direction, worldPoint } from '../../src/geometry/index.ts';
import { createPlan } from '../../src/plan/index.ts';
import type { Plan } from '../../src/plan/index.ts';
import type { Labels } from '../../src/volume/index.ts';

/** An oblique grid with unequal sizes and spacings. */
export const madeGrid = createGrid({
  size: [7, 5, 4],
  spacing: [0.71, 0.83, 2.5],
  origin: [-117.3, 42.9, -311.7],
  axes: [
    [0.96, 0.28, 0],
    [-0.28, 0.96, 0],
    [0, 0, 1],
  ],
});

/** Labels of the made grid, given as a function of the flat offset. */
export function madeLabels(label: (offset: number) => number = () => 0): Labels {
  return { grid: madeGrid, values: Uint8Array.from({ length: 7 * 5 * 4 }, (_, offset) => label(offset)) };
}

/** A plan with every field filled. */
export function madePlan(): Plan {
  return {
    ...createPlan({ seriesInstanceUid: '1.2.826.0.1.17', fingerprint: 'a1b2c3', description: 'Venös 2,5 mm' }),
    structures: [
      { label: 1, name: 'Liver' },
      { label: 16, name: 'Tumour 1 – segment VII' },
    ],
    cuts: [
      { kind: 'plane', point: worldPoint(-3.5, 17.25, -41), normal: direction(1, 2, -3), resect: 'positive' },
      {
        kind: 'all',
        cuts: [
          { kind: 'plane', point: worldPoint(11, 0.1, 7), normal: direction(0.3, -0.7, 0.1), resect: 'negative' },
          { kind: 'plane', point: worldPoint(5, 6, 8), normal: direction(0, 1, 0), resect: 'positive' },
        ],
      },
    ],
    heightCm: 172.5,
    weightKg: 71.3,
    parenchyma: 'chemotherapy',
    phase: 'portal-venous',
    confirmed: ['inflow', 'bile'],
    segmentation: { author: 'liver.nii.gz', edited: true, reviewedBy: 'Dr Müller' },
    plannedBy: 'Dr Chirurg',
    remarks: [{ code: 'mask_resampled', message: 'The mask was resampled.' }],
  };
}
