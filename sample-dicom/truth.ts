import { pixel, sliceStep } from './frame.ts';
import { liverMaterials, masks } from './masks.ts';
import { materialCode } from './materials.ts';
import type { Material } from './materials.ts';
import { across, samplesPerVoxel, through } from './sampling.ts';
import type { CutPlane } from './sampling.ts';

/** The reference right hepatectomy: from the bed of the gallbladder to the IVC; the normal points to the right side, which goes. */
export const referenceCut: CutPlane = { point: [-23, 8, -60], normal: [-0.84, 0.53, 0.1] };

/** The same cut as a plan that the command line reads. */
export const planFile = {
  version: 1,
  cuts: [{ kind: 'plane', point: referenceCut.point, normal: referenceCut.normal, resect: 'positive' }],
} as const;

const voxelMl = (pixel * pixel * sliceStep) / 1000;

interface Known {
  readonly trueMl: number;
  readonly maskMl: number | null;
  readonly toleranceMl: number;
  readonly tolerancePercent: number;
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

/** The true volumes of everything, from the samples on both sides of the reference cut and the voxels of the masks. */
export function truthOf(tally: Float64Array, voxels: ReadonlyMap<string, number>): object {
  const side = (materials: readonly Material[], positive: boolean): number =>
    materials.reduce((sum, name) => sum + tally[2 * materialCode[name] + (positive ? 0 : 1)]!, 0) *
    (voxelMl / samplesPerVoxel);
  const whole = (materials: readonly Material[]): number => side(materials, true) + side(materials, false);
  const known = (trueMl: number, maskMl: number | null, tolerancePercent: number, leastMl: number): Known => ({
    trueMl: rounded(trueMl),
    maskMl: maskMl === null ? null : rounded(maskMl),
    toleranceMl: Math.round(100 * Math.max(leastMl, (rounded(trueMl) * tolerancePercent) / 100)) / 100,
    tolerancePercent,
  });

  const structures: Record<string, Known> = {};
  for (const mask of masks) {
    for (const { name, materials } of mask.labels) {
      // Twigs thinner than a voxel fill no half of one: the vessel masks are smaller than the vessels.
      const tolerance = name.startsWith('tumour') ? 2 : name.includes('within') ? 16 : 0.5;
      structures[name] = known(whole(materials), voxels.get(name)! * voxelMl, tolerance, 0.1);
    }
  }
  const tumours = liverMaterials.filter((name) => name.startsWith('tumour'));
  const healthy = liverMaterials.filter((name) => !name.startsWith('tumour'));
  const total = whole(liverMaterials);
  const functional = whole(healthy);
  const remnant = side(healthy, false);
  structures['tumours'] = known(whole(tumours), null, 2, 0.1);
  structures['functional liver'] = known(functional, null, 0.5, 0.1);
  return {
    about:
      'Volumes of the sample in mL from its formulas, not from its masks: samples counted inside the shapes. A mask voxel belongs to a structure that holds at least half of its samples, so twigs thinner than a voxel are missing from the vessel masks.',
    samplesPerVoxel: [across, across, through],
    voxelMl: rounded(voxelMl * 1e4) / 1e4,
    structures,
    rightHepatectomy: {
      cut: planFile.cuts[0],
      totalMl: known(total, null, 0.5, 0.1),
      resectedMl: known(side(liverMaterials, true), null, 0.5, 0.1),
      remnantMl: known(remnant, null, 0.5, 0.1),
      excludedMl: known(side(tumours, false), null, 2, 0.1),
      flrPercent: { true: rounded((100 * remnant) / functional), tolerancePercentagePoints: 0.15 },
    },
  };
}
