import { createGrid } from '../src/geometry/index.ts';
import { area, columns, firstX, firstY, lowestZ, pixel, rows, sliceStep, slices } from './frame.ts';
import type { Material } from './materials.ts';
import { samplesPerVoxel } from './sampling.ts';
import type { SliceSamples } from './sampling.ts';

/** The voxel grid of the images and the masks. */
export const voxelGrid = createGrid({
  size: [columns, rows, slices],
  spacing: [pixel, pixel, sliceStep],
  origin: [firstX, firstY, lowestZ],
  axes: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
});

const tumours = ([1, 2, 3] as const).map((n): readonly Material[] => [`tumourRim${n}`, `tumourCore${n}`]);

/** The materials of the liver as an organ: tissue, vessels within it and metastases. */
export const liverMaterials: readonly Material[] = ['liver', 'portal', 'hepatic', ...tumours.flat()];

/** The mask files, each label with what it stands for. */
export const masks: readonly {
  readonly file: string;
  readonly labels: readonly { readonly name: string; readonly materials: readonly Material[] }[];
}[] = [
  { file: 'liver.nii.gz', labels: [{ name: 'liver', materials: liverMaterials }] },
  { file: 'tumours.nii.gz', labels: tumours.map((materials, at) => ({ name: `tumour ${at + 1}`, materials })) },
  {
    file: 'vessels.nii.gz',
    labels: [
      { name: 'portal vein within the liver', materials: ['portal'] },
      { name: 'hepatic veins within the liver', materials: ['hepatic'] },
    ],
  },
  { file: 'gallbladder.nii.gz', labels: [{ name: 'gallbladder', materials: ['gallbladder', 'gallbladderWall'] }] },
  { file: 'ivc.nii.gz', labels: [{ name: 'inferior vena cava', materials: ['cava'] }] },
  { file: 'spleen.nii.gz', labels: [{ name: 'spleen', materials: ['spleen'] }] },
];

/** All labels of all masks in order: the groups that are counted voxel by voxel. */
export const groups: readonly (readonly Material[])[] = masks.flatMap((mask) =>
  mask.labels.map((label) => label.materials),
);

/** The masks of one slice: a voxel belongs to a label that holds at least half of its samples. */
export function masksOfSlice(samples: SliceSamples): readonly (readonly [string, Uint8Array])[] {
  let group = 0;
  return masks.map(({ file, labels }) => {
    const values = new Uint8Array(area);
    labels.forEach((_, at) => {
      const share = samples.groups[group]!;
      group += 1;
      for (let p = 0; p < area; p += 1) if (2 * share[p]! >= samplesPerVoxel) values[p] = at + 1;
    });
    return [file, values] as const;
  });
}

/** Voxels of each label, by the label's name. */
export function countMasks(volumes: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { file, labels } of masks) {
    const found = new Float64Array(labels.length + 1);
    for (const value of volumes.get(file)!) found[value]! += 1;
    labels.forEach((label, at) => counts.set(label.name, found[at + 1]!));
  }
  return counts;
}
